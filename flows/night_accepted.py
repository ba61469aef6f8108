"""What a source gave when it was read last, sealed: the same files are not parsed and accepted again, and a night is
graded again without its sources.

One encrypted file a source, under a key of its own that is destroyed at the source's last day (guard-rail 2).
"""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from data.contracts.accept import Accepted
from data.contracts.dated import holds_on
from data.contracts.feeds import CONTRACTS
from data.errors import ConfigError
from data.settings import Settings, record_key
from data.sources.pulls.retention import open_folder
from data.sources.pulls.sealed import Note, Record, SealedFile
from data.sources.reader import source_files
from data.sources.spec import SourceSpec, SourcesSpec
from data.words import tr
from flows.accepted_records import accepted_of, counts_of, records_of
from flows.versions import code_version, digests_at_hand, file_digest
from matching.term_frequency import key_check


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
class Partly:
    """A source of which some files are as they were. accepted: of all of them, as they were. files: `source_file` of
    those that are there now, in their order; changed: the others among them, by the path below `sources.toml`."""

    accepted: Accepted
    files: list[str]
    changed: tuple[str, ...]


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
        found = self._found(name, lambda note: bool(note["of"] == mark))
        return None if found is None else found[1]

    def partly(self, name: str) -> Partly | None:
        """What was accepted of a source when some of its files were others, if some are the same."""
        now = {} if self.is_full else self._digests(name)
        declared = self._declared(name)

        def is_of_some(note: Note) -> bool:
            return bool(note["declared"] == declared and now.items() & note["files"].items())

        found = self._found(name, is_of_some) if now else None
        if found is None:
            return None
        note, accepted = found
        changed = tuple(file for file, digest in now.items() if note["files"].get(file) != digest)
        return Partly(accepted, list(now), changed)

    def reading(self, name: str, mark: str | None, digest: str | None) -> str | None:
        """By what to know again what was accepted of a source: the files or rows, their declaration and the day they
        were read on; None where it was not kept. mark: of files at hand; digest: of the rows of what lies elsewhere."""
        head = next(self._file(name).records(), None)
        if head is None or head.note["declared"] != self._declared(name):
            return None
        is_this = head.note["of"] == mark if mark else bool(digest) and head.note["digest"] == str(digest)[:16]
        return _digest([str(head.note[part]) for part in ("declared", "of", "digest", "on")]) if is_this else None

    def kept(self, name: str, digest: str) -> Accepted:
        """What a run accepted of a source, which is not looked at. digest: as in the run's row. Raises NotKept."""
        declared = self._declared(name)
        found = self._found(name, lambda note: bool(note["declared"] == declared and note["digest"] == digest))
        if found is None:
            raise NotKept(name)
        return found[1]

    def write(self, name: str, mark: str | None, accepted: Accepted, digest: str | None) -> None:
        """Keep what was accepted, unless a file changed while it was read, or holds what is no text to Arrow.

        digest: of the rows of a source that lies elsewhere; of files it is found here.
        """
        if digest is None and (mark is None or mark != self.mark(name)):
            return
        if (parts := records_of(accepted)) is not None:
            found = digest or file_digest(self.spec.sources[name], self.spec.base)
            known = {"of": mark, "declared": self._declared(name), "digest": found[:16], "on": self.as_of.isoformat()}
            note: Note = {**known, "files": self._digests(name), **counts_of(accepted)}
            self._file(name).replace([Record(note, pa.table({})), *parts])

    def _declared(self, name: str) -> str:
        """Digest of all that decides what is accepted, but for the rows themselves and the day."""
        declared = self.spec.sources[name].model_dump_json(exclude={"manifest"})
        return _digest([code_version(), self.spec.area, name, declared, self._key_check])

    @cached_property
    def _key_check(self) -> str:
        return key_check(record_key(self.settings))

    def _digests(self, name: str) -> dict[str, str]:
        """`source_file` and digest of every file of a source of several files; none of others."""
        source, base = self.spec.sources[name], self.spec.base
        if source.is_pulled or source.is_remote or source.shown_as is not None:
            return {}
        places = source_files(name, source, base)
        return {where: digests_at_hand(path).plain for where, path in places} if len(places) > 1 else {}

    def _found(self, name: str, is_wanted: Callable[[Note], bool]) -> tuple[Note, Accepted] | None:
        """What lies in the file of a source, if it is whole, noted as it is wanted, and holds on the day."""
        records = self._file(name).records()
        head = next(records, None)
        if head is None or not is_wanted(head.note):
            return None
        found = accepted_of(head.note, list(records))
        if found is None:
            return None
        read_on = date.fromisoformat(head.note["on"])
        holds = holds_on(found, CONTRACTS[self.spec.sources[name].kind], read_on, self.as_of)
        return (head.note, found) if holds else None

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


def _places(source: SourceSpec, base: Path) -> list[str]:
    """Every file of a source, by its path below the folder of `sources.toml`."""
    places = {place for pattern in source.location for place in glob.glob(pattern, root_dir=base, recursive=True)}
    return sorted(place for place in places if (base / place).is_file())


def _contents(source: SourceSpec, base: Path) -> list[str]:
    """Name and digest of every file of a source."""
    found = [(place, digests_at_hand(base / place).plain) for place in _places(source, base)]
    return [text for pair in found for text in pair]
