"""What a source gave when it was read last, sealed: the same files are not parsed and accepted again, and a night is
graded again without its sources.

One encrypted file a source, under a key of its own that is destroyed at the source's last day (guard-rail 2).
"""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from data.contracts.accept import Accepted
from data.contracts.dated import holds_on
from data.contracts.feeds import CONTRACTS
from data.contracts.packed import objects, packed
from data.digests import digest_of
from data.errors import ConfigError
from data.settings import Settings, record_key
from data.sources.pulls.retention import open_folder
from data.sources.pulls.sealed import Note, Record, SealedFile
from data.sources.spec import SourceSpec, SourcesSpec
from data.words import tr
from flows.versions import code_version, file_digest
from matching.term_frequency import key_check

_FRAMES = ("rows", "rejected", "notes")
_COUNTS = ("n_read", "n_dropped", "n_unknown_columns")


class NotKept(ConfigError):
    """What the last night read is not there as it was then: it cannot be graded again without its sources."""

    def __init__(self, source: str) -> None:
        super().__init__(
            tr(
                f"来源 {source} 上次读入的内容已不在或已更换：请运行完整核对",
                f"what was read of source {source} is gone or was replaced: run a whole reconciliation",
            )
        )


@dataclass(frozen=True)
class AcceptedFiles:
    """The sealed files of one area's sources, for one date of the snapshot. is_full: they are written, not read.

    What was read on an earlier day is taken where the day makes no difference (data.contracts.dated).
    """

    settings: Settings
    spec: SourcesSpec
    as_of: date
    is_full: bool = False

    def mark(self, name: str) -> str | None:
        """Digest of all that decides what is accepted of a source; None where it does not lie in files at hand."""
        source = self.spec.sources[name]
        if source.is_pulled or source.is_remote or source.manifest is None:
            return None
        return _digest([self._declared(name), *_contents(source, self.spec.base)])

    def n_bytes(self, name: str) -> int:
        """How much there is to read of a source; 0 where it does not lie in files at hand."""
        source, base = self.spec.sources[name], self.spec.base
        if source.is_pulled or source.is_remote:
            return 0
        return sum((base / place).stat().st_size for place in _places(source, base))

    def read(self, name: str, mark: str | None) -> Accepted | None:
        """What was accepted of these very files, if it is there, whole, and its key too."""
        if mark is None or self.is_full:
            return None
        return self._found(name, {"of": mark})

    def kept(self, name: str, digest: str) -> Accepted:
        """What a run accepted of a source, which is not looked at. digest: as in the run's row. Raises NotKept."""
        found = self._found(name, {"declared": self._declared(name), "digest": digest})
        if found is None:
            raise NotKept(name)
        return found

    def write(self, name: str, mark: str | None, accepted: Accepted, digest: str | None) -> None:
        """Keep what was accepted, unless a file changed while it was read, or holds what is no text to Arrow.

        digest: of the rows of a source that lies elsewhere; of files it is found here.
        """
        if digest is None and (mark is None or mark != self.mark(name)):
            return
        frames = [_record(frame, packed(getattr(accepted, frame))) for frame in _FRAMES]
        parts = [part for part in frames if part is not None]
        if len(parts) == len(frames):
            found = digest or file_digest(self.spec.sources[name], self.spec.base)
            known = {"of": mark, "declared": self._declared(name), "digest": found[:16], "on": self.as_of.isoformat()}
            note: Note = {**known, **{count: getattr(accepted, count) for count in _COUNTS}}
            self._file(name).replace([Record(note, pa.table({})), *parts])

    def _declared(self, name: str) -> str:
        """Digest of all that decides what is accepted, but for the rows themselves and the day."""
        declared = self.spec.sources[name].model_dump_json(exclude={"manifest"})
        parts = (code_version(), self.spec.area, name, declared)
        return _digest([*parts, key_check(record_key(self.settings))])

    def _found(self, name: str, wanted: Mapping[str, str]) -> Accepted | None:
        """What lies in the file of a source, if it is whole, noted with all that is wanted, and holds on the day."""
        records = self._file(name).records()
        head = next(records, None)
        if head is None or any(head.note.get(key) != value for key, value in wanted.items()):
            return None
        frames = list(records)
        if len(frames) != len(_FRAMES):
            return None
        found = _accepted(head, frames)
        read_on = date.fromisoformat(head.note["on"])
        return found if holds_on(found, CONTRACTS[self.spec.sources[name].kind], read_on, self.as_of) else None

    def _file(self, name: str) -> SealedFile:
        manifest = self.spec.sources[name].manifest
        if manifest is None:
            raise ValueError("a source without manifest is never read")
        own = f"{self.spec.area} {name}"
        folder, key = open_folder(own, manifest.retention_on, self.settings)
        return SealedFile(folder / "accepted.sealed", key, own, "accepted")


def _digest(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part.encode())
    return whole.hexdigest()


def _accepted(head: Record, records: list[Record]) -> Accepted:
    frames: dict[str, Any] = {record.note["frame"]: _frame(record) for record in records}
    return Accepted(**frames, **{count: head.note[count] for count in _COUNTS})


def _places(source: SourceSpec, base: Path) -> list[str]:
    """Every file of a source, by its path below the folder of `sources.toml`."""
    places = {place for pattern in source.location for place in glob.glob(pattern, root_dir=base, recursive=True)}
    return sorted(place for place in places if (base / place).is_file())


def _contents(source: SourceSpec, base: Path) -> list[str]:
    """Name and digest of every file of a source."""
    found = [(place, digest_of(base / place)) for place in _places(source, base)]
    return [text for pair in found for text in pair]


def _record(name: str, frame: pd.DataFrame) -> Record | None:
    """A packed frame as a record; None when a column could not be packed."""
    if any(column.dtype == object for _, column in frame.items()):
        return None
    columns = {
        str(title): column.array.__arrow_array__() if isinstance(column.dtype, pd.ArrowDtype) else pa.array(column)
        for title, column in frame.items()
    }
    return Record({"frame": name}, pa.table(columns))


def _frame(record: Record) -> pd.DataFrame:
    """The frame of a record: rows stay packed as they are kept in a run, of the others texts are texts."""
    columns = {title: _column(record.table[title]) for title in record.table.column_names}
    frame = pd.DataFrame(columns, copy=False)
    if record.note["frame"] == "rows":
        return frame
    return pd.DataFrame({title: objects(column) for title, column in frame.items()}, copy=False)


def _column(values: pa.ChunkedArray) -> pd.Series:
    if pa.types.is_large_string(values.type) or pa.types.is_dictionary(values.type):
        return pd.Series(pd.arrays.ArrowExtensionArray(values))
    return pd.Series(values.to_numpy())
