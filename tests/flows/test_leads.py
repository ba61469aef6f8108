"""Leads on their way to the rules: found members and entities, no names, and nobody becomes a member by one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data.contracts.accept import accept
from data.contracts.feeds import CONTRACTS
from data.model import FeedKind
from data.sources.reader import read_source
from data.sources.spec import SourceSpec
from flows.facts import Linked, gather_facts
from flows.intake import Taken
from rules.facts import FACT_COLUMNS
from tests.data.sources.builders import AS_OF, KEY, Cell, write_csv

_MEMBER, _STRANGER = "460022190001010010", "46002219000101007X"


def _taken(folder: Path) -> Taken:
    lists: dict[FeedKind, list[list[Cell]]] = {
        FeedKind.MEMBER_ROSTER: [["姓名", "身份证号", "所在党支部"], ["王明", _MEMBER, "红海村党支部"]],
        FeedKind.LEADS: [
            ["找寻方式", "发现日期", "姓名", "身份证号", "注册号", "核实结果"],
            ["走访", "2016.6.1", "王明", _MEMBER, "469005600012344", "确认"],
            ["电话", "2016.6.2", "符海", _STRANGER, "", "确认"],
            ["年报找", "2016.6.3", "", "", "469005600012344", "待核实"],
        ],
    }
    specs = {kind.value: SourceSpec(kind=kind, location=(f"{kind.value}.csv",), area="469005") for kind in lists}
    accepted = {}
    for kind, rows in lists.items():
        write_csv(folder / f"{kind.value}.csv", rows)
        tables = read_source(kind.value, specs[kind.value], folder)
        accepted[kind.value] = accept(tables, CONTRACTS[kind], specs[kind.value], KEY, AS_OF)
    return Taken("469005", specs, accepted, {})


@pytest.fixture
def leads(tmp_path: Path) -> pd.DataFrame:
    """Facts of leads where the only member is the one on the roster."""
    taken = _taken(tmp_path)
    roster = taken.rows(FeedKind.MEMBER_ROSTER)
    records = roster.assign(kind=FeedKind.MEMBER_ROSTER.value, employer=None, entity_no=None)
    links = roster[["unique_id"]].assign(person_id="p1")
    entities = pd.DataFrame({"entity_id": ["469005600012344"], "uscc": [None], "reg_no": ["469005600012344"]})
    golden = roster.assign(person_id="p1", is_member=True, n_branches=1)
    golden = golden.reindex(columns=[*FACT_COLUMNS["members"], "is_member"])
    employers = pd.DataFrame({name: pd.Series(dtype=object) for name in ("unique_id", "entity_id", "grade", "how")})
    employers["match_weight"] = pd.Series(dtype=float)
    pairs = pd.DataFrame({name: pd.Series(dtype=object) for name in FACT_COLUMNS["pairs"]})
    whole = entities.reindex(columns=list(FACT_COLUMNS["entities"]))
    linked = Linked(records, records[["unique_id"]], whole, links, pairs, employers, golden)
    facts = gather_facts(taken, linked)
    assert facts.members["person_id"].tolist() == ["p1"]
    return facts.leads.sort_values("found_on", ignore_index=True)


def test_a_lead_finds_its_member_and_its_entity_and_a_stranger_stays_nobody(leads: pd.DataFrame) -> None:
    assert leads["person_id"].tolist() == ["p1", None, None]
    assert leads["entity_id"].tolist() == ["469005600012344", None, "469005600012344"]
    assert leads["way"].tolist() == ["visit", "phone", "annual_report"]


def test_no_name_and_no_number_goes_on(leads: pd.DataFrame) -> None:
    assert list(leads.columns) == list(FACT_COLUMNS["leads"])
    cells = {str(cell) for cell in leads.to_numpy().ravel()}
    assert not cells & {"王明", "符海", _MEMBER, _STRANGER}
