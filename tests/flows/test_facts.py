"""Whom events mean: a namesake whom only a list of claims names does not hide the member that they speak of."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.contracts.accept import accept
from data.contracts.feeds import CONTRACTS
from data.model import FeedKind
from data.sources.reader import read_source
from data.sources.spec import SourceSpec
from flows.facts import Linked, gather_facts
from flows.intake import Taken
from rules.facts import FACT_COLUMNS, Facts
from tests.data.sources.builders import AS_OF, KEY, Cell, write_csv

_BRANCH = "文昌市龙楼镇红海村党支部"
_HEAD: list[Cell] = ["姓名", "身份证号", "所在党支部"]
_NUMBERS = ("460022190001010010", "46002219000101007X", "460005190001020028")


def facts_of_lists(folder: Path, rosters: list[list[Cell]], claims: list[list[Cell]]) -> Facts:
    """Facts of a roster and a list of claims, everybody a person of his own, and one meeting of 王明 without a number."""
    meeting: list[list[Cell]] = [
        ["姓名", "身份证号", "所在党支部", "活动日期", "类型"],
        ["王明", "", _BRANCH, "2016.5.1", "党课"],
    ]
    lists = {
        FeedKind.MEMBER_ROSTER: [_HEAD, *rosters],
        FeedKind.CLAIMS: [_HEAD, *claims],
        FeedKind.ORG_LIFE: meeting,
    }
    specs = {kind.value: SourceSpec(kind=kind, location=(f"{kind.value}.csv",), area="469005") for kind in lists}
    accepted = {}
    for kind, rows in lists.items():
        write_csv(folder / f"{kind.value}.csv", rows)
        tables = read_source(kind.value, specs[kind.value], folder)
        accepted[kind.value] = accept(tables, CONTRACTS[kind], specs[kind.value], KEY, AS_OF)
    taken = Taken("469005", specs, accepted, {})
    people = [taken.rows(kind).assign(kind=kind.value) for kind in (FeedKind.MEMBER_ROSTER, FeedKind.CLAIMS)]
    records = pd.concat(people, ignore_index=True).assign(employer=None, entity_no=None)
    links = records[["unique_id"]].assign(person_id=[f"p{n}" for n in range(len(records))])
    is_listed = records["kind"] == FeedKind.MEMBER_ROSTER
    golden = records.assign(person_id=links["person_id"], is_member=is_listed, n_branches=1)
    golden = golden.reindex(columns=[*FACT_COLUMNS["members"], "is_member"])
    employers = pd.DataFrame({name: pd.Series(dtype=object) for name in ("unique_id", "entity_id", "grade", "how")})
    pairs = pd.DataFrame({name: pd.Series(dtype=object) for name in FACT_COLUMNS["pairs"]})
    entities = pd.DataFrame({name: pd.Series(dtype=object) for name in FACT_COLUMNS["entities"]})
    employers["match_weight"] = pd.Series(dtype=float)
    return gather_facts(taken, Linked(records, records[["unique_id"]], entities, links, pairs, employers, golden))


def test_a_claimed_namesake_does_not_hide_the_member_of_the_branch(tmp_path: Path) -> None:
    facts = facts_of_lists(tmp_path, [["王明", _NUMBERS[0], _BRANCH]], [["王明", _NUMBERS[1], _BRANCH]])
    assert facts.org_life["person_id"].tolist() == ["p0"]


def test_two_members_of_one_name_in_one_branch_stay_a_tie(tmp_path: Path) -> None:
    twice: list[list[Cell]] = [["王明", _NUMBERS[0], _BRANCH], ["王明", _NUMBERS[1], _BRANCH]]
    facts = facts_of_lists(tmp_path, twice, [["王明", _NUMBERS[2], _BRANCH]])
    assert facts.org_life["person_id"].tolist() == [None]


def test_without_a_member_of_the_name_the_claimed_person_is_meant(tmp_path: Path) -> None:
    facts = facts_of_lists(tmp_path, [["李芳", _NUMBERS[0], _BRANCH]], [["王明", _NUMBERS[1], _BRANCH]])
    assert facts.org_life["person_id"].tolist() == ["p1"]
