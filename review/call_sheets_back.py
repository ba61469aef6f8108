"""The workbook comes back filled in: each good row becomes a step, each wrong one is told by row and column.

A row is recorded once: its checksum names the step it was written after, and the case has gone on since.
"""

from __future__ import annotations

import hmac
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from data.errors import ConfigError, InvalidTransition, LonglouError
from data.store.scope import OutOfScope, Scope
from data.store.session import Store
from data.store.transitions import CaseState
from data.store.verification import Attempt, Step, record_step
from data.words import tr
from review.call_columns import CHECKSUM, COLUMNS, MARK, checksum, codes_of

MOST_BYTES = 10 * 1024 * 1024
_MOST_UNPACKED = 100 * 1024 * 1024
_MOST_ROWS, _MOST_COLUMNS = 5_000, 40
#: The hidden row of codes is looked for among the first rows; somebody may have put a line above.
_TOP = 12
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_FILLED = tuple(column.code for column in COLUMNS if column.is_filled)
_TITLES = {column.code: column for column in COLUMNS}
Row = Sequence[Any]


@dataclass(frozen=True)
class RowProblem:
    """What is wrong, and where: the sheet, the row that a spreadsheet shows, the column's letter and its header."""

    sheet: str
    row: int
    column: str
    header: str
    message: str


@dataclass
class ReadBack:
    """What became of the rows."""

    n_recorded: int = 0
    n_blank: int = 0
    problems: list[RowProblem] = field(default_factory=list)


def read_call_book(store: Store, book: str, content: bytes, key: bytes, by: str, scope: Scope) -> ReadBack:
    """Record what was filled in. Raises ConfigError for a file that is no workbook of ours."""
    done, is_ours = ReadBack(), False
    for name, rows in _sheets(content):
        top = next((n for n, row in enumerate(rows[:_TOP]) if MARK in row and CHECKSUM in row), None)
        if top is None:
            continue
        is_ours = True
        places = {str(code): place for place, code in enumerate(rows[top]) if code}
        # The row after the codes holds the headers.
        for number, row in enumerate(rows[top + 2 :], start=top + 3):
            _take_row(store, book, _Line(name, number, row, places), key, by, scope, done)
    if not is_ours:
        raise ConfigError(tr("这不是复核台导出的核实联系单", "this is no workbook of calls and visits from the desk"))
    return done


@dataclass(frozen=True)
class _Line:
    sheet: str
    number: int
    row: Row
    places: Mapping[str, int]

    def value(self, code: str) -> object:
        """The cell of a column; None where there is none or it is blank."""
        place = self.places.get(code)
        found = None if place is None or place >= len(self.row) else self.row[place]
        return None if isinstance(found, str) and not found.strip() else found

    def problem(self, code: str, message: str) -> RowProblem:
        """The cell and what is wrong in it."""
        place, column = self.places.get(code), _TITLES.get(code)
        letter = "" if place is None else get_column_letter(place + 1)
        return RowProblem(self.sheet, self.number, letter, column.title if column else "", message)


def _take_row(store: Store, book: str, line: _Line, key: bytes, by: str, scope: Scope, done: ReadBack) -> None:
    if all(line.value(code) is None for code in _FILLED):
        done.n_blank += line.value(MARK) is not None
        return
    case_id, n_steps = _case_of(line, key, book)
    if case_id is None:
        done.problems.append(
            line.problem(
                CHECKSUM,
                tr("此行不是导出的行，或隐藏列被改动", "not a row of ours, or its hidden columns were changed"),
            )
        )
        return
    step, problems = _step_of(line)
    if step is None:
        done.problems += problems
        return
    try:
        record_step(store, book, case_id, step, by, scope=scope, seen_steps=n_steps)
        done.n_recorded += 1
    except (InvalidTransition, OutOfScope, ConfigError) as error:
        done.problems.append(line.problem("next", _why(error)))


def _why(error: LonglouError) -> str:
    if isinstance(error, InvalidTransition):
        return tr(
            "此案件在导出之后已有新的记录（可能已读回过）",
            "the case went on since: the row may have been read back before",
        )
    return str(error)


def _case_of(line: _Line, key: bytes, book: str) -> tuple[str | None, int]:
    """The case and the number of its steps when the row was written; None when the checksum does not fit."""
    case_id, said = str(line.value(MARK) or ""), str(line.value(CHECKSUM) or "")
    number = said.partition("-")[0]
    n_steps = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else 0
    fits = hmac.compare_digest(said.encode(), checksum(key, book, case_id, n_steps).encode())
    return (case_id, n_steps) if fits else (None, 0)


def _step_of(line: _Line) -> tuple[Step | None, list[RowProblem]]:
    """The step that a row says, or all that is wrong with it."""
    read: dict[str, str] = {}
    problems, day = [], date.min
    for code in ("done_on", "channel", "contacted_by", "outcome", "next"):
        try:
            if line.value(code) is None:
                raise ConfigError(tr("未填写", "not filled in"))
            if code == "done_on":
                day = read_day(line.value(code))
            else:
                read[code] = _word(code, str(line.value(code)).strip())
        except ConfigError as wrong:
            problems.append(line.problem(code, str(wrong)))
    if problems:
        return None, problems
    attempt = Attempt(read["channel"], read["contacted_by"], day, read["outcome"])
    return Step(CaseState(read["next"]), attempt, str(line.value("note") or "")[:1000]), []


def _word(code: str, text: str) -> str:
    if code == "contacted_by":
        return text[:100]
    known = codes_of(code)
    if text not in known:
        # The words and not the cell: somebody may have written a number there.
        words = "、".join(dict.fromkeys(label for label, _ in zip(known, range(8), strict=False)))
        raise ConfigError(tr(f"不认识的写法，可用：{words}", f"not a known word; known: {words}"))
    return known[text]


def read_day(value: object) -> date:
    """A day as a spreadsheet keeps it or a person writes it. Raises ConfigError."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = _DAY.fullmatch(str(value).strip())
    with suppress(ValueError):
        if found is not None:
            return date(*map(int, found.groups()))
    raise ConfigError(tr("不是日期，请写成 2016-06-17", "not a day: write it as 2016-06-17"))


def _sheets(content: bytes) -> Iterator[tuple[str, list[Row]]]:
    """Name and rows of every sheet. Raises ConfigError for what is no workbook, or one that unpacks without end."""
    refused = ConfigError(tr("不是可读的 xlsx 工作簿", "not an xlsx workbook that can be read"))
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                raise refused
        workbook = load_workbook(BytesIO(content), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            yield sheet.title, list(sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True))
    except ConfigError:
        raise
    except Exception:  # noqa: BLE001 - a damaged workbook fails in any way, and all mean the same
        raise refused from None
