"""The engine on counties at random: every member in one class, whatever the order of rows and rules."""

from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import FeedKind, PrimaryClass
from rules.catalogue import RULES
from rules.counts import check_partition
from rules.engine import run_rules, struck_persons
from rules.examples.build import member, roster
from rules.facts import Facts, facts_of

AS_OF = date(2016, 6, 16)
FEEDS = frozenset(FeedKind)
DAYS = st.sampled_from(["2015-06-01", "2015-12-16", "2015-12-17", "2016-05", "2016-07-01", None])


@st.composite
def counties(draw: st.DrawFn) -> dict[str, list[dict[str, object]]]:
    """A few members with some life, letters, searches and statuses, at random."""
    tables: dict[str, list[dict[str, object]]] = {
        name: [] for name in ("members", "entries", "org_life", "contacts", "transfers")
    }
    for n in range(draw(st.integers(1, 5))):
        person = f"p{n}"
        status = draw(st.sampled_from(["normal", "normal", "deceased", "suspended", "transferred_out", None]))
        floating = draw(st.sampled_from(["yes", "no", None]))
        since = draw(DAYS)
        tables["entries"].append({**roster(person, party_status=status), "unique_id": f"r{n}"})
        tables["members"].append(
            {**member(person_id=person, unique_id=f"r{n}", is_floating=floating, flow_since=since)}
        )
        if held := draw(DAYS):
            tables["org_life"].append({"person_id": person, "held_on": held, "event": "meeting", "is_present": "yes"})
        for channel in draw(st.lists(st.sampled_from(["phone", "visit"]), max_size=3)):
            outcome = draw(st.sampled_from(["not_reached", "not_reached", "reached"]))
            tables["contacts"].append(
                {
                    "person_id": person,
                    "tried_on": "2016-06-01",
                    "channel": channel,
                    "outcome": outcome,
                    "contacted_by": "符二心",
                }
            )
        if issued := draw(DAYS):
            letter = {"person_id": person, "unique_id": f"t{n}", "to_org": "海口市某街道党工委", "issued_on": issued}
            tables["transfers"].append({**letter, "received_on": draw(DAYS)})
    return tables


@settings(max_examples=8, deadline=None)
@given(counties(), st.integers(0, 5))
def test_classes_partition_the_members_whatever_the_order_of_rows(
    tables: dict[str, list[dict[str, object]]], seed: int
) -> None:
    facts = facts_of(FEEDS, tables)
    result = run_rules(facts, AS_OF)
    check_partition(result.classifications, facts.members, struck_persons(facts, result.findings))
    frames = {
        name: frame.sample(frac=1, random_state=seed)
        for name, frame in vars(facts).items()
        if isinstance(frame, pd.DataFrame)
    }
    shuffled = run_rules(Facts(feeds=facts.feeds, **frames), AS_OF)
    pd.testing.assert_frame_equal(result.classifications, shuffled.classifications)
    pd.testing.assert_frame_equal(result.findings, shuffled.findings)
    for row in result.classifications.itertuples():
        flags = set(str(row.flags).split("|"))
        expected = next((kind.value for kind in PrimaryClass if kind.value in flags), "unknown")
        assert row.primary_class == expected


@settings(max_examples=6, deadline=None)
@given(counties(), st.permutations(range(len(RULES))))
def test_findings_do_not_depend_on_the_order_of_rules(
    tables: dict[str, list[dict[str, object]]], order: list[int]
) -> None:
    facts = facts_of(FEEDS, tables)
    ahead, mixed = run_rules(facts, AS_OF), run_rules(facts, AS_OF, rules=[RULES[place] for place in order])
    pd.testing.assert_frame_equal(ahead.findings, mixed.findings)
    pd.testing.assert_frame_equal(ahead.classifications, mixed.classifications)


@settings(max_examples=6, deadline=None)
@given(counties())
def test_before_less_removed_is_after(tables: dict[str, list[dict[str, object]]]) -> None:
    facts = facts_of(FEEDS, tables)
    result = run_rules(facts, AS_OF)
    false = result.findings.loc[result.findings["is_false_entry"], "unique_id"].dropna().unique()
    entries = facts.entries
    standing = entries.loc[~entries["unique_id"].isin(false), "person_id"].nunique()
    assert len(entries) == len(false) + int((~entries["unique_id"].isin(false)).sum())
    assert len(result.classifications) == standing
    assert standing + len(struck_persons(facts, result.findings)) == len(facts.members)
