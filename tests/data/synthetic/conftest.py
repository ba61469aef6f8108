"""A small county, made once for all tests of this folder, with its files read back by independent readers."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from data.synthetic.county import County, make_county
from data.synthetic.generate import generate
from data.synthetic.plan import WENCHANG, county_plan

AS_OF = date(2016, 6, 16)
SCALE = 0.1
Row = dict[str, str]
#: A cell's row as the file shows it: source_file, source_sheet, source_row -> texts.
ReadRow = Callable[[str, str, int], list[object]]


def read_table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("synthetic") / "county"
    generate(WENCHANG, out, seed=7, scale=SCALE)
    return out


@pytest.fixture(scope="session")
def county() -> County:
    return make_county(county_plan(WENCHANG, SCALE), 7, AS_OF)


@pytest.fixture(scope="session")
def read_row(small: Path) -> ReadRow:
    @cache
    def sheet(file: str, name: str) -> list[list[object]]:
        if file.endswith(".csv"):
            with (small / file).open(encoding="gb18030", newline="") as text:
                return [list(row) for row in csv.reader(text)]
        book = CalamineWorkbook.from_path(str(small / file))
        return [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]

    return lambda file, name, row: sheet(file, name)[row - 1]


@pytest.fixture(scope="session")
def truth(small: Path) -> dict[str, list[Row]]:
    return {path.stem: read_table(path) for path in sorted((small / "truth").glob("*.csv"))}
