"""Namesakes and borrowed numbers: what a possible match, a slip or a second candidate holds back."""

from __future__ import annotations

from datetime import date

import pytest

from data.model import FeedKind, IdStatus
from rules.case import Case
from rules.examples.build import MAN_1900, WOMAN_1901, Row, claim, roster
from rules.facts import facts_of
from rules.false_entries import identity, numbers
from rules.params import load_params

AS_OF = date(2016, 6, 16)
BROKEN = {"id_no": "469005190001010013", "id_status": IdStatus.CHECKSUM.value}


def case(entries: list[Row], pairs: list[Row] | None = None) -> Case:
    tables = {"entries": entries, "pairs": pairs or []}
    return Case(facts_of(frozenset(FeedKind), tables), AS_OF, load_params(AS_OF))


def pair(grade: str) -> Row:
    return {"unique_id_l": "e1", "unique_id_r": "e2", "grade": grade}


@pytest.mark.parametrize(
    ("other", "pairs", "is_struck"),
    [
        ({"birth": "1950-01"}, [], True),
        ({"birth": "1950-01"}, [pair("possible")], False),
        ({"birth": "1950-01"}, [pair("certainly_not")], True),
        ({"birth": "1961-02"}, [pair("possible")], True),
        ({"birth": None, "mobile": "13912345678"}, [pair("possible")], False),
        ({"name": "韩三木", "birth": "1950-01"}, [pair("possible")], True),
    ],
)
def test_a_plausible_roster_row_holds_grade_b_back(other: Row, pairs: list[Row], is_struck: bool) -> None:
    mine = claim(**BROKEN, birth="1950-01", mobile="13912345678")
    found = numbers.find_impossible(case([mine, roster("p2", **other)], pairs))
    assert found["is_false_entry"].tolist() == [is_struck]


def test_without_rosters_nothing_of_grade_b_strikes() -> None:
    facts = facts_of(frozenset(FeedKind) - {FeedKind.MEMBER_ROSTER}, {"entries": [claim(**BROKEN)]})
    found = numbers.find_impossible(Case(facts, AS_OF, load_params(AS_OF)))
    assert found["is_false_entry"].tolist() == [False]


def test_a_15_digit_slip_is_found_too() -> None:
    short = {"id_no": "46900500010100", "id_status": IdStatus.LENGTH.value}
    found = numbers.find_impossible(case([claim(**short), roster("p2", id_no=MAN_1900)]))
    assert found["is_false_entry"].tolist() == [False]
    assert found["message"].str.startswith("疑为笔误").all()


@pytest.mark.parametrize(
    ("rows", "fires"),
    [
        ([roster("p2", id_no=MAN_1900)], True),
        ([roster("p2", id_no=MAN_1900), roster("p3", id_no="469005190203040033")], False),  # two of that name
        ([roster("p2", id_no="469005190102031031")], False),  # the same birth: perhaps the person
        ([roster("p2", id_no=MAN_1900, township="文城镇")], False),
        ([roster("p2", id_no=MAN_1900, id_status=IdStatus.CHECKSUM.value)], False),
    ],
)
def test_a_namesake_in_the_township(rows: list[Row], fires: bool) -> None:
    found = identity.find_namesake(case([claim(id_no=WOMAN_1901), *rows]))
    assert found["is_false_entry"].tolist() == ([True] if fires else [])


def test_traditional_names_are_one_name() -> None:
    rows = [claim(name="陳偉", id_no=WOMAN_1901, branch="红海村支部"), roster("p2", name="陈伟", id_no=MAN_1900)]
    assert identity.find_namesake(case(rows))["unique_id"].tolist() == ["e1"]


def test_an_impostor_who_states_neither_sex_nor_birth_is_grade_b() -> None:
    owner = roster("p2", name="韩三木", id_no=MAN_1900, sex="男", birth="1900-01-01")
    found = identity.find_impersonated(case([claim(id_no=MAN_1900), owner]))
    assert found[["evidence_grade", "is_false_entry"]].to_numpy().tolist() == [["B", True]]
