from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports import sheet_rows
from reports.sheet_rows import write_cell, write_lines
from reports.workbook import open_workbook

Line = tuple[str | float | None, str | float | None, float, int]
TEXT = st.text(alphabet=st.sampled_from("陈<>&\"' \n_x00419=é𠮷"), max_size=9)
CELL = st.none() | TEXT | st.floats(-1e6, 1e6) | st.integers(0, 9).map(float)
LINES = st.lists(st.tuples(CELL, CELL, st.sampled_from([15.75, 28.5, 41.25]), st.integers(0, 1)), max_size=7)


def _plainly(page: Worksheet, first_row: int, lines: list[Line], styles: list[list[Format]]) -> None:
    """The same by XlsxWriter alone, cell by cell."""
    for row, (one, other, height, look) in enumerate(lines, start=first_row):
        page.set_row(row, height)
        for place, value in enumerate((one, other)):
            write_cell(page, row, place, value, styles[look][place])


def _book(path: Path, lines: list[Line], *, is_fast: bool) -> dict[str, bytes]:
    with open_workbook(path, date(2016, 6, 16)) as book:
        page = book.add_worksheet("名册")
        page.write_string(0, 0, "标题", book.add_format({"bold": True}))
        styles = [
            [book.add_format({"bg_color": tint, "align": side}) for side in ("left", "center")]
            for tint in ("#FFFFFF", "#EEEEEE")
        ]
        if is_fast:
            columns = [[line[place] for line in lines] for place in (0, 1)]
            heights = np.array([line[2] for line in lines], dtype=np.float64)
            write_lines(page, 2, heights, columns, styles, np.array([line[3] for line in lines], dtype=np.int64))
        else:
            _plainly(page, 2, lines, styles)
    with ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


@settings(max_examples=40, deadline=None)
@given(LINES)
def test_the_same_bytes_as_cell_by_cell(tmp_path_factory: pytest.TempPathFactory, lines: list[Line]) -> None:
    folder = tmp_path_factory.mktemp("books")
    fast, plain = (_book(folder / f"{is_fast}.xlsx", lines, is_fast=is_fast) for is_fast in (True, False))
    assert fast == plain


def test_blocks_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[Line] = [(f"人{number}", float(number), 15.75, number % 2) for number in range(25)]
    whole = _book(tmp_path / "whole.xlsx", lines, is_fast=True)
    monkeypatch.setattr(sheet_rows, "_BLOCK", 4)
    assert _book(tmp_path / "blocks.xlsx", lines, is_fast=True) == whole
