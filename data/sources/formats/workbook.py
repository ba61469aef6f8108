"""How is a workbook read? Looked over in blocks first, then typed cells by calamine, sheet by sheet, as grids."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.contracts.reasons.files import CORRUPT_WORKBOOK, NO_WORKSHEET, OFFICE_DOCUMENT, PACKED, PASSWORD
from data.sources.formats.archive import Archive
from data.sources.formats.biff import look_over_xls
from data.sources.formats.limits import refuse_size
from data.sources.formats.preflight import scan_sheet
from data.sources.formats.preflight_ods import scan_content
from data.sources.formats.typed_cells import SheetFacts, grid_of
from data.sources.formats.xlsx_book import read_book
from data.sources.grid import Grid
from data.words import tr

#: How files begin that are workbooks: zip and OLE2.
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
#: What else comes as zip: how the names of its parts begin, what its mimetype contains, and what it is called.
_OTHERS = (
    ("word/", b"opendocument.text", ("Word 文档", "a Word document")),
    ("ppt/", b"opendocument.presentation", ("演示文稿", "a presentation")),
    ("Index/", b"", ("Numbers 或 Pages 文件", "a file of Numbers or Pages")),
)
#: The facts of a sheet by its position among all sheets and its name.
Facts = Callable[[int, str], SheetFacts]


def read_workbook(data: bytes, source: str, where: str) -> Iterator[Grid]:
    """Every worksheet of a workbook (xlsx, xlsm, xlsb, xls, et, ods) in order, hidden ones too.

    Raises SourceFileError for a password, damage, abnormal size, and a workbook without worksheets.
    """
    look = _look_over(data, source, where)
    with _refusals(source, where):
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            (position, sheet)
            for position, sheet in enumerate(workbook.sheets_metadata)
            if sheet.typ is SheetTypeEnum.WorkSheet
        ]
    if not sheets:
        raise NO_WORKSHEET.refuse(source, where)
    for position, sheet in sheets:
        facts = look(position, sheet.name)
        with _refusals(source, where):
            cells = workbook.get_sheet_by_name(sheet.name)
        # Some formats say where cells are only once they are laid out.
        _refuse_size(_laid_out(cells), source, f"{where}【{sheet.name}】")
        yield _grid(cells, facts, is_hidden=sheet.visible is not SheetVisibleEnum.Visible)


def _look_over(data: bytes, source: str, where: str) -> Facts:
    """What calamine does not tell; refuses what it could not load within bounds."""
    if not data.startswith(b"PK"):
        return _all_at_once(look_over_xls(data, source, where), source, where)
    archive = Archive(data, source, where)
    _refuse_others(archive, source, where)
    if "content.xml" in archive.names:
        manifest = "META-INF/manifest.xml"
        if manifest in archive.names and b":encryption-data" in archive.read(manifest):
            raise PASSWORD.refuse(source, where)
        archive.measure(without={"content.xml"})
        return _all_at_once(scan_content(archive.blocks("content.xml")), source, where)
    book = read_book(archive)
    archive.measure(without=set(book.parts.values()))

    def of_part(position: int, name: str) -> SheetFacts:
        if name not in book.parts:
            return SheetFacts()
        facts = scan_sheet(archive.blocks(book.parts[name]), waits=book.waits, month_styles=book.month_styles)
        _refuse_size(facts, source, f"{where}【{name}】")
        return replace(facts, is_1904=book.is_1904)

    return of_part


def _refuse_others(archive: Archive, source: str, where: str) -> None:
    """Zip files that are no workbooks: documents of other programs, and packed folders."""
    kind = archive.read("mimetype")[:200] if "mimetype" in archive.names else b""
    for start, document, words in _OTHERS:
        if any(name.startswith(start) for name in archive.names) or (document and document in kind):
            raise OFFICE_DOCUMENT.refuse(source, where, what=tr(*words))
    if not any(name == "content.xml" or name.lower().lstrip("/").startswith("xl/") for name in archive.names):
        raise PACKED.refuse(source, where)


def _all_at_once(sheets: list[SheetFacts], source: str, where: str) -> Facts:
    """For formats that calamine loads whole: their sheets together must keep the bounds."""
    largest = max(sheets, key=lambda facts: facts.n_cells, default=SheetFacts())
    n_cells = sum(facts.n_cells for facts in sheets)
    n_filled = sum(facts.n_filled for facts in sheets)
    refuse_size(n_cells, n_filled, last=(largest.n_rows, largest.n_columns), source=source, where=where)
    return lambda position, name: sheets[position] if position < len(sheets) else SheetFacts()


def _refuse_size(facts: SheetFacts, source: str, where: str) -> None:
    last = facts.n_rows, facts.n_columns
    refuse_size(facts.n_cells, facts.n_filled, last=last, source=source, where=where)


def _laid_out(cells: CalamineSheet) -> SheetFacts:
    if cells.start is None or cells.end is None:
        return SheetFacts()
    n_rows, n_columns = (end + 1 for end in cells.end)
    return SheetFacts(first_row=cells.start[0], n_rows=n_rows, n_columns=n_columns)


def _grid(cells: CalamineSheet, facts: SheetFacts, *, is_hidden: bool) -> Grid:
    if merges := cells.merged_cell_ranges:
        facts = replace(facts, merges=tuple((*first, *last) for first, last in merges))
    # Rows come from the first of the sheet on, but columns from the first filled one.
    rows = enumerate(cells.iter_rows()) if cells.start else ()
    first_column = cells.start[1] if cells.start else 0
    return grid_of(cells.name, rows, cells.width, facts, first_column=first_column, is_hidden=is_hidden)


@contextmanager
def _refusals(source: str, where: str) -> Iterator[None]:
    """What goes wrong inside calamine becomes a refusal of the file."""
    try:
        yield
    except PasswordError:
        raise PASSWORD.refuse(source, where) from None
    except (CalamineError, OSError, ValueError, OverflowError):
        raise CORRUPT_WORKBOOK.refuse(source, where) from None
    except BaseException as error:
        # A panic of the Rust library is no Exception, and its class cannot be imported.
        if type(error).__name__ == "PanicException":
            raise CORRUPT_WORKBOOK.refuse(source, where) from None
        raise
