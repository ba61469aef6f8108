"""Steps 1 and 2: what every source delivered, read and accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from data.contracts.accept import Accepted, accept
from data.contracts.feeds import CONTRACTS
from data.contracts.frames import empty_frame, without_nan
from data.contracts.tables import PROVENANCE
from data.model import FeedKind
from data.sources.pulls.table import content_digest
from data.sources.reader import read_source
from data.sources.spec import SourceSpec, SourcesSpec


@dataclass(frozen=True)
class Taken:
    """The accepted rows of every source of a run, by the source's name; digests of the rows of those that lie elsewhere
    (pulls and remote files), for only files at hand can be looked at again."""

    area: str
    specs: Mapping[str, SourceSpec]
    accepted: Mapping[str, Accepted]
    digests: Mapping[str, str]

    @property
    def kinds(self) -> dict[str, FeedKind]:
        """Kind of each source."""
        return {name: FeedKind(spec.kind) for name, spec in self.specs.items()}

    @property
    def feeds(self) -> frozenset[FeedKind]:
        """The kinds supplied: a rule that needs a feed stays silent without it."""
        return frozenset(self.kinds.values())

    @property
    def one_row_sources(self) -> frozenset[str]:
        """Sources that promise one row per person."""
        return frozenset(name for name, spec in self.specs.items() if spec.is_one_row_per_person)

    def rows(self, kind: FeedKind) -> pd.DataFrame:
        """Accepted rows of all sources of a kind, key unique_id, sorted by it; empty with all columns if none."""
        frames = [self.accepted[name].rows for name, k in sorted(self.kinds.items()) if k is kind]
        filled = [frame for frame in frames if len(frame)]
        if filled:
            both = pd.concat(filled, ignore_index=True).sort_values("unique_id", ignore_index=True)
            return without_nan(both)
        columns = ["unique_id", *PROVENANCE, "area", *CONTRACTS[kind].names()]
        if "id_no" in columns:
            columns.append("id_status")
        return empty_frame(columns).astype({"source_row": "int64"})

    def rejected(self) -> pd.DataFrame:
        """Rejected rows of all sources, in order of place."""
        frames = [result.rejected for result in self.accepted.values()]
        both = pd.concat(frames, ignore_index=True)
        return both.sort_values([*PROVENANCE, "field", "reason_code"], ignore_index=True)

    def n_warnings(self) -> int:
        """Rejected rows and notes together: what `--strict` objects to."""
        return sum(len(result.rejected) + len(result.notes) for result in self.accepted.values())


def take_sources(spec: SourcesSpec, key: bytes, as_of: date) -> Taken:
    """Steps 1 and 2, source by source: what was read of one is let go before the next, which bounds memory.

    Raises SourceFileError at the first file that cannot be used, SourceUnavailable for a source that does not answer.
    """
    accepted: dict[str, Accepted] = {}
    digests: dict[str, str] = {}
    for name, source in sorted(spec.sources.items()):
        accepted[name], digest = _take(name, source, spec.base, key, as_of)
        if digest is not None:
            digests[name] = digest
    return Taken(spec.area, spec.sources, accepted, digests)


def _take(name: str, source: SourceSpec, base: Path, key: bytes, as_of: date) -> tuple[Accepted, str | None]:
    """One source; its raw tables live no longer than this call."""
    tables = read_source(name, source, base)
    digest = content_digest(tables) if source.is_pulled or source.is_remote else None
    return accept(tables, CONTRACTS[FeedKind(source.kind)], source, key, as_of), digest
