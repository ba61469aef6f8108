"""Writes the rosters: one workbook a town in its office's layout, one text file for the county's own offices."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.synthetic import words_places
from data.synthetic.county import County
from data.synthetic.damage import Written
from data.synthetic.errors import Bools, Objects
from data.synthetic.feeds import ROSTER_COUNTY, ROSTER_TOWNS, Located, Place
from data.synthetic.layouts import COUNTY_LAYOUT, Layout, layout_of
from data.synthetic.numbers import Ints
from data.synthetic.office_dates import written
from data.synthetic.office_files import GB18030, Sheet, write_csv, write_workbook
from data.synthetic.organizations import COUNTY_LEVEL

_MONTH_BIRTH_SHARE, _MONTH_JOIN_SHARE, _DUTY_SHARE = 0.08, 0.3, 0.25
_DUTIES = (" 经理", " 员工", " 业主", " 会计")
_LOCAL_KINDS = ("农村", "街道社区")
_DAYS = ("lost_since", "flow_since", "registered_on")


def write_rosters(county: County, rows: pd.DataFrame, texts: Written, place: Place) -> tuple[Located, Objects]:
    """Write every roster. Returns where each row of `rows` stands, and further kinds of errors made while writing."""
    town = county.organizations["town"].to_numpy()[rows["row_branch"].to_numpy()]
    cells = _cells(county, rows, texts)
    located = Located.nowhere_yet(len(rows))
    made = np.full(len(rows), "", dtype=object)
    order = county.stream("roster order").permutation(len(rows))
    order = order[np.argsort(rows["row_branch"].to_numpy()[order], kind="stable")]
    for number, name in enumerate(words_places.townships(county.area)):
        here = order[town[order] == number]
        if not len(here):
            continue
        layout = layout_of(number)
        _dates_in(county, rows, cells, here, layout, made)
        _write_town(county, cells, here, texts.is_number, (name, layout), place, located)
    here = order[town[order] == COUNTY_LEVEL]
    if not len(here):
        return located, made
    _dates_in(county, rows, cells, here, COUNTY_LAYOUT, made)
    columns = _ordered(cells, here, COUNTY_LAYOUT)
    headers = [header for _, header in COUNTY_LAYOUT.columns]
    write_csv(place.path(place.county_roster), headers, columns, GB18030)
    place.wrote(place.county_roster, len(here))
    _locate(located, here, Located.in_one_file(place, ROSTER_COUNTY, place.county_roster, "", np.arange(len(here)) + 2))
    return located, made


def _cells(county: County, rows: pd.DataFrame, texts: Written) -> dict[str, Objects]:
    """The texts of every column but the dates and the running number."""
    who = rows["person"].to_numpy()
    rng = county.stream("roster cells")
    organizations = county.organizations.iloc[rows["row_branch"].to_numpy()]
    towns = np.array([*words_places.townships(county.area), ""], dtype=object)
    n = len(rows)
    cells: dict[str, Objects] = {
        "name": texts.name,
        "sex": county.people.sexes(who),
        "id_no": texts.id_no,
        "mobile": texts.mobile,
        "home": county.people.homes(who),
        "branch": organizations["name"].to_numpy(dtype=object),
        "township": towns[organizations["town"].to_numpy()],
        "ethnicity": rng.choice(np.array(["汉族", "黎族", "苗族"], dtype=object), n, p=[0.9, 0.09, 0.01]),
        "education": rng.choice(np.array(["初中", "高中", "大专", "大学本科"], dtype=object), n),
    }
    for column in ("category", "employer", "party_status", "is_lost", "is_floating", "flow_to", "remark"):
        cells[column] = rows[column].to_numpy(dtype=object)
    return cells


def _dates_in(
    county: County, rows: pd.DataFrame, cells: dict[str, Objects], here: Ints, layout: Layout, made: Objects
) -> None:
    """Write the dates of the rows `here` in the office's style; some births and admissions with the month only."""
    rng = county.stream(f"dates {layout.day_style} {here[:1]}")
    birth = county.people.birth[rows["person"].to_numpy()[here]]
    day = {"birth": birth, **{name: _days(rows, name, here) for name in ("join_on", "full_on", *_DAYS)}}
    month_only = {"birth": _MONTH_BIRTH_SHARE, "join_on": _MONTH_JOIN_SHARE, "full_on": _MONTH_JOIN_SHARE}
    for name, days in day.items():
        text = written(days, layout.day_style)
        is_month = rng.random(len(here)) < month_only.get(name, 0.0)
        text[is_month] = written(days[is_month], layout.month_style)
        cells.setdefault(name, np.full(len(rows), "", dtype=object))[here] = text
        if name == "birth":
            made[here[is_month]] = "birth_month_only"
    dues = cells.setdefault("dues_to", np.full(len(rows), "", dtype=object))
    dues[here] = written(_days(rows, "dues_to", here), layout.month_style)
    if ("employer", "工作单位及职务") in layout.columns:
        works = (rows["employer_entity"].to_numpy()[here] >= 0) & (rng.random(len(here)) < _DUTY_SHARE)
        duties = rng.choice(np.array(_DUTIES, dtype=object), int(works.sum()))
        cells["employer"][here[works]] = cells["employer"][here[works]] + duties


def _days(rows: pd.DataFrame, name: str, here: Ints) -> np.ndarray:
    return rows[name].to_numpy(dtype="datetime64[ns]")[here].astype("datetime64[D]")


def _ordered(cells: dict[str, Objects], here: Ints, layout: Layout) -> list[Objects]:
    running = (np.arange(len(here)) + 1).astype("U6").astype(object)
    return [running if name == "seq" else cells[name][here] for name, _ in layout.columns]


def _write_town(
    county: County,
    cells: dict[str, Objects],
    here: Ints,
    is_number: Bools,
    office: tuple[str, Layout],
    place: Place,
    located: Located,
) -> None:
    name, layout = office
    short = words_places.short_name(county.area)
    words = {"unit": f"{short}{name}", "parent": f"中共{short}{name}委员会", "day": f"{county.as_of.year}年6月1日"}
    titles = tuple(line.format(**words) for line in (layout.title, layout.reported) if line)
    local = county.organizations.loc[county.organizations["kind"].isin(_LOCAL_KINDS), "name"]
    is_local = np.isin(cells["branch"][here], local.to_numpy()) | (layout.sheets[0] == layout.sheets[1])
    id_column = [column for column, _ in layout.columns].index("id_no")
    sheets = []
    file = place.town_roster(name)
    for sheet_name, rows in ((layout.sheets[0], here[is_local]), (layout.sheets[1], here[~is_local])):
        sheet = Sheet(
            sheet_name,
            titles,
            tuple(header for _, header in layout.columns),
            _ordered(cells, rows, layout),
            {id_column: is_number[rows]},
            tuple(line.format(n=len(rows)) for line in layout.trailers),
            layout.repeat_every,
        )
        sheets.append(sheet)
        _locate(located, rows, Located.in_one_file(place, ROSTER_TOWNS, file, sheet_name, sheet.source_rows()))
    write_workbook(place.path(file), sheets)
    place.wrote(file, len(here))


def _locate(located: Located, rows: Ints, found: Located) -> None:
    located.source[rows], located.source_file[rows] = found.source, found.source_file
    located.source_sheet[rows], located.source_row[rows] = found.source_sheet, found.source_row
