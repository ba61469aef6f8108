"""How are the workbooks of the corpus written? By XlsxWriter, and by openpyxl where a formula must stay uncalculated."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import openpyxl
import xlsxwriter
from xlsxwriter.utility import xl_cell_to_rowcol
from xlsxwriter.worksheet import Worksheet

from tests.corpus.people import Cell, Formatted, Formula, Rows

#: Every document says that it was made on this day, so that the same builder gives the same bytes.
MADE_AT = datetime(2016, 6, 16, 8, 0, 0)
_PROPERTIES = {"title": "合成数据", "author": "longlou", "created": MADE_AT}


@dataclass(frozen=True)
class Page:
    """One sheet. merged: ranges, each with the text of its first cell. hidden: 1 hidden, 2 hidden from the menu too.
    filtered: (range of the filter, column, value shown); rows with another value are hidden as Excel hides them."""

    name: str
    rows: Rows
    merged: Sequence[str] = ()
    hidden_columns: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden: int = 0
    filtered: tuple[str, int, str] | None = None


def xlsx(*pages: Page, date_1904: bool = False) -> bytes:
    """A workbook of these sheets, by XlsxWriter."""
    target = io.BytesIO()
    options = {"strings_to_urls": False, "strings_to_formulas": False, "in_memory": True, "date_1904": date_1904}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties(_PROPERTIES)
        for page in pages:
            _fill(book, book.add_worksheet(page.name), page)
    return target.getvalue()


def _fill(book: xlsxwriter.Workbook, sheet: Worksheet, page: Page) -> None:
    for r, cells in enumerate(page.rows):
        for c, cell in enumerate(cells):
            _write(book, sheet, r, c, cell)
    for area in page.merged:
        r, c = xl_cell_to_rowcol(area.split(":")[0])
        sheet.merge_range(area, page.rows[r][c])
    for columns in page.hidden_columns:
        sheet.set_column(f"{columns}:{columns}", None, None, {"hidden": True})
    for number in page.hidden_rows:
        sheet.set_row(number - 1, None, None, {"hidden": True})
    if page.filtered:
        _filter(sheet, page.rows, *page.filtered)
    if page.hidden:
        sheet.hide() if page.hidden == 1 else sheet.very_hidden()


def _filter(sheet: Worksheet, rows: Rows, area: str, column: int, shown: str) -> None:
    sheet.autofilter(area)
    sheet.filter_column(column, f'x == "{shown}"')
    first, last = (xl_cell_to_rowcol(corner)[0] for corner in area.split(":"))
    for r in range(first + 1, last + 1):
        if rows[r][column] != shown:
            sheet.set_row(r, None, None, {"hidden": True})


def _write(book: xlsxwriter.Workbook, sheet: Worksheet, r: int, c: int, cell: Cell) -> None:
    match cell:
        case None:
            return
        case Formula(text, value):
            sheet.write_formula(r, c, text, None, "" if value is None else value)
        case Formatted(value, number_format):
            form = book.add_format({"num_format": number_format})
            write = sheet.write_datetime if isinstance(value, date) else sheet.write
            write(r, c, value, form)
        case date():
            sheet.write_datetime(r, c, cell, book.add_format({"num_format": "yyyy-mm-dd"}))
        case str():
            sheet.write_string(r, c, cell)
        case _:
            sheet.write_number(r, c, cell)


def by_openpyxl(name: str, rows: Rows) -> bytes:
    """A workbook of one sheet by openpyxl, which leaves formulas without a value."""
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = MADE_AT
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for cells in rows:
        sheet.append([cell.text if isinstance(cell, Formula) else cell for cell in cells])
    target = io.BytesIO()
    book.save(target)
    made = target.getvalue()
    # openpyxl writes the time of saving, whatever the properties say.
    core = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2016-06-16T08:00:00Z", parts(made)["docProps/core.xml"])
    return repacked(made, {"docProps/core.xml": core})


def parts(data: bytes) -> dict[str, bytes]:
    """The files inside a zip, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(data: bytes, changed: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The zip again, with fixed times and some files exchanged or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts(data), **changed}.items():
            archive.writestr(zipfile.ZipInfo(name, (2016, 6, 16, 8, 0, 0)), content, method)
    return target.getvalue()


def chart_only() -> bytes:
    """A workbook whose only sheet is a chart."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties(_PROPERTIES)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "={3,5,8}"})
        book.add_chartsheet("图表").set_chart(chart)
    return target.getvalue()
