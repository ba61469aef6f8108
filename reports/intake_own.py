"""The clerk's own workbook with 问题清单 in front and coloured cells; marks of earlier checks are taken out first.

openpyxl keeps formats, formulas, macros and sheets; what it cannot keep (pictures, shapes) is said in the sheet.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from data.contracts.answer import Answer
from data.contracts.answer_sheet import is_answer_sheet
from data.words import tr
from reports.intake_first_sheet import add_first_sheet
from reports.intake_marks import mark, unmark
from reports.intake_sheet import marks

#: Cells that openpyxl may hold in memory at once, more than a kilobyte each.
MAX_CELLS = 500_000
_BLOCK, _CELL = 1024 * 1024, re.compile(rb"<(?:\w+:)?c[ >]")
_TEXTS, _MACROS = "xl/sharedStrings.xml", "xl/vbaProject.bin"
#: Texts with a look of their own inside a cell; keeping them takes time, so it is done only where there are any.
_RICH = re.compile(rb"<r[ >]")
#: What openpyxl raises on workbooks that other programs open.
UNFIT = (
    *(ValueError, TypeError, KeyError, AttributeError, IndexError, AssertionError),
    *(ParseError, SyntaxError, zipfile.BadZipFile, InvalidFileException),
)
#: Parts that do not survive.
_LOST = ("xl/media/", "xl/ctrlProps/", "xl/embeddings/", "xl/slicers/", "xl/diagrams/", "xl/threadedComments/")


def is_own_format(data: bytes) -> bool:
    """Is this a workbook of Excel's own format (xlsx, xlsm) of a size that can be marked as a whole?"""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            sheets = [name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml")]
            return "xl/workbook.xml" in names and sum(_n_cells(archive, name) for name in sheets) <= MAX_CELLS
    except zipfile.BadZipFile:
        return False


def _n_cells(archive: zipfile.ZipFile, name: str) -> int:
    """Cells of a sheet, blank ones with a format included; a cell cut by the end of a block may be missed."""
    with archive.open(name) as part:
        return sum(len(_CELL.findall(block)) for block in iter(lambda: part.read(_BLOCK), b""))


def write_own(data: bytes, answer: Answer, path: Path) -> None:
    """Write the marked workbook to `path`. Raises one of UNFIT for a workbook that openpyxl cannot read or write."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        has_rich_text = _TEXTS in names and _RICH.search(archive.read(_TEXTS)) is not None
    book = _loaded(data, has_macros=_MACROS in names, has_rich_text=has_rich_text)
    if lacking := {told.sheet for told in answer.columns} - {sheet.title for sheet in book.worksheets}:
        raise KeyError(*lacking)
    for sheet in list(book.worksheets):
        if is_answer_sheet(_top(sheet)):
            book.remove(sheet)
        else:
            unmark(sheet)
            mark(sheet, marks(answer, sheet.title))
    add_first_sheet(book, answer, _lost(names))
    _show_first_only(book)
    # Not `book.save`: where writing fails it leaves its archive to the collector, which may meet the closed file first.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()


def _loaded(data: bytes, *, has_macros: bool, has_rich_text: bool) -> Workbook:
    """The workbook, unless openpyxl would put an error value where it cannot tell a date."""
    with warnings.catch_warnings(record=True) as told:
        # Its other warnings are of extensions it leaves out; they are formats, not data.
        warnings.simplefilter("always")
        book = load_workbook(io.BytesIO(data), keep_vba=has_macros, rich_text=has_rich_text)
    if any("treated as an error" in str(warning.message) for warning in told):
        raise ValueError("a date outside the limits")
    return book


def _lost(names: list[str]) -> str:
    if not any(name.startswith(_LOST) for name in names):
        return ""
    return tr(
        "原工作簿里的图片、图形或控件没有带入这份副本，请在原文件里改。",
        "Pictures, shapes or controls of the workbook are not in this copy: correct the original.",
    )


def _top(sheet: Worksheet) -> list[list[str | None]]:
    rows = sheet.iter_rows(max_row=min(sheet.max_row, 8), max_col=min(sheet.max_column, 20), values_only=True)
    return [[None if value is None else str(value) for value in row] for row in rows]


def _show_first_only(book: Workbook) -> None:
    """Open at the list; sheets selected together would all be edited at once."""
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.worksheets[0]
