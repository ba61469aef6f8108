"""Files as offices deliver them: CSV in their encodings, workbooks with titles; always the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import xlsxwriter

from data.synthetic.errors import Bools, Objects
from data.synthetic.numbers import Ints

UTF8_BOM, UTF8, GB18030 = "utf-8-sig", "utf-8", "gb18030"
_CREATED = datetime(2016, 6, 16)


@dataclass(frozen=True)
class Sheet:
    """One sheet. headers: as written; columns: a text array each; numbers: column -> cells that are numbers."""

    name: str
    titles: tuple[str, ...]
    headers: tuple[str, ...]
    columns: Sequence[Objects]
    numbers: dict[int, Bools]
    trailers: tuple[str, ...] = ()
    repeat_every: int = 0

    def source_rows(self) -> Ints:
        """The row number a spreadsheet shows for each data row."""
        place = np.arange(len(self.columns[0]))
        repeats = place // self.repeat_every if self.repeat_every else 0
        return len(self.titles) + 2 + place + repeats


def write_csv(
    path: Path, headers: Sequence[str], columns: Sequence[Objects], encoding: str, *, newline: str = "\r\n"
) -> None:
    """One CSV file with a header; row i of the data is row i + 2 of the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator=newline)
        writer.writerow(headers)
        writer.writerows(zip(*(column.tolist() for column in columns), strict=True))


def append_csv(path: Path, headers: Sequence[str], columns: Sequence[Objects]) -> None:
    """More rows of a UTF-8 table with `\\n` ends; the header is written when the file is new."""
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding=UTF8, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if is_new:
            writer.writerow(headers)
        writer.writerows(zip(*(column.tolist() for column in columns), strict=True))


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """One workbook, row by row with bounded memory; sheets without rows are left out unless all are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    filled = [sheet for sheet in sheets if len(sheet.columns[0])] or list(sheets[:1])
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False}) as book:
        book.set_properties({"created": _CREATED})
        for sheet in filled:
            _write_sheet(book, sheet)


def _write_sheet(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    number = 0
    for line in sheet.titles:
        page.write_string(number, 0, line)
        number += 1
    for cells, are_numbers in _lines(sheet):
        for place, text in enumerate(cells):
            if place in are_numbers:
                page.write_number(number, place, float(text))
            elif text:
                page.write_string(number, place, text)
        number += 1
    for line in sheet.trailers:
        page.write_string(number, 0, line)
        number += 1


def _lines(sheet: Sheet) -> Iterator[tuple[Sequence[str], frozenset[int]]]:
    """Header and data lines in order, with the positions of number cells."""
    nothing: frozenset[int] = frozenset()
    if not len(sheet.columns[0]):
        yield sheet.headers, nothing
    numbered = {place: set(np.flatnonzero(mask).tolist()) for place, mask in sheet.numbers.items()}
    for row, cells in enumerate(zip(*(column.tolist() for column in sheet.columns), strict=True)):
        if row == 0 or (sheet.repeat_every and row % sheet.repeat_every == 0):
            yield sheet.headers, nothing
        yield cells, frozenset(place for place, rows in numbered.items() if row in rows)
