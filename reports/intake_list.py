"""问题清单 in a new workbook that is written row by row (XlsxWriter)."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from data.contracts.answer import Answer
from data.contracts.answer_sheet import HEADER_ROW, SHEET_NAME, sheet_headers
from data.contracts.answer_words import advice_line, page_footer, title_line, totals_line
from reports.intake_sheet import CODE, LINK, TINTS, WIDTHS, WRAPPED, Placing, lines, printable, wrapped_height

_FONT, _HEAD_FONT = "宋体", "黑体"
_BORDER = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}


def write_list(book: xlsxwriter.Workbook, answer: Answer, placing: Placing, remark: str) -> None:
    """Add the list as the next sheet; `placing` says where a problem lies in this workbook."""
    page = book.add_worksheet(SHEET_NAME)
    _set_up_page(page, len(answer.problems))
    _write_head(book, page, answer, remark)
    common = {**_BORDER, "font_name": _FONT, "font_size": 10, "num_format": "@"}
    wrapped = book.add_format({**common, "align": "left", "text_wrap": True})
    small = book.add_format({**common, "font_size": 8, "align": "center"})
    centred = book.add_format({**common, "align": "center"})
    linked = book.add_format({**common, "align": "center", "font_color": "#0563C1", "underline": 1})
    number = book.add_format({**common, "align": "center", "num_format": "0"})
    tints = {
        level: book.add_format({**common, "align": "center", "bg_color": f"#{tint}"}) for level, tint in TINTS.items()
    }
    styles = [small if i == CODE else wrapped if i in WRAPPED else centred for i in range(len(WIDTHS))]
    for row, line in enumerate(lines(answer, placing), start=HEADER_ROW):
        page.set_row(row, line.height)
        for column, value in enumerate(line.values):
            if isinstance(value, int):
                page.write_number(row, column, value, number)
            elif column == LINK and line.link:
                page.write_url(row, column, f"internal:{line.link}", linked, value)
            elif column == len(line.values) - 1:
                page.write_string(row, column, value, tints[line.level])
            else:
                page.write_string(row, column, value, styles[column])


def _set_up_page(page: Worksheet, n_lines: int) -> None:
    for column, width in enumerate(WIDTHS):
        page.set_column(column, column, width)
    page.freeze_panes(HEADER_ROW, 0)
    page.autofilter(HEADER_ROW - 1, 0, HEADER_ROW - 1 + max(n_lines, 1), len(WIDTHS) - 1)
    page.repeat_rows(HEADER_ROW - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&C{page_footer()}")
    page.set_tab_color("#C00000")


def _write_head(book: xlsxwriter.Workbook, page: Worksheet, answer: Answer, remark: str) -> None:
    title = book.add_format({"font_name": _HEAD_FONT, "font_size": 14, "valign": "vcenter"})
    plain = book.add_format({"font_name": _FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True})
    head = book.add_format(
        {**_BORDER, "font_name": _HEAD_FONT, "font_size": 10.5, "align": "center", "bg_color": "#D9E1F2"}
    )
    texts = (title_line(answer), totals_line(answer), advice_line(answer) + remark)
    for row, text in enumerate(texts):
        page.set_row(row, 26 if row == 0 else wrapped_height(text, sum(WIDTHS)))
        style = title if row == 0 else plain
        page.merge_range(row, 0, row, len(WIDTHS) - 1, "", style)
        page.write_string(row, 0, printable(text), style)
    page.set_row(HEADER_ROW - 1, 22)
    for column, header in enumerate(sheet_headers()):
        page.write_string(HEADER_ROW - 1, column, header, head)
