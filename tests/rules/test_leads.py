"""Counts of leads: every code is there, nothing stated counts under ''."""

from __future__ import annotations

from rules.facts import FACT_COLUMNS, empty_facts, frame_of
from rules.leads import lead_counts


def test_counts_by_way_channel_and_outcome() -> None:
    leads = frame_of(
        "leads",
        [
            {"way": "visit", "channel": "calls", "outcome": "confirmed", "informant": "self", "person_id": "p1"},
            {"way": "visit", "channel": None, "outcome": "open", "informant": "employer"},
        ],
    )
    counts = lead_counts(leads)
    assert (counts["n"], counts["n_of_members"], counts["n_self_reported"]) == (2, 1, 1)
    assert counts["by_way"] == {
        "registration": 0,
        "annual_report": 0,
        "market_supervision": 0,
        "phone": 0,
        "visit": 2,
        "member_referral": 0,
        "": 0,
    }
    assert isinstance(counts["by_channel"], dict)
    assert (counts["by_channel"]["calls"], counts["by_channel"][""], len(counts["by_channel"])) == (1, 1, 6)
    assert isinstance(counts["by_outcome"], dict)
    assert sum(counts["by_outcome"].values()) == 2


def test_no_leads_are_counted_as_none() -> None:
    assert lead_counts(empty_facts().leads)["n"] == 0


def test_the_rules_see_no_name_and_no_number_of_a_lead() -> None:
    assert not {"name", "id_no", "mobile", "entity_name", "remark"} & set(FACT_COLUMNS["leads"])
