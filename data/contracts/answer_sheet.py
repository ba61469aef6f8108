"""The first sheet of a workbook handed back: its words, and how it is known again when it comes back mended."""

from __future__ import annotations

from collections.abc import Sequence

from data.words import tr

SHEET_NAME = "问题清单"
#: Stands in the sheet's title in both languages; a sheet with it and with our header is ours, whatever its name.
MARK = "longlou intake check"
#: Rows above the problems: title, totals, what to do, header.
HEADER_ROW = 4
_HEADERS = (
    ("工作表", "sheet"),
    ("行号", "row"),
    ("列", "column"),
    ("单元格", "cell"),
    ("原值（脱敏）", "value (masked)"),
    ("问题", "problem"),
    ("怎么办", "what to do"),
    ("代码", "code"),
    ("级别", "level"),
)
#: How many rows from the top are looked at; somebody may have put a line above.
_TOP = HEADER_ROW + 3


def sheet_headers() -> list[str]:
    """The headers in the reader's language."""
    return [tr(*words) for words in _HEADERS]


def is_answer_sheet(top: Sequence[Sequence[str | None]]) -> bool:
    """Are these the top rows of a sheet that an earlier check wrote?"""
    rows = [[text.strip() for text in row if text] for row in top[:_TOP]]
    headers = [[words[language] for words in _HEADERS] for language in (0, 1)]
    return any(MARK in text for row in rows for text in row[:1]) and any(row in headers for row in rows)
