"""What stands in 问题清单, whichever program writes it: lines, widths, colours, and the texts of comments."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from data.contracts.answer import Answer
from data.contracts.answer_words import level_word
from data.contracts.reason import Level
from data.words import tr
from reports.text_width import text_width

#: Widths in characters of a digit, in the order of the sheet's columns.
WIDTHS = (14, 7, 16, 9, 22, 38, 38, 25, 9)
#: The column with the link, from nought, that of the code (small print), and those whose text is wrapped.
LINK, CODE, WRAPPED = 3, 7, (0, 2, 4, 5, 6)
#: The colour says again what the word says. A shade beside those that office programs offer: no clerk has them.
TINTS = {Level.REJECTED.value: "F8CBAC", Level.CHECK.value: "FFEB9B", Level.NOTE.value: "DDEBF6"}
#: Cells that get a comment; more of them make office programs slow to open. The rest are coloured and listed.
MAX_COMMENTS = 2_000
LINE_HEIGHT = 13.5
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Line:
    """One line of the sheet. values: its nine cells; link: where its cell lies, '' if nowhere; height in points."""

    values: tuple[str | int, ...]
    link: str
    level: str
    height: float


@dataclass(frozen=True)
class Mark:
    """One cell to be coloured. row: as a spreadsheet counts; position: column from nought; text: of its comment."""

    row: int
    position: int
    level: str
    text: str


#: Where a problem lies in the workbook written: (sheet, table, row, column from nought or -1) -> sheet and cell.
Placing = Callable[[str, int, int, int], tuple[str, str] | None]


def lines(answer: Answer, placing: Placing) -> Iterator[Line]:
    """The lines in the order of the file."""
    for sheet, table, row, position, header, cell, shown, message, todo, code, level in _rows(answer):
        place = placing(sheet, table, row, position)
        where = cell or tr(f"第 {row} 行", f"row {row}")
        texts = (header, where, shown, message, todo, code, level_word(level))
        # A text file has no sheet; its copy has.
        shown_sheet = sheet or (place[0] if place else "")
        values: tuple[str | int, ...] = (printable(shown_sheet), row, *map(printable, texts))
        yield Line(values, _link(*place) if place else "", level, _height(values))


def _rows(answer: Answer) -> Iterator[tuple[str, int, int, int, str, str, str, str, str, str, str]]:
    told = answer.problems
    names = ("sheet", "table", "row", "position", "header", "cell", "shown", "message", "todo", "code", "level")
    return zip(*(told[name].tolist() for name in names), strict=True)


def marks(answer: Answer, sheet: str, table: int | None = None) -> list[Mark]:
    """The cells of a sheet, or of one table, that have problems: each once with its worst level and all its texts."""
    rank = {level.value: number for number, level in enumerate(Level)}
    own = answer.problems
    own = own[own["sheet"].eq(sheet) & own["position"].ge(0)]
    if table is not None:
        own = own[own["table"].eq(table)]
    texts = own["level"].map(lambda level: f"【{level_word(level)}】") + own["message"] + tr("。", ". ") + own["todo"]
    told = pd.DataFrame({"row": own["row"], "position": own["position"], "level": own["level"].map(rank)})
    told["text"] = texts + " [" + own["code"] + "]"
    grouped = told.groupby(["row", "position"], sort=True).agg({"level": "min", "text": "\n".join}).reset_index()
    names = list(Level)
    return [
        Mark(int(row), int(position), names[level].value, printable(text))
        for row, position, level, text in grouped.itertuples(index=False)
    ]


def printable(text: str) -> str:
    """Without the characters that no workbook can hold."""
    return _UNPRINTABLE.sub("", text)


def wrapped_height(text: str, width: float) -> float:
    """Points that a text needs in a merged cell of that many digits."""
    return LINE_HEIGHT * math.ceil(max(text_width(text), 1) / (width - 2)) + 4


def comment_size(text: str) -> tuple[int, int]:
    """Width and height in pixels that show the whole text."""
    n_lines = sum(math.ceil(max(text_width(line), 1) / 40) for line in text.split("\n"))
    return 300, 30 + 18 * n_lines


def _link(sheet: str, cell: str) -> str:
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


def _height(values: tuple[str | int, ...]) -> float:
    # One less: a Han character that does not fit any more leaves a gap at the end of the line.
    n_lines = max(math.ceil(text_width(str(values[i])) / (WIDTHS[i] - 1)) for i in WRAPPED)
    return LINE_HEIGHT * max(n_lines, 1) + 4
