"""How is a workbook read? Typed cells by calamine, sheet by sheet, as text that remembers which cells were numbers."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from data.contracts.reasons.files import CORRUPT_WORKBOOK, PASSWORD, TOO_LARGE

_MAX_CELLS = 60_000_000
_MAX_UNPACKED = 3 * 1024**3
#: OLE2 containers name the stream of an encrypted workbook in UTF-16.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: Numbers below are exact as floats; above, a spreadsheet has lost digits already and repr keeps what is there.
_EXACT = 1e15


@dataclass(frozen=True)
class Sheet:
    """One sheet: text or None, from its cell A1 on; `numeric` marks number cells; `banners` are rows merged across."""

    name: str
    cells: pd.DataFrame
    numeric: npt.NDArray[np.bool_]
    banners: frozenset[int]


def read_sheets(data: bytes, source: str, where: str) -> Iterator[Sheet]:
    """Every worksheet of a workbook (xlsx, xls, et, ods) in order. Raises SourceFileError if it cannot be read."""
    _refuse_bomb(data, source, where)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in workbook.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet:
                yield _sheet(workbook.get_sheet_by_name(sheet.name), source, f"{where}【{sheet.name}】")
    except PasswordError:
        raise PASSWORD.refuse(source, where) from None
    except CalamineError:
        reason = PASSWORD if _ENCRYPTED in data else CORRUPT_WORKBOOK
        raise reason.refuse(source, where) from None


def _refuse_bomb(data: bytes, source: str, where: str) -> None:
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except zipfile.BadZipFile:
        raise CORRUPT_WORKBOOK.refuse(source, where) from None
    if unpacked > _MAX_UNPACKED:
        raise TOO_LARGE.refuse(source, where, size=f"{unpacked / 1024**3:.1f} GB")


def _sheet(sheet: CalamineSheet, source: str, where: str) -> Sheet:
    # Counted from A1: cells far out on an empty sheet cost as much as full ones.
    n_rows, n_columns = (end + 1 for end in sheet.end) if sheet.end else (0, 0)
    if n_rows * n_columns > _MAX_CELLS:
        raise TOO_LARGE.refuse(source, where, size=f"{n_rows:,} × {n_columns:,}")
    rows = sheet.to_python(skip_empty_area=False)
    columns = [_column(list(values)) for values in zip(*rows, strict=True)]
    cells = pd.DataFrame(dict(enumerate(texts for texts, _ in columns)), index=range(len(rows)), dtype=object)
    numeric = np.column_stack([mask for _, mask in columns]) if columns else np.zeros((len(rows), 0), dtype=bool)
    return Sheet(sheet.name, _fill_merged(cells, numeric, sheet), numeric, _banners(sheet))


def _column(values: list[object]) -> tuple[npt.NDArray[np.object_], npt.NDArray[np.bool_]]:
    """Text of each cell and whether it was a number. Strings pass untouched; only the others are converted."""
    texts = np.empty(len(values), dtype=object)
    texts[:] = values
    is_text = np.fromiter((isinstance(value, str) for value in values), dtype=bool, count=len(values))
    others = [value for value in values if not isinstance(value, str)]
    numeric = np.zeros(len(values), dtype=bool)
    # A truth value is an int to Python, but no number to a clerk.
    numeric[~is_text] = [isinstance(value, int | float) and not isinstance(value, bool) for value in others]
    texts[~is_text] = [_text(value) for value in others]
    texts[np.equal(texts, "")] = None
    return texts, numeric


def _text(value: object) -> str:
    """Shortest text of a cell that is not text: 5.0 -> 5, a date as ISO, a truth value as 是 or 否."""
    match value:
        case bool():
            return "是" if value else "否"
        case int() | float():
            if not math.isfinite(value):
                return ""
            return str(int(value)) if value == int(value) and abs(value) < _EXACT else repr(float(value))
        case datetime():
            return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
        case date() | time() | timedelta():
            return str(value)
        case _:
            return str(value)


def _merged(sheet: CalamineSheet) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return sheet.merged_cell_ranges or []


def _fill_merged(cells: pd.DataFrame, numeric: npt.NDArray[np.bool_], sheet: CalamineSheet) -> pd.DataFrame:
    """A cell merged downwards counts for each of its rows (one employer beside several people)."""
    for (top, left), (bottom, right) in _merged(sheet):
        if left == right and top < bottom < len(cells) and left < len(cells.columns):
            cells.iloc[top : bottom + 1, left] = cells.iat[top, left]
            numeric[top : bottom + 1, left] = numeric[top, left]
    return cells


def _banners(sheet: CalamineSheet) -> frozenset[int]:
    """Rows whose cells are merged across: titles, not data."""
    return frozenset(top for (top, left), (bottom, right) in _merged(sheet) if top == bottom and left < right)
