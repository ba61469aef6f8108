"""The register of leads agrees with the truth: the confirmed are members, the excluded are not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from data.contracts.accept import Accepted, accept
from data.contracts.feeds import CONTRACTS
from data.model import FeedKind, PrimaryClass
from data.sources.reader import read_source
from data.sources.spec import load_sources
from data.synthetic.cases import Case
from data.synthetic.county import County
from data.synthetic.numbers import texts
from tests.data.synthetic.conftest import AS_OF

_FILE = "leads/党员线索登记-文昌市.xlsx"


@pytest.fixture(scope="module")
def taken(small: Path) -> Accepted:
    spec = load_sources(small / "sources.toml", AS_OF)
    source = spec.sources["leads_469005"]
    tables = read_source("leads_469005", source, spec.base)
    return accept(tables, CONTRACTS[FeedKind.LEADS], source, b"a key for tests, thirty-two byte", AS_OF)


def test_every_way_channel_and_outcome_is_read_without_a_note(taken: Accepted) -> None:
    assert taken.rejected.empty
    assert taken.notes.empty
    assert len(set(taken.rows["way"])) == 6
    assert len(set(taken.rows["channel"])) == 5
    assert {"confirmed", "denied", "excluded", "open"} <= set(taken.rows["outcome"])
    assert taken.rows[["way", "channel", "informant", "outcome"]].notna().all(axis=None)


def test_outcomes_agree_with_the_truth(taken: Accepted, county: County) -> None:
    members = county.members
    numbers = texts(county.people.identity[: len(members)])
    told = taken.rows.dropna(subset=["id_no"])
    case = dict(zip(numbers, members["case"], strict=True))
    klass = dict(zip(numbers, members["klass"], strict=True))
    assert len(told) > 5
    for number, outcome in zip(told["id_no"], told["outcome"], strict=True):
        if outcome == "confirmed":
            assert klass[number] not in (PrimaryClass.LOST, PrimaryClass.HIDDEN)
            assert case[number] not in (Case.F01, Case.F04, Case.F05, Case.F06, Case.F08)
        elif outcome in ("denied", "excluded"):
            assert case.get(number) in (None, Case.F01)
        elif outcome == "not_reached":
            assert klass[number] == PrimaryClass.LOST


def test_leads_are_of_the_last_weeks_and_say_that_data_is_synthetic_by_their_numbers(taken: Accepted) -> None:
    found = {date.fromisoformat(day) for day in taken.rows["found_on"]}
    assert max(found) < AS_OF
    assert (AS_OF - min(found)).days < 31
    assert taken.rows["id_no"].dropna().str[2:4].eq("99").all()


def test_the_sheet_has_a_title_above_its_header(small: Path) -> None:
    rows = CalamineWorkbook.from_path(str(small / _FILE)).get_sheet_by_index(0).to_python()
    assert str(rows[0][0]).endswith("党员线索登记表")
    assert rows[1][:3] == ["线索编号", "找寻方式", "渠道"]
