"""What did one sheet or text file hold? Its header and its rows as text, with where each row stands."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd


@dataclass(frozen=True)
class RawTable:
    """Step 1 of the way of the data: one table as read, before any contract.

    source: name in `sources.toml`. source_file: path relative to its folder. source_sheet: '' for text files.
    headers: one per column, as written (white space collapsed); '' where the header cell is empty.
    cells: object text or None, columns 0..n-1. numeric: same shape, true where the cell was stored as a number.
    source_row: row number that a spreadsheet shows, the header row counted. title_lines: text above the header.
    n_dropped: rows left out by kind (blank, repeated_header, subtitle, trailer).
    n_invisible: control and zero-width characters taken out of the cells (title and header counted).
    skipped_sheets: sheets of the same file without a recognisable header, told once per file.
    """

    source: str
    source_file: str
    source_sheet: str
    headers: list[str]
    cells: pd.DataFrame
    numeric: npt.NDArray[np.bool_]
    source_row: npt.NDArray[np.int64]
    title_lines: list[str]
    n_dropped: dict[str, int]
    n_invisible: int = 0
    skipped_sheets: tuple[str, ...] = field(default=())
