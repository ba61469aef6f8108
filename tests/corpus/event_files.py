"""How are the files of events declared? A sheet with or without a title, and where the file lies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.model import FeedKind
from tests.corpus.case import Case
from tests.corpus.people import Cell, Rows
from tests.corpus.workbook import Page, xlsx


def book(name: str, *rows: list[Cell] | tuple[Cell, ...], title: str | None = None) -> bytes:
    """A workbook of one sheet; the title is merged over all columns."""
    body: Rows = [[title], *rows] if title else rows
    width = "ABCDEFGHIJKLMN"[len(rows[0]) - 1]
    return xlsx(Page(name, body, (f"A1:{width}1",) if title else ()))


def event(file: str, why: str, kind: FeedKind, build: Callable[[], bytes], **more: Any) -> Case:
    """A file under events/."""
    return Case(f"events/{file}", why, "XlsxWriter" if file.endswith("xlsx") else "text", build, kind=kind, **more)
