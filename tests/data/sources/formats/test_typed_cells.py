from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sources.formats.typed_cells import SheetFacts, grid_of, grid_of_columns


def test_blank_rows_are_left_out_and_row_numbers_stay() -> None:
    rows = [(2, ["", 1.0]), (3, ["", " "]), (5, ["a", ""])]
    grid = grid_of("甲", rows, 2, SheetFacts(hidden_rows=frozenset({3, 5}), hidden_columns=frozenset({0, 9})))
    assert grid.cells.to_numpy().tolist() == [[None, "1"], ["a", None]]
    assert grid.numeric.tolist() == [[False, True], [False, False]]
    assert (grid.row_numbers.tolist(), grid.n_blank) == ([3, 6], 2)
    assert (grid.hidden_rows, grid.hidden_columns) == (frozenset({6}), frozenset({0}))


def test_columns_left_of_the_first_filled_one_are_there() -> None:
    grid = grid_of("甲", [(0, ["x"])], 1, SheetFacts(), first_column=2)
    assert grid.cells.to_numpy().tolist() == [[None, None, "x"]]
    assert grid.numeric.shape == (1, 3)


def test_merged_cells_fill_the_rows_that_hold_anything_and_no_others() -> None:
    rows = [(0, ["题", "", ""]), (1, ["甲公司", "王", ""]), (2, ["", "李", ""]), (3, ["", "", ""]), (4, ["", "陈", ""])]
    grid = grid_of("甲", rows, 3, SheetFacts(merges=((0, 0, 0, 2), (1, 0, 3, 0))))
    assert grid.cells[0].tolist() == ["题", "甲公司", "甲公司", None]
    assert grid.row_numbers.tolist() == [1, 2, 3, 5]
    assert grid.merged_across == ((1, 0, 2),)


def test_overlapping_merges_of_a_forged_file_are_taken_once() -> None:
    rows = [(row, [str(row), "x"]) for row in range(4)]
    grid = grid_of("甲", rows, 2, SheetFacts(merges=((0, 0, 2, 0), (1, 0, 3, 0))))
    assert grid.cells[0].tolist() == ["0", "0", "0", "3"]


def test_uncalculated_cells_hold_nothing_and_are_told_with_errors() -> None:
    facts = SheetFacts(uncalculated=((0, 1),), errors=((0, 2),))
    grid = grid_of("甲", [(0, ["x", 0.0, "", "#REF!"])], 4, facts)
    assert grid.cells.to_numpy().tolist() == [["x", None, None, None]]
    assert not grid.numeric.any()
    assert (grid.uncalculated, grid.errors) == (((1, 1),), ((1, 2), (1, 3)))


def test_text_columns_become_the_same_grid() -> None:
    columns = [np.array(["a", "", " b"], dtype=object), np.array(["", "", "#N/A"], dtype=object)]
    grid = grid_of_columns(columns)
    assert grid.cells.to_numpy().tolist() == [["a", None], ["b", None]]
    assert (grid.row_numbers.tolist(), grid.n_blank, grid.errors) == ([1, 3], 1, ((3, 1),))


def test_a_sheet_over_several_blocks_reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.sources.formats.typed_cells._BLOCK", 3)
    monkeypatch.setattr("data.sources.formats.typed_cells._SAMPLE", 4)
    rows = [(row, [f"人{row}", "男"]) for row in range(10)]
    grid = grid_of("甲", rows, 2, SheetFacts())
    assert grid.cells[0].tolist() == [f"人{row}" for row in range(10)]
    assert len({id(text) for text in grid.cells[1]}) == 1


_CELLS = st.one_of(
    st.text(max_size=8),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.integers(),
)


@settings(max_examples=50)
@given(st.lists(st.tuples(_CELLS, _CELLS), max_size=6))
def test_any_values_keep_their_place_and_are_text_or_none(cells: list[tuple[object, object]]) -> None:
    grid = grid_of("甲", enumerate(cells), 2, SheetFacts())
    assert grid.cells.shape == grid.numeric.shape
    assert len(grid.row_numbers) == len(grid.cells)
    assert grid.cells.notna().any(axis=1).all()
    for number, texts in zip(grid.row_numbers.tolist(), grid.cells.to_numpy().tolist(), strict=True):
        for value, text in zip(cells[number - 1], texts, strict=True):
            assert text is None or (text and text == text.strip())
            if isinstance(value, str) and text is not None:
                assert text in value or set(text) <= set(value)
