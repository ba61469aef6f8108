"""The workbook that goes along on calls and visits: a sheet a township, filled in by hand, read back by the desk.

Every row carries its case and a checksum in hidden columns. Numbers are masked; hidden members are on no sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from data.store.verification import Case
from data.words import tr
from review.areas import area_name
from review.call_columns import (
    CHANNEL_WORDS,
    CHECKSUM,
    COLUMNS,
    MARK,
    NEXT,
    OUTCOME_WORDS,
    STATE_WORDS,
    checksum,
    in_words,
)

_TITLE, _HOW, _CODES, _HEADER, _FIRST = range(5)
#: What a spreadsheet does not take in the name of a sheet.
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_MOST_IN_NAME = 31
_BOX = {"border": 1, "text_wrap": True, "valign": "top"}
Formats = Mapping[str, Any]


@dataclass(frozen=True)
class CallRow:
    """A case with the words for its last attempt."""

    case: Case
    last: str

    @property
    def place(self) -> tuple[str, str]:
        """Area and township, '' where unknown."""
        return self.case["area"] or "", self.case["township"] or ""


def last_attempt(steps: Sequence[Mapping[str, Any]]) -> str:
    """When, how, by whom and with what outcome somebody tried last; '' when nobody did."""
    tried = [step for step in steps if step["channel"]]
    if not tried:
        return ""
    last = tried[-1]
    words = in_words(CHANNEL_WORDS)[last["channel"]], last["contacted_by"], in_words(OUTCOME_WORDS)[last["outcome"]]
    return f"{last['done_on'].isoformat()} {' '.join(words)}"


def by_place(rows: Iterable[CallRow]) -> dict[tuple[str, str], list[CallRow]]:
    """Rows by area and township, in order."""
    ordered = sorted(rows, key=lambda row: row.place)
    return {place: list(found) for place, found in groupby(ordered, key=lambda row: row.place)}


def write_call_book(book: str, rows: Iterable[CallRow], key: bytes, today: date) -> bytes:
    """The workbook as bytes; key: what the checksums are made with."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(file, options)
    formats = {
        "title": workbook.add_format({"bold": True, "font_size": 14}),
        "header": workbook.add_format({**_BOX, "bold": True, "bg_color": "#E4EDF8"}),
        "filled": workbook.add_format({**_BOX, "bg_color": "#FDF3D0"}),
        "text": workbook.add_format({**_BOX, "num_format": "@"}),
        "day": workbook.add_format({**_BOX, "bg_color": "#FDF3D0", "num_format": "yyyy-mm-dd"}),
    }
    names: set[str] = set()
    for place, found in by_place(rows).items():
        title = " ".join(filter(None, (area_name(place[0]), place[1] or tr("未定位乡镇", "no township"))))
        sheet = workbook.add_worksheet(_sheet_name(title, names))
        _write_sheet(sheet, formats, f"{tr('核实联系单', 'Calls and visits')}：{title}", today, len(found))
        for number, row in enumerate(found, start=1):
            _write_row(sheet, formats, number, row, key, book)
    if not names:
        workbook.add_worksheet(tr("没有待联系的", "nobody to contact"))
    workbook.close()
    return file.getvalue()


def _write_sheet(sheet: Worksheet, formats: Formats, title: str, today: date, n_rows: int) -> None:
    sheet.write_string(_TITLE, 0, title, formats["title"])
    how = tr(
        "黄色各列填写后在复核台“核实”页读回；请勿改动隐藏列",
        "fill in the yellow columns, then read it back at the desk",
    )
    sheet.write_string(_HOW, 0, f"{today.isoformat()}    {how}")
    for place, column in enumerate(COLUMNS):
        sheet.write_string(_CODES, place, column.code)
        sheet.write_string(_HEADER, place, column.title, formats["header"])
        sheet.set_column(place, place, column.width)
        _write_choices(sheet, column.code, place, n_rows)
    for place, code in enumerate((MARK, CHECKSUM), start=len(COLUMNS)):
        sheet.write_string(_CODES, place, code)
    sheet.set_column(len(COLUMNS), len(COLUMNS) + 1, None, None, {"hidden": True})
    sheet.set_row(_CODES, None, None, {"hidden": True})
    sheet.freeze_panes(_FIRST, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER)
    sheet.set_footer(tr("&C第 &P 页 共 &N 页", "&Cpage &P of &N"))


def _write_choices(sheet: Worksheet, code: str, place: int, n_rows: int) -> None:
    """Lists to choose from; reading back knows more words, so another one is a warning and not a refusal."""
    choices = {
        "channel": list(in_words(CHANNEL_WORDS).values()),
        "outcome": list(in_words(OUTCOME_WORDS).values()),
        "next": [tr(*STATE_WORDS[state]) for state in NEXT],
    }.get(code)
    if choices:
        rule = {"validate": "list", "source": choices, "error_type": "warning"}
        sheet.data_validation(_FIRST, place, _FIRST + n_rows - 1, place, rule)


def _write_row(sheet: Worksheet, formats: Formats, number: int, row: CallRow, key: bytes, book: str) -> None:
    case, line = row.case, _FIRST + number - 1
    values = {
        **{name: case["shown"].get(name) for name in ("name", "employer", "mobile")},
        **{name: case[name] for name in ("branch", "township", "reason")},
        "number": str(number),
        "last": row.last,
    }
    for place, column in enumerate(COLUMNS):
        if column.is_filled:
            sheet.write_blank(line, place, None, formats["day" if column.code == "done_on" else "filled"])
        else:
            sheet.write_string(line, place, str(values[column.code] or ""), formats["text"])
    sheet.write_string(line, len(COLUMNS), case["case_id"])
    sheet.write_string(line, len(COLUMNS) + 1, checksum(key, book, case["case_id"], case["n_steps"]))


def _sheet_name(title: str, taken: set[str]) -> str:
    plain = _NOT_IN_NAMES.sub(" ", title)[: _MOST_IN_NAME - 3].strip() or "-"
    name, number = plain, 2
    while name.casefold() in taken:
        name, number = f"{plain}{number}", number + 1
    taken.add(name.casefold())
    return name
