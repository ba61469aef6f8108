"""Steps 1 and 2: what every source delivered, read and accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from data.contracts.accept import Accepted, accept
from data.contracts.feeds import CONTRACTS
from data.contracts.frames import empty_frame
from data.contracts.merged import merged
from data.contracts.packed import packed, unpacked
from data.contracts.tables import PROVENANCE
from data.errors import InputRefused
from data.model import FeedKind
from data.sources.pulls.table import content_digest
from data.sources.reader import read_source
from data.sources.spec import SourceSpec, SourcesSpec
from flows.intake_apart import apart
from flows.night_accepted import AcceptedFiles, NotKept


@dataclass(frozen=True)
class Taken:
    """The accepted rows of every source of a run, packed, by the source's name; digests of the rows of those that lie
    elsewhere (pulls and remote files), for only files at hand can be looked at again. readings: by what the accepted
    rows of a source are known again (AcceptedFiles.reading), of those that were kept."""

    area: str
    specs: Mapping[str, SourceSpec]
    accepted: dict[str, Accepted]
    digests: Mapping[str, str]
    readings: Mapping[str, str] = field(default_factory=dict)

    @property
    def kinds(self) -> dict[str, FeedKind]:
        """Kind of each source."""
        return {name: FeedKind(spec.kind) for name, spec in self.specs.items()}

    @property
    def feeds(self) -> frozenset[FeedKind]:
        """The kinds supplied: a rule that needs a feed stays silent without it."""
        return frozenset(self.kinds.values())

    def known_by(self, *kinds: FeedKind) -> str | None:
        """By what all rows of these kinds are known again: equal on two nights only where the rows are. None where that
        cannot be told."""
        names = [name for name, kind in sorted(self.kinds.items()) if kind in kinds]
        if any(name not in self.readings for name in names):
            return None
        return "\n".join(f"{name} {self.readings[name]}" for name in names)

    @property
    def one_row_sources(self) -> frozenset[str]:
        """Sources that promise one row per person."""
        return frozenset(name for name, spec in self.specs.items() if spec.is_one_row_per_person)

    def rows(self, kind: FeedKind, columns: Sequence[str] | None = None, ids: pd.Series | None = None) -> pd.DataFrame:
        """Accepted rows of all sources of a kind, key unique_id, sorted by it; empty with all columns if none.

        columns: those wanted, all when None; ids: unique_id of the rows wanted, all when None. Each call makes the
        frame anew from what is packed: ask for what is needed and let it go.
        """
        frames = [self.accepted[name].rows for name, k in sorted(self.kinds.items()) if k is kind]
        filled = [frame for frame in frames if len(frame)]
        if filled:
            return unpacked(filled, list(columns or filled[0].columns), ids)
        known = ["unique_id", *PROVENANCE, "area", *CONTRACTS[kind].names()]
        if "id_no" in known:
            known.append("id_status")
        empty = empty_frame(known).astype({"source_row": "int64"})
        return empty if columns is None else empty[list(columns)]

    def rejected(self) -> pd.DataFrame:
        """Rejected rows of all sources, in order of place."""
        frames = [result.rejected for result in self.accepted.values()]
        both = pd.concat(frames, ignore_index=True)
        return both.sort_values([*PROVENANCE, "field", "reason_code"], ignore_index=True)

    def let_go(self) -> None:
        """Once the rules are through, nobody asks for rows but those of claims: of all others only the files stay."""
        for name, result in self.accepted.items():
            if self.kinds[name] is not FeedKind.CLAIMS:
                self.accepted[name] = replace(result, rows=result.rows[["source_file"]])

    def n_warnings(self) -> int:
        """Rejected rows and notes together: what `--strict` objects to."""
        return sum(len(result.rejected) + len(result.notes) for result in self.accepted.values())


def take_sources(spec: SourcesSpec, key: bytes, as_of: date, earlier: AcceptedFiles | None = None) -> Taken:
    """Steps 1 and 2, source by source: what was read of one is let go before the next, which bounds memory. Much to be
    read at hand is read by several processes.

    earlier: what files gave when they were read last; a source whose files are the same is not read again.
    Raises SourceFileError at the first file that cannot be used, SourceUnavailable for a source that does not answer.
    """
    marks = {} if earlier is None else {name: earlier.mark(name) for name in spec.sources}
    accepted = {} if earlier is None else _found_again(earlier, marks)
    digests: dict[str, str] = {}
    missing = sorted({*spec.sources} - {*accepted})
    with apart([name for name in missing if marks.get(name)], earlier, key) as work:
        for name in missing:
            found = None if work is None else work.take(name)
            if found is None:
                found, digest = take_anew(name, spec, key, as_of, earlier)
                if earlier is not None:
                    earlier.write(name, marks[name], found, digest)
                if digest is not None:
                    digests[name] = digest
            accepted[name] = found
    in_order = {name: accepted[name] for name in sorted(accepted)}
    return Taken(spec.area, spec.sources, in_order, digests, _readings(earlier, marks, digests))


def _readings(
    earlier: AcceptedFiles | None, marks: Mapping[str, str | None], digests: Mapping[str, str]
) -> dict[str, str]:
    """`Taken.readings` of sources by their marks, or by the digests of what lies elsewhere."""
    if earlier is None:
        return {}
    names = sorted(earlier.spec.sources)
    told = {name: earlier.reading(name, marks.get(name), digests.get(name)) for name in names}
    return {name: reading for name, reading in told.items() if reading is not None}


def _found_again(earlier: AcceptedFiles, marks: Mapping[str, str | None]) -> dict[str, Accepted]:
    """What files that are the same gave when they were read last."""
    found = {name: earlier.read(name, mark) for name, mark in marks.items()}
    return {name: accepted for name, accepted in found.items() if accepted is not None}


def take_kept(earlier: AcceptedFiles, digests: Mapping[str, str]) -> Taken:
    """What a run read, as it read it; no source is touched. digests: of its sources, as in its row. Raises NotKept."""
    specs = earlier.spec.sources
    for name in sorted({*specs} ^ {*digests}):
        raise NotKept(name)
    found = {name: earlier.kept(name, digests[name]) for name in sorted(specs)}
    return Taken(earlier.spec.area, specs, found, {}, _readings(earlier, {}, digests))


def take_anew(
    name: str, spec: SourcesSpec, key: bytes, as_of: date, earlier: AcceptedFiles | None
) -> tuple[Accepted, str | None]:
    """A source of which something changed, as `take_source` gives it; of several files only those that did are read."""
    source = spec.sources[name]
    partly = None if earlier is None else earlier.partly(name)
    if partly is not None:
        # What is wrong with a file is told as by a night that reads them all.
        with suppress(InputRefused):
            changed = source.model_copy(update={"location": partly.changed})
            anew = take_source(name, changed, spec.base, key, as_of)[0] if partly.changed else None
            if (found := merged(partly.accepted, anew, partly.files)) is not None:
                return found, None
    return take_source(name, source, spec.base, key, as_of)


def take_source(name: str, source: SourceSpec, base: Path, key: bytes, as_of: date) -> tuple[Accepted, str | None]:
    """One source, packed, and the digest of its rows if it lies elsewhere; raw tables live no longer than this call."""
    tables = read_source(name, source, base)
    digest = content_digest(tables) if source.is_pulled or source.is_remote else None
    accepted = accept(tables, CONTRACTS[FeedKind(source.kind)], source, key, as_of)
    return replace(accepted, rows=packed(accepted.rows)), digest
