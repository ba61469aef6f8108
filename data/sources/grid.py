"""What does a sheet hold before anybody knows its header? The one shape that every reader of files gives."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd


@dataclass(frozen=True)
class Grid:
    """One sheet, or one text file, as typed cells.

    sheet: its name, '' for text files. cells: object text (never '') or None, columns 0..n-1, one row per row of the
    sheet that holds anything. numeric: same shape, true where the cell was stored as a number. row_numbers: the number
    that a spreadsheet shows for each row of `cells`, ascending; blank rows have none.
    n_blank: blank rows between the first and the last filled one. n_invisible: control and zero-width characters taken
    out of the cells. merged_across: (row number, first column, last column) of cells merged over columns, for titles
    and headers of two levels; cells merged downwards have been filled already.
    hidden_rows: row numbers; hidden_columns: positions, both of what is in `cells`; is_hidden: the sheet itself. They
    are read all the same.
    uncalculated: (row number, column) of formula cells that hold no value because nobody ever calculated them.
    errors: (row number, column) of cells that show an error such as #N/A or #REF!; they hold no value either.
    is_1904: days count from 1904 in this workbook; date cells are right already, bare serial numbers want 1,462 more.
    """

    sheet: str
    cells: pd.DataFrame
    numeric: npt.NDArray[np.bool_]
    row_numbers: npt.NDArray[np.int64]
    n_blank: int = 0
    n_invisible: int = 0
    merged_across: tuple[tuple[int, int, int], ...] = ()
    hidden_rows: frozenset[int] = field(default=frozenset())
    hidden_columns: frozenset[int] = field(default=frozenset())
    is_hidden: bool = False
    uncalculated: tuple[tuple[int, int], ...] = ()
    errors: tuple[tuple[int, int], ...] = ()
    is_1904: bool = False
