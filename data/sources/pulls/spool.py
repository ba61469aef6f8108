"""What has come so far? The spool of a pull in progress and the snapshot of the last whole one, both sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

import pyarrow as pa

from data.sources.pulls.feed import Chunk
from data.sources.pulls.marks import Mark
from data.sources.pulls.sealed import Note, Record, SealedFile

_ROWS_PER_RECORD = 50_000
_NO_ROWS = pa.table({})


class Spool:
    """The chunks of a pull in progress, on disk as they come; `wanted` says of which pull."""

    def __init__(self, file: SealedFile, wanted: Note, now: datetime, longest: timedelta) -> None:
        """Open what an earlier run left, if it began the same pull and not too long ago; else empty."""
        self._file, self._wanted, self._now = file, wanted, now
        self._head: Note | None = None
        self._notes: list[Note] = []
        self.n_rows, self._end = 0, 0
        for record in file.records():
            if self._head is None:
                if record.note["wanted"] != wanted or now - _moment(record.note) > longest:
                    break
                self._head = record.note
            else:
                self._notes.append(record.note)
                self.n_rows += record.table.num_rows
            self._end = record.end

    @property
    def is_begun(self) -> bool:
        """Whether there is a pull to go on with."""
        return self._head is not None

    @property
    def begun(self) -> Note:
        """What the feed noted when the pull began."""
        begun: Note = self._head["begun"] if self._head else {}
        return begun

    @property
    def states(self) -> list[Note]:
        """Where the pull stood after each chunk."""
        return [note["state"] for note in self._notes]

    @property
    def n_invisible(self) -> int:
        """Invisible characters taken out."""
        return sum(note["n_invisible"] for note in self._notes)

    @property
    def n_untaken(self) -> dict[str, int]:
        """Columns outside the contract and their filled cells."""
        total: dict[str, int] = {}
        for note in self._notes:
            for header, n_filled in note["n_untaken"].items():
                total[header] = total.get(header, 0) + n_filled
        return total

    def seconds(self, now: datetime) -> float:
        """How long ago the pull began."""
        return (now - _moment(self._head)).total_seconds() if self._head else 0.0

    def begin(self, begun: Note) -> None:
        """Start anew: what came before goes."""
        self._head = {"wanted": self._wanted, "begun": begun, "started_at": self._now.isoformat()}
        self._notes, self.n_rows = [], 0
        self._end = self._file.append(Record(self._head, _NO_ROWS), 0, 0)

    def append(self, chunk: Chunk) -> None:
        """Keep a chunk."""
        note = {"state": chunk.state, "n_invisible": chunk.n_invisible, "n_untaken": chunk.n_untaken}
        self._end = self._file.append(Record(note, chunk.table), len(self._notes) + 1, self._end)
        self._notes.append(note)
        self.n_rows += chunk.table.num_rows

    def table(self) -> pa.Table:
        """All rows, in the order they came; a column that some chunks lack is null there."""
        tables = [record.table for record in self._file.records()][1:]
        return pa.concat_tables(tables, promote_options="default") if tables else _NO_ROWS

    def remove(self) -> None:
        """The pull is over."""
        self._file.remove()


def _moment(head: Note) -> datetime:
    return datetime.fromisoformat(head["started_at"])


@dataclass(frozen=True)
class Snapshot:
    """The whole content of a source as of its last pull. mark: where the next one begins; full_on: last full pull."""

    table: pa.Table
    mark: Mark | None
    full_on: date
    name: str


def read_snapshot(file: SealedFile, identity: str) -> Snapshot | None:
    """The snapshot, if it is whole, readable and of this very declaration."""
    records = list(file.records())
    if not records or records[0].note["identity"] != identity or records[0].note["n_records"] != len(records):
        return None
    note = records[0].note
    table = pa.concat_tables([record.table for record in records[1:]])
    return Snapshot(table, note["mark"], date.fromisoformat(note["full_on"]), note["name"])


def write_snapshot(file: SealedFile, identity: str, table: pa.Table, mark: Mark | None, full_on: date) -> None:
    """Put a new snapshot in the place of the last: table and watermark in one file, so that both move or neither."""
    starts = range(0, max(table.num_rows, 1), _ROWS_PER_RECORD)
    note = {
        "identity": identity,
        "n_records": len(starts) + 1,
        "mark": mark,
        "full_on": full_on.isoformat(),
        "name": uuid4().hex,
    }
    parts = (Record({}, table.slice(start, _ROWS_PER_RECORD)) for start in starts)
    file.replace([Record(note, _NO_ROWS), *parts])
