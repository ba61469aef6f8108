"""The engine: one class a member, findings whatever the order, masked texts, a failing rule named."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import RuleFailed
from data.model import FeedKind, PrimaryClass
from data.values.dates import add_months
from data.words import set_language
from rules.case import Case
from rules.catalogue import CLASS_RULES, RULES
from rules.counts import check_partition, class_table
from rules.engine import run_rules, struck_persons
from rules.examples.build import MAN_1900, claim, member, roster, work
from rules.facts import FACT_COLUMNS, Facts, empty_facts, facts_of
from tests.rules.longlou import longlou

AS_OF = date(2016, 6, 16)
FEEDS = frozenset(FeedKind)
DAYS = st.sampled_from(["2015-06-01", "2015-12-16", "2015-12-17", "2016-05", "2016-07-01", None])


def run(feeds: frozenset[FeedKind] = FEEDS, **tables: list[dict[str, object]]) -> pd.DataFrame:
    return run_rules(facts_of(feeds, tables), AS_OF).classifications


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


def test_precedence_keeps_all_flags() -> None:
    letter = {"person_id": "p1", "unique_id": "t1", "to_org": "海口市某街道党工委", "issued_on": "2015-01-01"}
    tried = [
        {
            "person_id": "p1",
            "tried_on": "2016-03-01",
            "channel": channel,
            "outcome": "not_reached",
            "contacted_by": "符二心",
        }
        for channel in ("phone", "visit")
    ]
    life = [{"person_id": "p1", "held_on": "2015-11-03", "event": "meeting", "is_present": "yes"}]
    known = {"members": [member(is_floating="yes")], "transfers": [letter], "org_life": life}
    reported = [{"entity_id": "E1", "report_year": "2015", "n_party_members": "0"}]
    found = run(**known, contacts=tried, employments=[work()], annual_reports=reported).iloc[0]
    assert found["primary_class"] == "lost"
    assert found["flags"] == "contact_overdue|floating|hidden|letter_open|lost|pocket|private_contact_task"
    assert (
        found["reason"]
        == "建议列为失联：最近一次组织生活或党费 2015-11-03，距 2016-06-16 满 7 个月；查找 2 次（电话、走访）均未联系上"
    )
    without_search = run(**known, employments=[work()], annual_reports=reported).iloc[0]
    assert without_search["primary_class"] == "pocket"
    assert (without_search["population"], without_search["entity_id"]) == ("small_enterprise", "E1")


def test_silence_is_unknown_and_says_which_silence() -> None:
    other = member(person_id="p2", unique_id="e2", dues_to="2016-05")
    known = run(members=[member(), other]).set_index("person_id")
    assert known["primary_class"].to_dict() == {"p1": "unknown", "p2": "normal"}
    assert known["flags"].to_dict() == {"p1": "", "p2": "normal"}
    assert known.loc["p2", "reason"] == "党费交至 2016-05-31"
    alone = run(feeds=FEEDS - {FeedKind.ORG_LIFE}, members=[member()]).iloc[0]
    assert (alone["flags"], alone["reason"]) == ("no_org_life_feed", "未提供组织生活记录，情况不明")


def test_side_flags() -> None:
    refused = [{"person_id": "p1", "tried_on": "2016-03-01", "channel": "phone", "outcome": "refused"}]
    closed = work(status="cancelled", ended_on="2014-01-01")
    entry = roster(id_no=MAN_1900, party_status="suspended")
    found = run(
        members=[member(category="probationary", is_lost="yes")],
        entries=[entry],
        contacts=refused,
        employments=[closed],
    )
    assert found.loc[0, "flags"] == (
        "contact_refused|no_org_life_feed|probationary|reached_since|stated_lost|suspended|workplace_closed"
    )
    assert found.loc[0, "population"] == "elsewhere"


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


@settings(max_examples=12, deadline=None)
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


CLASSES = [rule for rule in RULES if rule.code in CLASS_RULES.values()]


@settings(max_examples=10, deadline=None)
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


@settings(max_examples=15, deadline=None)
@given(st.dates(date(2015, 8, 25), date(2016, 3, 2)), st.booleans())
def test_a_day_more_never_skips_a_state(last: date, is_searched: bool) -> None:
    life = [{"person_id": "p1", "held_on": last.isoformat(), "event": "meeting", "is_present": "yes"}]
    tried = [
        {"person_id": "p1", "tried_on": add_months(last, 1).isoformat(), "channel": channel, "outcome": "not_reached",
         "contacted_by": "符二心"}
        for channel in ("phone", "visit")
    ]  # fmt: skip
    facts = facts_of(FEEDS, {"members": [member()], "org_life": life, "contacts": tried if is_searched else []})
    edge = add_months(last, 6)
    days = [edge + timedelta(days=step) for step in (-2, -1, 0, 1)]
    classes = [run_rules(facts, day, rules=CLASSES).classifications["primary_class"].item() for day in days]
    after = "lost" if is_searched else "unknown"
    assert classes == ["normal", "normal", after, after]


@settings(max_examples=10, deadline=None)
@given(st.dates(date(2015, 8, 25), date(2016, 3, 2)), st.integers(1, 90))
def test_a_letter_goes_from_valid_to_pocket_and_not_back(issued: date, valid: int) -> None:
    letter = {"person_id": "p1", "unique_id": "t1", "to_org": "海口市某街道党工委", "issued_on": issued.isoformat(),
              "valid_days": str(valid)}  # fmt: skip
    facts = facts_of(FEEDS, {"members": [member()], "transfers": [letter]})
    last = issued + timedelta(days=valid)
    days = [last + timedelta(days=step) for step in (-1, 0, 1, 400)]
    classes = [run_rules(facts, day, rules=CLASSES).classifications["primary_class"].item() for day in days]
    assert classes == ["unknown", "unknown", "pocket", "pocket"]


def test_towns_add_to_the_county_and_counties_to_the_province() -> None:
    facts, _ = longlou()
    found = run_rules(facts, AS_OF).classifications
    n_rows = len(found)
    spread = found.assign(
        area=[("469005", "469021", "469027")[n % 3] for n in range(n_rows)],
        township=[f"第{n % 7}镇" if n % 5 else None for n in range(n_rows)],
    )
    numbers = [name for name in class_table(spread).columns if name != "population"]
    province = class_table(spread).set_index("population")[numbers]
    counties_of = class_table(spread, by="area")
    pd.testing.assert_frame_equal(counties_of.groupby("population", sort=False)[numbers].sum(), province)
    for area, county in spread.groupby("area"):
        towns = class_table(county, by="township").groupby("population", sort=False)[numbers].sum()
        own = counties_of[counties_of["area"] == area].set_index("population")[numbers]
        pd.testing.assert_frame_equal(towns, own)
    assert int(province["total"].sum()) == n_rows


def test_an_attempt_without_who_made_it_is_no_evidence() -> None:
    tried = [{"person_id": "p1", "tried_on": "2016-03-01", "channel": channel, "outcome": "not_reached"}
             for channel in ("phone", "visit")]  # fmt: skip
    life = [{"person_id": "p1", "held_on": "2015-11-03", "event": "meeting", "is_present": "yes"}]
    found = run(members=[member()], org_life=life, contacts=tried).iloc[0]
    assert (found["primary_class"], found["flags"]) == ("unknown", "contact_overdue|search_incomplete")


def test_the_finding_of_a_lost_member_names_each_attempt() -> None:
    tried = [{"person_id": "p1", "tried_on": f"2016-0{n}-01", "channel": channel, "outcome": "not_reached",
              "contacted_by": "符二心"} for n, channel in ((4, "visit"), (3, "phone"))]  # fmt: skip
    life = [{"person_id": "p1", "held_on": "2015-11-03", "event": "meeting", "is_present": "yes"}]
    facts = facts_of(FEEDS, {"members": [member()], "org_life": life, "contacts": tried})
    findings = run_rules(facts, AS_OF, rules=CLASSES).findings
    assert [item["what"] for item in json.loads(findings.loc[0, "evidence"])] == [
        "2016-03-01 电话查找，符二心经手，未联系上",
        "2016-04-01 走访查找，符二心经手，未联系上",
    ]


def test_abroad_is_a_flag() -> None:
    found = run(members=[member(is_floating="yes", flow_to="日本务工")]).iloc[0]
    assert found["flags"] == "abroad|floating|no_org_life_feed"
