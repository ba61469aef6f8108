"""What a step worked out last night, sealed, for tonight's to take where nothing that it follows from changed.

Losing it costs time and nothing else: what is torn, foreign or of another mark counts as not there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from datetime import date
from types import TracebackType
from typing import Self

import pyarrow as pa

from data.digests import spelled
from data.settings import Settings, record_key
from data.sources.pulls.retention import open_folder
from data.sources.pulls.sealed import Record, SealedFile
from flows.versions import code_version
from matching.term_frequency import key_check

#: The part that stands last: without it the file is torn.
_END = "end"
Tables = Mapping[str, pa.Table]


@dataclass
class Shelf:
    """A context: tables by the name of what they are, one sealed file each, until the first last day of the area's
    feeds. What is put there is on the disk, whole, at its end; what went wrong with that is raised then, unless
    something else is.

    is_full: nothing is taken, what is put takes the place of last night's all the same.
    """

    settings: Settings
    area: str
    retention_on: date
    is_full: bool = False
    _putting: list[Future[None]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="shelf")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()
        if kind is None:
            for put in self._putting:
                put.result()

    def take(self, name: str, *of: str | None) -> dict[str, pa.Table] | None:
        """The tables of this name, if they are whole and were put under the same marks; None in a mark: what they
        follow from cannot be known again, so nothing is taken."""
        if self.is_full or None in of:
            return None
        records = self._file(name).records()
        head = next(records, None)
        if head is None or head.note["of"] != self._mark(of):
            return None
        found = {record.note["table"]: record.table for record in records}
        return found if found.pop(_END, None) is not None else None

    def put(self, name: str, tables: Tables, *of: str | None) -> None:
        """Keep the tables under these marks in the place of those of before; with a None among them none are kept.

        They are written beside the other steps: nobody may change what lies in them.
        """
        self._putting.append(self._pool.submit(copy_context().run, self._put, name, tables, of))

    def _put(self, name: str, tables: Tables, of: tuple[str | None, ...]) -> None:
        if None in of:
            self._file(name).remove()
            return
        head = Record({"of": self._mark(of)}, pa.table({}))
        parts = [Record({"table": table}, content) for table, content in tables.items()]
        self._file(name).replace([head, *parts, Record({"table": _END}, pa.table({}))])

    def _file(self, name: str) -> SealedFile:
        own = f"night {self.area}"
        folder, key = open_folder(own, self.retention_on, self.settings)
        return SealedFile(folder / f"{name}.sealed", key, own, name)

    def _mark(self, of: tuple[str | None, ...]) -> str:
        parts = (code_version(), self.settings.language, key_check(record_key(self.settings)), *map(str, of))
        return spelled(hashlib.sha256("\0".join(parts).encode()).hexdigest())
