"""What a careful clerk can tell from the delivered files is the truth: each class has its evidence and no other's."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from data.model import PrimaryClass
from data.synthetic import numbers
from data.synthetic.cases import Case
from data.synthetic.county import County, make_county
from data.synthetic.generate import generate
from data.synthetic.plan import county_plan
from data.synthetic.situation import last_lost_day
from data.values.dates import add_months, parse_partial_date
from tests.data.synthetic.conftest import AS_OF, Row


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2016, 6, 16), "2015-12-16"),
        (date(2016, 2, 29), "2015-08-31"),
        (date(2017, 8, 31), "2017-02-28"),
        (date(2017, 2, 28), "2016-08-31"),
    ],
)
def test_last_lost_day_is_the_last_day_of_the_clock(as_of: date, expected: str) -> None:
    assert str(last_lost_day(as_of)) == expected
    day = date.fromisoformat(expected)
    assert add_months(day, 6) <= as_of < add_months(day + timedelta(days=1), 6)


def _day(text: str) -> date:
    iso = parse_partial_date(text)
    assert iso is not None
    return date.fromisoformat(iso)


def _workbook(small: Path, folder: str) -> list[Row]:
    """The rows of a feed with one title row, by its headers."""
    (path,) = (small / folder).glob("*.xlsx")
    book = CalamineWorkbook.from_path(str(path))
    _, header, *rows = book.get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, header), map(str, row), strict=True)) for row in rows]


class Clerk:
    """Looks a person up by number, or by name and branch where the row has no number."""

    def __init__(self, county: County) -> None:
        who = range(county.n_on_rosters)
        ids = numbers.texts(county.people.identity[: county.n_on_rosters])
        names = county.people.names(county.members["person"].to_numpy())
        branches = county.organizations["name"].to_numpy()[county.members["branch"].to_numpy()]
        self.by_id = dict(zip(ids, who, strict=True))
        self.by_name = dict(zip(zip(names, branches, strict=True), who, strict=True))

    def person(self, row: Row, id_header: str) -> int:
        if row[id_header]:
            return self.by_id[row[id_header]]
        return self.by_name[row["姓名"], row["所在党支部"]]


@pytest.fixture(scope="module")
def last_life(small: Path, county: County) -> dict[int, date]:
    clerk, last = Clerk(county), dict[int, date]()
    with (small / "org_life/组织生活与党费-469005.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["是否参加"] == "是":
                person = clerk.person(row, "身份证号")
                last[person] = max(last.get(person, date.min), _day(row["活动日期"]))
    return last


@pytest.fixture(scope="module")
def searches(small: Path, county: County) -> dict[int, list[tuple[date, str, bool]]]:
    clerk, found = Clerk(county), defaultdict[int, list[tuple[date, str, bool]]](list)
    for row in _workbook(small, "contact_log"):
        is_reached = row["联系结果"] in ("已联系上", "取得联系", "联系上")
        found[clerk.person(row, "公民身份号码")].append((_day(row["联系日期"]), row["联系方式"], is_reached))
    return found


@pytest.fixture(scope="module")
def letters(small: Path, county: County) -> dict[int, Row]:
    clerk = Clerk(county)
    return {clerk.person(row, "身份证号码"): row for row in _workbook(small, "transfers")}


def _people(county: County, klass: PrimaryClass) -> list[int]:
    return county.members.loc[county.members["klass"] == klass, "person"].tolist()


def _is_lost(person: int, last: dict[int, date], tries: dict[int, list[tuple[date, str, bool]]]) -> bool:
    if person not in last or add_months(last[person], 6) > AS_OF:
        return False
    since = [attempt for attempt in tries.get(person, []) if last[person] < attempt[0] <= AS_OF]
    failed = {channel for _, channel, is_reached in since if not is_reached}
    return len(failed) >= 2 and not any(is_reached for *_, is_reached in since)


def _is_pocket(row: Row | None) -> bool:
    if row is None or row["接收日期"]:
        return False
    valid_days = int(row["有效期（天）"] or 90)
    return _day(row["开具日期"]) + timedelta(days=valid_days) < AS_OF or row["本人持有介绍信"] == "是"


def test_the_lost_are_lost_and_nobody_else_is(
    county: County, last_life: dict[int, date], searches: dict[int, list[tuple[date, str, bool]]]
) -> None:
    lost = {person for person in range(county.n_on_rosters) if _is_lost(person, last_life, searches)}
    assert lost == set(_people(county, PrimaryClass.LOST))


def test_the_pocket_members_hold_open_letters_and_nobody_else_does(county: County, letters: dict[int, Row]) -> None:
    pocket = {person for person in range(county.n_on_rosters) if _is_pocket(letters.get(person))}
    assert pocket == set(_people(county, PrimaryClass.POCKET))


def test_normal_members_were_seen_within_six_months_and_unknown_ones_were_not(
    county: County, last_life: dict[int, date]
) -> None:
    assert all(add_months(last_life[person], 6) > AS_OF for person in _people(county, PrimaryClass.NORMAL))
    unknown = _people(county, PrimaryClass.UNKNOWN)
    assert all(person not in last_life or add_months(last_life[person], 6) <= AS_OF for person in unknown)


def test_both_sides_of_the_clock_occur(county: County, last_life: dict[int, date]) -> None:
    assert date(2015, 12, 16) in {last_life[person] for person in _people(county, PrimaryClass.LOST)}
    assert date(2015, 12, 17) in {last_life[person] for person in _people(county, PrimaryClass.NORMAL)}


def test_silent_branches_show_no_life_at_all(county: County, last_life: dict[int, date]) -> None:
    branch = county.members["branch"].to_numpy()
    silent = set(county.organizations.index[county.organizations["is_silent"]])
    fed = {branch[person] for person in last_life}
    unseen = county.members["case"] == Case.UNKNOWN_SILENT
    assert set(branch[unseen]) <= silent
    normal = branch[_people(county, PrimaryClass.NORMAL)]
    assert not silent & set(normal)
    assert set(normal) <= fed


def test_floating_members_work_elsewhere_or_the_roster_says_so(county: County) -> None:
    town = county.organizations["town"].to_numpy()[county.members["branch"].to_numpy()]
    work_town = county.entities["town"].to_numpy()[county.members["entity"].to_numpy()]
    works = (county.members["population"] != "elsewhere").to_numpy()
    is_away = works & (town != work_town) & (town >= 0)
    is_told = (county.members["is_floating"] == "是").to_numpy()
    long_ago = (county.members["flow_since"] <= str(last_lost_day(AS_OF))).to_numpy()
    floating = (county.members["klass"] == PrimaryClass.FLOATING).to_numpy()
    assert ((is_away | (is_told & long_ago)) == floating)[(county.members["klass"] != "").to_numpy()].all()
    by_town = (county.members["case"] == Case.FLOATING_TOWN).to_numpy()
    rows = county.members.loc[by_town, "staff_row"].to_numpy()
    assert (county.staff.since[rows] <= last_lost_day(AS_OF)).all()
    established = county.entities["established"].to_numpy()[county.staff.entity[rows]]
    assert (established <= county.staff.since[rows]).all()


def test_nobody_is_hidden_in_wenchang_s_annual_reports(small: Path, county: County) -> None:
    with (small / "annual_reports/2015-469005.csv").open(encoding="utf-8", newline="") as file:
        reports = {row["注册号"]: row for row in csv.DictReader(file)}
    works = county.members[county.members["entity"] >= 0]
    entities = county.entities.iloc[works["entity"].to_numpy()]
    n_reported = 0
    for person, (_, entity) in zip(works["person"], entities.iterrows(), strict=True):
        row = reports.get(entity["reg_no"]) or reports.get(entity["uscc"])
        if row is None:
            continue
        n_reported += row["党员人数"] != ""
        assert row["党员人数"] != "0"
        leads = county.staff.person[county.staff.first[entity.name]] == person
        assert not (leads and row["法定代表人是否党员"] == "2")
    assert n_reported > 5


def test_who_left_was_registered_before_and_admitted_before_that(county: County) -> None:
    gone = county.members[county.members["ended_on"].notna()]
    assert len(gone) >= 16
    assert (gone["join_on"] <= gone["registered_on"]).all()
    assert (gone["registered_on"] < gone["ended_on"]).all()
    assert (gone["ended_on"] < str(AS_OF)).all()


def test_hidden_members_worked_by_the_day_their_employers_report_of(tmp_path: Path) -> None:
    generate("469027", tmp_path / "out", seed=5, scale=0.4)
    ledong = make_county(county_plan("469027", 0.4), 5, AS_OF)
    with (tmp_path / "out/annual_reports/2015-469027.csv").open(encoding="utf-8", newline="") as file:
        reports = {row["注册号"]: row for row in csv.DictReader(file)}
    hidden = ledong.members[ledong.members["klass"] == PrimaryClass.HIDDEN]
    assert len(hidden) > 10
    for _, member in hidden.iterrows():
        entity = ledong.entities.iloc[member["entity"]]
        row = reports.get(entity["reg_no"]) or reports[entity["uscc"]]
        leads = ledong.staff.first[member["entity"]] == member["staff_row"]
        assert row["党员人数"] == "0" or (leads and row["法定代表人是否党员"] == "2")
        assert entity["established"] <= ledong.staff.since[member["staff_row"]] < date(2015, 12, 31)
