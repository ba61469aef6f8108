"""AR9-AR11 beyond their examples: what is said, of which filing, and what is never said."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data.model import FeedKind
from rules.case import Case
from rules.engine import run_rules
from rules.examples.build import Row, member, work
from rules.facts import facts_of
from rules.params import load_params
from rules.reports_of_entities import latest_filings

AS_OF = date(2016, 6, 16)


def _report(**known: object) -> Row:
    base = {"unique_id": "r1", "entity_id": "E1", "report_year": "2015", "n_party_members": "2", "party_body": "none"}
    place = {"source": "annual_reports", "source_file": "2015.csv", "source_sheet": "", "source_row": 7}
    return {**base, **place, **known}


def _findings(reports: list[Row], **tables: list[Row]) -> pd.DataFrame:
    return run_rules(facts_of(frozenset(FeedKind), {"annual_reports": reports, **tables}), AS_OF).findings


def test_a_finding_points_to_the_report_and_names_nobody() -> None:
    found = _findings([_report()]).iloc[0]
    assert (found["rule_code"], found["evidence_grade"], found["unique_id"]) == ("AR11", "C", "r1")
    assert found["person_id"] is None
    assert not found["is_false_entry"]
    assert '"file": "2015.csv"' in found["evidence"]
    assert '"row": 7' in found["evidence"]
    assert found["message"] == "年报填报党员 2 人，没有党组织，名册上无人在此从业：列为“年报工作找”的线索"


def test_the_gap_says_both_numbers_and_a_lead_is_not_a_gap_too() -> None:
    found = _findings([_report()], members=[member()], employments=[work()])
    assert found["rule_code"].tolist() == ["AR10"]
    assert found["message"].str.startswith("年报填报党员 2 人，名册上截至当年年底在此从业的有 1 人").all()


def test_fewer_reported_than_on_the_roster_is_never_a_finding_about_the_entity() -> None:
    both = [work(), work(person_id="p2", unique_id="w2")]
    members = [member(), member(person_id="p2", unique_id="e2")]
    for n in ("0", "1"):
        found = _findings([_report(n_party_members=n)], members=members, employments=both)
        assert not set(found["rule_code"]) & {"AR9", "AR10", "AR11"}


def test_who_was_admitted_after_the_year_does_not_count() -> None:
    found = _findings(
        [_report(n_party_members="1", party_body="branch")],
        members=[member(join_on="2016-02")],
        employments=[work()],
    )
    assert found["rule_code"].tolist() == ["AR10"]


def test_the_last_filing_of_the_latest_year_before_the_run_counts() -> None:
    reports = [
        _report(unique_id="old", report_year="2014", filed_on="2015-05-01"),
        _report(unique_id="first", filed_on="2016-02-01"),
        _report(unique_id="corrected", filed_on="2016-03-01", n_party_members="0"),
        _report(unique_id="undated", filed_on=None, n_party_members="9"),
        _report(unique_id="ahead", report_year="2016", filed_on="2016-04-01"),
        _report(unique_id="nobody's", entity_id=None),
    ]
    facts = facts_of(frozenset(FeedKind), {"annual_reports": reports})
    filings = latest_filings(Case(facts, AS_OF, load_params(AS_OF)))
    assert filings[["unique_id", "n_members"]].to_numpy().tolist() == [["corrected", 0.0]]
