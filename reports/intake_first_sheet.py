"""问题清单 in a workbook that openpyxl holds."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from data.contracts.answer import Answer
from data.contracts.answer_sheet import HEADER_ROW, SHEET_NAME, sheet_headers
from data.contracts.answer_words import advice_line, page_footer, title_line, totals_line
from reports.intake_sheet import CODE, LINK, TINTS, WIDTHS, WRAPPED, Line, lines, printable, wrapped_height

_FONT, _HEAD_FONT = "宋体", "黑体"
_TEXT_FONT, _SMALL_FONT = Font(name=_FONT, size=10), Font(name=_FONT, size=8)
_LINK_FONT = Font(name=_FONT, size=10, color="0563C1", underline="single")
_THIN = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_CENTRE = Alignment(horizontal="center", vertical="center")


def add_first_sheet(book: Workbook, answer: Answer, lost: str) -> None:
    """Put the list in front of the other sheets; `lost`: what the copy does not hold, in words."""
    names = {sheet.title for sheet in book.worksheets}
    sheet = book.create_sheet(_free_name({name.casefold() for name in book.sheetnames}), 0)
    _set_up_page(sheet, len(answer.problems))
    _write_head(sheet, answer, lost)

    def placing(name: str, _table: int, row: int, position: int) -> tuple[str, str] | None:
        return (name, f"{get_column_letter(max(position, 0) + 1)}{row}") if name in names else None

    styles = _styles(sheet)
    for row, line in enumerate(lines(answer, placing), start=HEADER_ROW + 1):
        _write_line(sheet, row, line, styles)


def _free_name(taken: set[str]) -> str:
    """问题清单, or with a number where the clerk has a sheet of that name."""
    names = [SHEET_NAME, *(f"{SHEET_NAME}({number})" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _set_up_page(sheet: Worksheet, n_lines: int) -> None:
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    last = get_column_letter(len(WIDTHS))
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last}{HEADER_ROW + max(n_lines, 1)}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=page_footer()))
    sheet.sheet_properties.tabColor = "C00000"


def _write_head(sheet: Worksheet, answer: Answer, lost: str) -> None:
    texts = (title_line(answer), totals_line(answer), advice_line(answer) + lost)
    width = sum(WIDTHS)
    for row, text in enumerate(texts, start=1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
        cell = _text(sheet, row, 1, text)
        cell.font = Font(name=_HEAD_FONT, size=14) if row == 1 else Font(name=_FONT, size=10)
        cell.alignment = _LEFT
        sheet.row_dimensions[row].height = 26 if row == 1 else wrapped_height(text, width)
    for column, header in enumerate(sheet_headers(), start=1):
        cell = _text(sheet, HEADER_ROW, column, header)
        cell.font = Font(name=_HEAD_FONT, size=10.5)
        cell.fill = PatternFill("solid", fgColor="D9E1F2")
        cell.border, cell.alignment = _BORDER, Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.row_dimensions[HEADER_ROW].height = 22


def look_of(cell: Cell | MergedCell) -> StyleArray:
    """The look of a cell as openpyxl keeps it: numbers of the tables of fonts, fills, borders."""
    look: StyleArray = copy(cell._style)  # type: ignore[union-attr]
    return look


def give_look(cell: Cell | MergedCell, look: StyleArray) -> None:
    """Give a cell a look made before: far faster than font, fill and border one by one."""
    cell._style = copy(look)  # type: ignore[union-attr]


def _styles(sheet: Worksheet) -> dict[str, StyleArray]:
    """The looks of the cells below the header, each made once on the first cell."""
    model = sheet.cell(HEADER_ROW + 1, 1)
    model.border, model.number_format = _BORDER, "@"
    made = {}
    looks = {
        "text": (_TEXT_FONT, _LEFT),
        "code": (_SMALL_FONT, _CENTRE),
        "link": (_LINK_FONT, _CENTRE),
        "short": (_TEXT_FONT, _CENTRE),
    }
    for name, (font, alignment) in looks.items():
        model.font, model.alignment = font, alignment
        made[name] = look_of(model)
    model.font, model.alignment = _TEXT_FONT, _CENTRE
    for level, tint in TINTS.items():
        model.fill = PatternFill("solid", fgColor=tint)
        made[level] = look_of(model)
    return made


def _write_line(sheet: Worksheet, row: int, line: Line, styles: Mapping[str, StyleArray]) -> None:
    sheet.row_dimensions[row].height = line.height
    for column, value in enumerate(line.values):
        cell = sheet.cell(row, column + 1)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        look = "text" if column in WRAPPED else "code" if column == CODE else "short"
        give_look(cell, styles[look])
    give_look(sheet.cell(row, len(line.values)), styles[line.level])
    if line.link:
        linked = sheet.cell(row, LINK + 1)
        linked.hyperlink = Hyperlink(ref=linked.coordinate, location=line.link, display=str(line.values[LINK]))
        give_look(linked, styles["link"])


def _text(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """A cell that is text whatever it begins with."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.value = printable(text)
    cell.data_type, cell.number_format = "s", "@"
    return cell
