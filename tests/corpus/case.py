"""What is one file of the corpus? Who writes it, what it is for, and what must come out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from data.model import FeedKind

FILES = Path(__file__).resolve().parent.parent / "files"
ROSTER = FeedKind.MEMBER_ROSTER
Values = Mapping[str, str | None]


@dataclass(frozen=True)
class Case:
    """One file and what a clerk would expect of it.

    file: path under tests/files. why: what the file is for, one line. by: who writes it (XlsxWriter, openpyxl,
    LibreOffice, text, bytes). build: its bytes.
    tables: sheet of each table that is read, in order ('' for text). accepted, rejected: rows. dropped: rows by kind,
    kinds without a row left out. notes: `W305 4 birth` is code, row as a spreadsheet shows it and field; a note about a
    whole sheet or file has no field; `东郊镇!4` where several sheets are read. rows: row -> canonical values of it.
    refused: code of the refusal, instead of all of these.
    """

    file: str
    why: str
    by: str
    build: Callable[[], bytes]
    kind: FeedKind = ROSTER
    tables: tuple[str, ...] = ("",)
    accepted: int = 0
    rejected: tuple[str, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rows: Mapping[int | str, Values] = field(default_factory=dict)
    refused: str | None = None
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where the committed file lies."""
        return FILES / self.file
