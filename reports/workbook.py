"""What does every workbook of the bureau look like? One writer for all: title, filters, print set-up, no formulas.

Text is always written as text (a name that starts with `=` stays a name), and the bytes depend on the content alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter
from numpy.typing import NDArray
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from data.privacy import mask_text
from data.values.columns import map_unique
from reports.sheet_rows import write_lines
from reports.text_width import text_width

#: Data rows a sheet may hold: Excel's 1,048,576 less title and header, rounded down.
MAX_ROWS = 1_048_000

#: Rows above the data: title, line of particulars, header.
HEADER_ROW = 2

_A4 = 9
_LINE_HEIGHT, _ROW_PADDING = 12.75, 3.0  # points, for a text of 10 points
_FONT, _TITLE_FONT = "宋体", "黑体"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its header, the frame column it shows, its width in characters of a digit.

    kind: `text` (left, wrapped), `code` (centred, one line), `count` or `rate` (numbers). choices: the drop-down list.
    A hidden column carries the record key for reading the sheet back.
    """

    title: str
    name: str
    width: float
    kind: str = "text"
    choices: tuple[str, ...] = ()
    is_hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: a merged title, a line of particulars, the header, one row of `rows` a line, and a remark to print.

    tints: background colour of a line by the text in column `tint_by`. breaks_by: a new printed page when this column
    changes. n_frozen: columns that stay in sight.
    """

    name: str
    title: str
    particulars: str
    columns: Sequence[Column]
    rows: pd.DataFrame
    footer: str = ""
    tint_by: str = ""
    tints: Mapping[str, str] = field(default_factory=dict)
    breaks_by: str = ""
    n_frozen: int = 2


@contextmanager
def open_workbook(path: Path, created_on: date) -> Iterator[xlsxwriter.Workbook]:
    """A workbook written row by row (bounded memory); its properties say `created_on`, not the clock."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        # Its temporary files hold names of persons: beside the target, not in the machine's common folder.
        "tmpdir": str(path.parent),
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": datetime.combine(created_on, time())})
    try:
        yield book
    finally:
        book.close()


