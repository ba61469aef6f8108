"""The engine: findings whatever the order of rules, masked texts, a failing rule named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.errors import RuleFailed
from data.model import FeedKind
from data.words import set_language
from rules.case import Case
from rules.catalogue import RULES
from rules.engine import run_rules
from rules.examples.build import MAN_1900, claim, member, roster, work
from rules.facts import FACT_COLUMNS, Facts, empty_facts, facts_of
from tests.rules.longlou import longlou

AS_OF = date(2016, 6, 16)
FEEDS = frozenset(FeedKind)


def test_nothing_known_gives_nothing() -> None:
    result = run_rules(empty_facts(), AS_OF)
    assert result.classifications.empty
    assert result.findings.empty


def test_claims_and_events_without_any_member() -> None:
    events = {"org_life": [{"person_id": "p9", "held_on": "2016-01-05", "event": "meeting"}],
              "contacts": [{"person_id": "p9", "tried_on": "2016-01-05", "channel": "phone", "outcome": "reached"}],
              "transfers": [{"person_id": "p9", "unique_id": "t1", "to_org": "某党委", "issued_on": "2015-01-05"}],
              "employments": [work(person_id="p9")]}  # fmt: skip
    result = run_rules(facts_of(FEEDS - {FeedKind.MEMBER_ROSTER}, {"entries": [claim("p9")], **events}), AS_OF)
    assert result.classifications.empty
    assert result.findings.empty


def test_hidden_members_make_no_finding() -> None:
    reported = ({"entity_id": "E1", "report_year": "2015", "n_party_members": "0"},)
    facts = facts_of(FEEDS, {"members": [member()], "employments": [work()], "annual_reports": reported})
    result = run_rules(facts, AS_OF)
    assert result.classifications["primary_class"].tolist() == ["hidden"]
    assert result.findings.empty


def test_a_struck_member_has_neither_class_nor_class_finding() -> None:
    entry = roster(party_status="deceased")
    facts = facts_of(FEEDS, {"members": [member(is_floating="yes")], "entries": [entry]})
    result = run_rules(facts, AS_OF)
    assert result.classifications.empty
    assert result.findings["rule_code"].tolist() == ["F04"]


def test_a_rule_that_raises_is_named_without_the_value() -> None:
    def broken(case: Case) -> pd.DataFrame:
        raise KeyError(MAN_1900)

    rules = [replace(rule, find=broken) if rule.code == "F09" else rule for rule in RULES]
    with pytest.raises(RuleFailed) as raised:
        run_rules(empty_facts(), AS_OF, rules=rules)
    assert raised.value.rule_code == "F09"
    assert MAN_1900 not in str(raised.value)


def test_order_of_rules_is_irrelevant() -> None:
    facts, _ = longlou()
    ahead, back = run_rules(facts, AS_OF), run_rules(facts, AS_OF, rules=RULES[::-1])
    pd.testing.assert_frame_equal(ahead.findings, back.findings)
    pd.testing.assert_frame_equal(ahead.classifications, back.classifications)


def test_findings_point_to_rows_and_show_no_number() -> None:
    facts, _ = longlou()
    findings = run_rules(facts, AS_OF).findings
    texts = "".join(findings["evidence"]) + "".join(findings["message"])
    assert not any(number in texts for number in facts.entries["id_no"].dropna())
    struck = findings[findings["is_false_entry"]]
    assert struck["message"].str.startswith("建议剔除").all()
    for evidence in struck["evidence"]:
        pointed = json.loads(evidence)
        assert pointed
        assert all("document" in item or {"source", "file", "sheet", "row"} <= set(item) for item in pointed)


def test_document_numbers_and_phones_in_documents_are_masked() -> None:
    event = {"person_id": "p1", "unique_id": "s1", "name": "符一心", "id_no": MAN_1900, "event": "deceased",
             "decided_on": "2015-03-02", "document": f"证明 {MAN_1900} 13912345678"}  # fmt: skip
    facts = facts_of(FEEDS, {"entries": [roster(id_no=MAN_1900)], "status_events": [event]})
    evidence = run_rules(facts, AS_OF).findings.loc[0, "evidence"]
    assert MAN_1900 not in evidence
    assert "13912345678" not in evidence
    assert "469005" in evidence


def test_messages_follow_the_reader() -> None:
    facts = facts_of(FEEDS, {"entries": [claim()]})
    set_language("en")
    try:
        english = run_rules(facts, AS_OF).findings
    finally:
        set_language("zh")
    assert english["message"].tolist() == ["on no supplied roster: ask the home organisation; no ground for removal"]
    assert english["finding_id"].tolist() == run_rules(facts, AS_OF).findings["finding_id"].tolist()


def test_a_frame_without_its_columns_is_refused() -> None:
    with pytest.raises(ValueError, match=r"facts\.members lacks.*branch"):
        Facts(members=empty_facts().members.drop(columns="branch"))
    with pytest.raises(ValueError, match="brunch"):
        facts_of(FEEDS, {"members": [{"brunch": "x"}]})
    assert all(list(getattr(empty_facts(), name).columns) == list(columns) for name, columns in FACT_COLUMNS.items())
