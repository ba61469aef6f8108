"""What did one sheet or text file hold? Its header and its rows as text, with where each row stands."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.reason import Reason


@dataclass(frozen=True)
class Remark:
    """Something noticed while reading: where (row number of the sheet, field or ''), which reason, its facts."""

    row: int
    reason: Reason
    facts: tuple[tuple[str, object], ...] = ()
    field: str = ""

    def message(self) -> str:
        """The text in the reader's language."""
        return self.reason.message(**dict(self.facts))


@dataclass(frozen=True)
class RawTable:
    """Step 1 of the way of the data: one table as read, before any contract.

    source: name in `sources.toml`. source_file: path relative to its folder. source_sheet: '' for text files; a table
    to the right of another adds its columns, 花名册[F:I], so that a row keeps one place; `sheet` is the name alone.
    headers: one per column of the sheet, as written (white space collapsed), of several levels the words that name a
    field, else all levels joined by _; '' where there is none or the column belongs to a table beside this one.
    cells: object text or None, columns 0..n-1. numeric: same shape, true where the cell was stored as a number.
    source_row: row number that a spreadsheet shows, the header row counted. title_lines: text above the header.
    n_dropped: rows left out by kind (blank, title, header, repeated_header, subtitle, example, trailer); titles and
    headers below the first header of the sheet. sections: (row number, text) of the subtitles, ascending.
    remarks: what was noticed, by row. is_text_file: no spreadsheet showed its rows. is_1904: its bare serial numbers of
    days count from 1904.
    n_invisible: control and zero-width characters taken out of the cells (title and header counted).
    skipped_sheets: sheets of the same file without a recognisable header, told once per file.
    header_row: row number of the header (the lower of two levels); several tables of one sheet differ in it.
    n_untaken: columns outside the contract that were left behind before anything was kept (pulls): name -> filled
    cells, 0 where they were not even asked for.
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
    header_row: int = 1
    sections: tuple[tuple[int, str], ...] = ()
    remarks: tuple[Remark, ...] = ()
    is_1904: bool = False
    n_untaken: dict[str, int] = field(default_factory=dict)

    @property
    def sheet(self) -> str:
        """The name of the sheet as the workbook has it; [ may not stand in it."""
        return self.source_sheet.split("[")[0]

    @property
    def is_text_file(self) -> bool:
        """Whether it came from a text file."""
        return not self.sheet