def write_sheet(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    """Add one sheet with everything a printed ledger needs. At most MAX_ROWS rows: see `split`."""
    page = book.add_worksheet(sheet_name(sheet.name))
    _set_up_page(page, sheet)
    _write_head(book, page, sheet)
    _write_body(book, page, sheet)
    _offer_choices(page, sheet)


def split(sheet: Sheet, by: str, max_rows: int = MAX_ROWS) -> list[Sheet]:
    """The sheet, or when it is too long one sheet a value of column `by` (nulls: 其他), the longer ones cut again."""
    if len(sheet.rows) <= max_rows:
        return [sheet]
    sheets = []
    for name, rows in sheet.rows.groupby(sheet.rows[by].fillna("其他"), sort=True):
        pieces = [rows.iloc[start : start + max_rows] for start in range(0, len(rows), max_rows)]
        names = [str(name)] if len(pieces) == 1 else [f"{name}({i})" for i in range(1, len(pieces) + 1)]
        sheets += [_with_rows(sheet, part, piece) for part, piece in zip(names, pieces, strict=True)]
    return sheets


def sheet_name(text: str) -> str:
    """The text as Excel accepts it for a sheet: no []:*?/\\', at most 31 characters."""
    return _NOT_IN_SHEET_NAMES.sub("", text)[:31] or "Sheet"


def _with_rows(sheet: Sheet, name: str, rows: pd.DataFrame) -> Sheet:
    values = {key: getattr(sheet, key) for key in Sheet.__dataclass_fields__}
    return Sheet(**{**values, "name": name, "rows": rows})


def _set_up_page(page: Worksheet, sheet: Sheet) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    page.repeat_rows(0, HEADER_ROW)
    page.freeze_panes(HEADER_ROW + 1, sheet.n_frozen)
    page.set_footer(f"&L{_plain(sheet.footer)}&C第 &P 页 共 &N 页")
    page.autofilter(HEADER_ROW, 0, HEADER_ROW + max(len(sheet.rows), 1), len(sheet.columns) - 1)
    for i, column in enumerate(sheet.columns):
        page.set_column(i, i, column.width, None, {"hidden": 1} if column.is_hidden else {})
    if sheet.breaks_by:
        values = sheet.rows[sheet.breaks_by].fillna("").to_numpy()
        changes = [i for i in range(1, len(values)) if values[i] != values[i - 1]]
        page.set_h_pagebreaks([HEADER_ROW + 1 + i for i in changes])


def _plain(text: str) -> str:
    """Footer text without control codes."""
    return text.replace("&", "&&")


def _write_head(book: xlsxwriter.Workbook, page: Worksheet, sheet: Sheet) -> None:
    last = len([column for column in sheet.columns if not column.is_hidden]) - 1
    title = book.add_format({"font_name": _TITLE_FONT, "font_size": 16, "align": "center", "valign": "vcenter"})
    particulars = book.add_format({"font_name": _FONT, "font_size": 10.5, "align": "left", "valign": "vcenter"})
    head = book.add_format(
        {
            "font_name": _TITLE_FONT,
            "font_size": 10.5,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
            "border": 1,
            "bg_color": "#D9E1F2",
        }
    )
    page.set_row(0, 30)
    page.merge_range(0, 0, 0, last, "", title)
    page.write_string(0, 0, sheet.title, title)
    page.set_row(1, 20)
    page.merge_range(1, 0, 1, last, "", particulars)
    page.write_string(1, 0, sheet.particulars, particulars)
    page.set_row(HEADER_ROW, 32)
    for i, column in enumerate(sheet.columns):
        page.write_string(HEADER_ROW, i, column.title, head)


def _formats(book: xlsxwriter.Workbook, columns: Sequence[Column], tint: str) -> list[Format]:
    common: dict[str, Any] = {"font_name": _FONT, "font_size": 10, "valign": "vcenter", "border": 1}
    if tint:
        common["bg_color"] = tint
    kinds: dict[str, dict[str, Any]] = {
        "text": {"num_format": "@", "align": "left", "text_wrap": True},
        "code": {"num_format": "@", "align": "center", "shrink": True},
        "count": {"num_format": "#,##0", "align": "center"},
        "rate": {"num_format": "0.0%", "align": "center"},
    }
    made = {kind: book.add_format({**common, **style}) for kind, style in kinds.items()}
    return [made[column.kind] for column in columns]


def _write_body(book: xlsxwriter.Workbook, page: Worksheet, sheet: Sheet) -> None:
    tints = ["", *dict.fromkeys(tint for tint in sheet.tints.values() if tint)]
    marks = sheet.rows[sheet.tint_by].map(sheet.tints).fillna("") if sheet.tint_by else pd.Series("", sheet.rows.index)
    columns = [_cells(sheet.rows[column.name], column.kind) for column in sheet.columns]
    write_lines(
        page,
        HEADER_ROW + 1,
        _heights(sheet, columns),
        columns,
        [_formats(book, sheet.columns, tint) for tint in tints],
        pd.Index(tints).get_indexer(pd.Index(marks)),
    )


def _cells(values: pd.Series, kind: str) -> list[Any]:
    """Values as they are written: numbers for counts and rates, else text with long numbers masked; null is None."""
    if kind in ("count", "rate"):
        return [None if pd.isna(number) else float(number) for number in pd.to_numeric(values)]
    return map_unique(values, _cell_text).tolist()


def _cell_text(value: object) -> str:
    text = str(value)
    return mask_text(text if text.isprintable() else _UNPRINTABLE.sub("", text))


def _heights(sheet: Sheet, columns: Sequence[list[Any]]) -> NDArray[np.float64]:
    """Points a row needs for its wrapped texts: no program works that out when it opens the file."""
    n_lines = np.ones(len(sheet.rows))
    for column, values in zip(sheet.columns, columns, strict=True):
        if column.kind == "text":
            widths = map_unique(pd.Series(values, dtype=object), text_width).astype("float64").fillna(0)
            # One less: a Han character that does not fit any more leaves a gap at the end of the line.
            n_lines = np.maximum(n_lines, np.ceil(widths / (int(column.width) - 1)))
    return np.asarray(_LINE_HEIGHT * n_lines + _ROW_PADDING, dtype=np.float64)


def _offer_choices(page: Worksheet, sheet: Sheet) -> None:
    last = HEADER_ROW + max(len(sheet.rows), 1)
    for i, column in enumerate(sheet.columns):
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices), "error_title": "请从列表选择"}
            page.data_validation(HEADER_ROW + 1, i, last, i, rule)
