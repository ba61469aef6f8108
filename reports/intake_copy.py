"""A new workbook for files that cannot be marked themselves (xls, et, ods, web pages, CSV, very large ones).

The cells as they were read: text as text, so that an identity number never becomes a number; numbers as numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from data.contracts.answer import Answer
from data.contracts.answer_sheet import SHEET_NAME
from reports.intake_list import write_list
from reports.intake_sheet import MAX_COMMENTS, TINTS, Mark, comment_size, marks, printable
from reports.text_width import text_width
from reports.workbook import open_workbook, sheet_name

_MIN_WIDTH, _MAX_WIDTH, _ROWS_MEASURED = 6, 40, 200


@dataclass(frozen=True)
class Copied:
    """One table or sheet to be written.

    sheet: its name in the answer ('' for text files). name: of the sheet to be written. numeric: cells that were
    numbers. rows: from nought and ascending, where each row of `cells` goes. source_row: its number in the file.
    n_before: columns put before those of the file. header_rows: rows to be shown as a header. table: the one table it
    holds, as the answer counts them; None for a whole sheet.
    """

    sheet: str
    name: str
    cells: pd.DataFrame
    numeric: npt.NDArray[np.bool_]
    rows: npt.NDArray[np.int64]
    source_row: npt.NDArray[np.int64]
    n_before: int = 0
    header_rows: frozenset[int] = frozenset()
    table: int | None = None

    def row_of(self) -> dict[int, int]:
        """Row number of the file -> where that row goes."""
        return dict(zip(self.source_row.tolist(), self.rows.tolist(), strict=True))


def write_copy(path: Path, answer: Answer, tables: Sequence[Copied], created_on: date, remark: str) -> None:
    """Write 问题清单 and then the tables; `remark`: what the copy does not hold, in words."""
    named = _with_free_names(tables)
    places = {(item.sheet, item.table): (item, item.row_of()) for item in named}

    def placing(sheet: str, table: int, row: int, position: int) -> tuple[str, str] | None:
        item, row_of = places.get((sheet, table)) or places.get((sheet, None)) or (None, {})
        if item is None or row not in row_of:
            return None
        return item.name, xl_rowcol_to_cell(row_of[row], max(position, 0) + item.n_before)

    with open_workbook(path, created_on) as book:
        write_list(book, answer, placing, remark)
        for item in named:
            _write_table(book, item, marks(answer, item.sheet, item.table))


def _with_free_names(tables: Sequence[Copied]) -> list[Copied]:
    """Names that Excel accepts, each once whatever its case, none of them that of the list."""
    taken = {SHEET_NAME}
    named = []
    for table in tables:
        base = sheet_name(table.name)
        numbered = (f"{base[:27]}({number})" for number in range(2, len(tables) + 3))
        name = next(name for name in (base, *numbered) if name.casefold() not in taken)
        taken.add(name.casefold())
        named.append(replace(table, name=name))
    return named


def _write_table(book: xlsxwriter.Workbook, table: Copied, problems: Sequence[Mark]) -> None:
    page = book.add_worksheet(table.name)
    _set_widths(page, table)
    if table.header_rows:
        page.freeze_panes(min(table.header_rows) + 1, 0)
    plain = book.add_format({"num_format": "@", "valign": "top"})
    head = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
    tinted = {level: book.add_format({"num_format": "@", "bg_color": f"#{tint}"}) for level, tint in TINTS.items()}
    tinted_numbers = {level: book.add_format({"bg_color": f"#{tint}"}) for level, tint in TINTS.items()}
    marked = _by_place(table, problems)
    columns = [table.cells[name].tolist() for name in table.cells.columns]
    numeric = table.numeric.T.tolist()
    for line, row in enumerate(table.rows.tolist()):
        style = head if row in table.header_rows else plain
        for position, column in enumerate(columns):
            mark = marked.get((row, position))
            is_number = numeric[position][line]
            formats = (tinted_numbers if is_number else tinted) if mark else {}
            own_style = formats[mark.level] if mark else None if is_number else style
            _write_cell(page, (row, position), column[line], is_number=is_number, style=own_style)
            if mark and mark.text:
                # Written row by row, a workbook takes no comment for a row that has passed.
                width, height = comment_size(mark.text)
                options = {"author": "longlou", "width": width, "height": height}
                page.write_comment(row, position, mark.text, options)


def _by_place(table: Copied, problems: Sequence[Mark]) -> dict[tuple[int, int], Mark]:
    """Row and column, where they go, of the problems of this table; beyond MAX_COMMENTS without their text."""
    row_of = table.row_of()
    own = [mark for mark in problems if mark.row in row_of]
    commented = [*own[:MAX_COMMENTS], *(replace(mark, text="") for mark in own[MAX_COMMENTS:])]
    return {(row_of[mark.row], mark.position + table.n_before): mark for mark in commented}


def _write_cell(
    page: Worksheet, place: tuple[int, int], value: str | None, *, is_number: bool, style: Format | None
) -> None:
    if value is None:
        if style is not None:
            page.write_blank(*place, None, style)
    elif is_number:
        page.write_number(*place, float(value), style)
    else:
        page.write_string(*place, printable(value), style)


def _set_widths(page: Worksheet, table: Copied) -> None:
    """Wide enough for the first rows; long texts are cut on screen, not in the cell."""
    for position, name in enumerate(table.cells.columns):
        texts = table.cells[name].head(_ROWS_MEASURED).dropna()
        widest = max((text_width(text) for text in texts), default=0)
        page.set_column(position, position, min(max(widest + 2, _MIN_WIDTH), _MAX_WIDTH))
