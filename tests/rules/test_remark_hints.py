"""Hints in remarks: what is suspected, since when, and what takes it back; grade B only with a second source."""

from __future__ import annotations

from datetime import date

import pytest

from data.model import FeedKind
from rules.engine import run_rules
from rules.examples.build import Row, member, roster
from rules.facts import facts_of
from rules.remark_hints import Hint, hints_of_remark

AS_OF = date(2016, 6, 16)
AWAY, LOST, POCKET = Hint.AWAY, Hint.OUT_OF_CONTACT, Hint.POCKET


@pytest.mark.parametrize(
    ("remark", "hints"),
    [
        ("长期外出", {AWAY: None}),
        ("常年在外", {AWAY: None}),
        ("外出务工", {AWAY: None}),
        ("2014年起外出务工", {AWAY: "2014"}),
        ("2014.3外出打工", {AWAY: "2014-03"}),
        ("长期外出（2014年3月）", {AWAY: "2014-03"}),
        ("在广州打工", {AWAY: None}),
        ("该党员长期在外地居住", {AWAY: None}),
        ("流出党员", {AWAY: None}),
        ("流动党员", {AWAY: None}),
        ("联系不上", {LOST: None}),
        ("2015年3月起联系不上", {LOST: "2015-03"}),
        ("多次查找未果", {LOST: None}),
        ("无法取得联系", {LOST: None}),
        ("与党组织失去联系", {LOST: None}),
        ("下落不明", {LOST: None}),
        ("手机停机", {LOST: None}),
        ("电话为空号，外出务工", {AWAY: None, LOST: None}),
        ("口袋党员", {POCKET: None}),
        ("介绍信在本人手中", {POCKET: None}),
        ("组织关系在口袋", {POCKET: None}),
        ("2015.3开介绍信未落实", {POCKET: "2015-03"}),
        ("已转出，未落实", {POCKET: None}),
    ],
)
def test_a_hint_is_read(remark: str, hints: dict[Hint, str | None]) -> None:
    assert hints_of_remark(remark, AS_OF) == hints


@pytest.mark.parametrize(
    "remark",
    [
        "未外出", "其子外出务工", "父母在外打工", "2013年外出务工，现已返乡", "曾外出务工，后回村", "2017年外出务工",
        "非流动党员", "流入党员", "在本村务农", "在本镇工作", "拟外出务工", "已联系上", "曾失联，已联系上",
        "联系不上，2016.3已取得联系", "与家人失去联系", "口袋党员，已落实", "介绍信已交回", "已转出", "困难党员", "",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_hint_says_nothing(remark: str) -> None:
    assert hints_of_remark(remark, AS_OF) == {}


def _grade(remark: str, **tables: tuple[Row, ...]) -> str:
    facts = facts_of(frozenset(FeedKind), {"entries": [roster(remark=remark)], "members": [member()], **tables})
    findings = run_rules(facts, AS_OF).findings
    (grade,) = findings.loc[findings["rule_code"] == "REMARK", "evidence_grade"]
    return str(grade)


def test_a_hint_alone_is_an_indication_and_a_second_source_makes_it_more() -> None:
    tried: Row = {"person_id": "p1", "tried_on": "2016-03-01", "channel": "phone", "outcome": "not_reached"}
    letter: Row = {"person_id": "p1", "unique_id": "t1", "to_org": "海口市某街道党工委", "issued_on": "2016-06-01"}
    assert _grade("联系不上") == "C"
    assert _grade("联系不上", contacts=(tried,)) == "B"
    assert _grade("联系不上", transfers=(letter,)) == "C"
    assert _grade("介绍信在本人手中", transfers=(letter,)) == "B"
    assert _grade("外出务工", members=(member(is_floating="yes"),)) == "B"
    assert _grade("外出务工", members=(member(is_floating="no"),)) == "C"


def test_a_hint_makes_no_class_and_strikes_nothing() -> None:
    facts = facts_of(
        frozenset(FeedKind), {"entries": [roster(remark="失联，口袋党员，外出务工")], "members": [member()]}
    )
    result = run_rules(facts, AS_OF)
    assert result.classifications["primary_class"].tolist() == ["unknown"]
    assert not result.findings["is_false_entry"].any()
    (message,) = result.findings["message"]
    assert message.count("；") == 2


def test_a_remark_about_coming_to_the_own_branch_is_an_arrival() -> None:
    def codes(remark: str) -> list[str]:
        facts = facts_of(frozenset(FeedKind), {"entries": [roster(remark=remark)], "members": [member()]})
        return [str(code) for code in run_rules(facts, AS_OF).findings["rule_code"]]

    assert codes("2015.3转至龙楼镇红海村党支部") == []
    assert codes("2015.3转至海口市某街道党支部") == ["F08"]
