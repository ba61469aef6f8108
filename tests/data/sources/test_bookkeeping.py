"""Nothing falls between: every row below the first header is a row of a table or counted, and stands where it says."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import SourceFileError
from data.sources.raw import RawTable
from tests.data.sources.sheets import Row, grid_of, lay_out

ID = "460022190001010010"
_HEADERS: list[Row] = [
    ["姓名", "性别", "身份证号", None],
    ["序号", "姓名", "联系电话", "备注"],
    ["姓名", "联系方式", None, "备注"],
    [None, "手机", "固定电话", None],
]
_ROWS: list[Row] = [
    ["王明", "男", ID, None],
    ["李丽", None, None, None],
    [1, "符海", "13900001234", None],
    [2, None, None, None],
    [None, None, None, None],
    ["合计", "2人", None, None],
    ["小计", None, None, 1],
    ["第三党支部", None, None, None],
    ["龙楼镇党员花名册", None, None, None],
    ["填报单位：东郊镇", None, "2016年6月", None],
    ["1", "2", "3", "4"],
    ["例", "张三", ID, None],
    ["制表人：王明", None, None, None],
]
_CELL = st.sampled_from(
    [None, "姓名", "性别", "备注", "电话", "王明", "男", ID, "1", "合计", "支部", "2016年6月", "："]
)
_ROW = st.one_of(st.sampled_from(_ROWS), st.sampled_from(_HEADERS), st.lists(_CELL, min_size=4, max_size=4).map(list))


def _of_the_sheet(tables: list[RawTable]) -> list[RawTable]:
    """Tables without those to the right of another, which share its rows."""
    return [table for table in tables if table.sheet == table.source_sheet]


@settings(max_examples=50, deadline=None)
@given(above=st.lists(st.sampled_from(_ROWS), max_size=3), header=st.sampled_from(_HEADERS[:3]), rows=st.lists(_ROW))
def test_rows_below_the_first_header_are_kept_or_counted_and_stand_where_they_say(
    above: list[Row], header: Row, rows: list[Row]
) -> None:
    sheet = [*above, header, *rows]
    grid = grid_of(sheet)
    try:
        tables = lay_out(sheet)
    except SourceFileError:
        return
    assert tables
    n_told = sum(len(table.cells) + sum(table.n_dropped.values()) for table in _of_the_sheet(tables))
    assert n_told == int(grid.row_numbers[-1]) - tables[0].header_row
    for table in tables:
        for number, cells in zip(table.source_row, table.cells.to_numpy(dtype=object), strict=True):
            (position,) = np.flatnonzero(grid.row_numbers == number)
            own = grid.cells.iloc[position].to_numpy(dtype=object)
            assert all(cell is None or cell == text for cell, text in zip(cells, own, strict=True))
            assert any(cell is not None for cell in cells)
    places = [(table.source_sheet, int(row)) for table in tables for row in table.source_row]
    assert len(places) == len(set(places))


@settings(max_examples=50, deadline=None)
@given(names=st.lists(st.text(alphabet="王李陈明海丽合计第支部镇12", min_size=1, max_size=4), min_size=1, max_size=8))
def test_members_with_an_identity_number_are_never_left_out(names: list[str]) -> None:
    (table,) = lay_out([["姓名", "身份证号"], *([name, ID] for name in names)])
    assert table.cells[0].tolist() == names
