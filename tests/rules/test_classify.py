"""One class a member, all flags kept; states in their order, towns that add up."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import FeedKind
from data.values.dates import add_months
from rules.catalogue import CLASS_RULES, RULES
from rules.counts import class_table
from rules.engine import run_rules
from rules.examples.build import MAN_1900, member, roster, work
from rules.facts import facts_of
from tests.rules.longlou import longlou

AS_OF = date(2016, 6, 16)
FEEDS = frozenset(FeedKind)
CLASSES = [rule for rule in RULES if rule.code in CLASS_RULES.values()]


def run(feeds: frozenset[FeedKind] = FEEDS, **tables: list[dict[str, object]]) -> pd.DataFrame:
    return run_rules(facts_of(feeds, tables), AS_OF).classifications


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
