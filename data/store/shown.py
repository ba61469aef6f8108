"""What does the book show? The tables of the night published last, read from its archive instead of row by row.

Only publishing writes these tables, and what it writes is archived; the digest in the row of the run ties both.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from data.errors import ConfigError
from data.store.archive import Archive, ArchiveDamaged, Manifest
from data.store.runs import RunInfo

STORE = "store/"


@dataclass(frozen=True)
class Shown:
    """The night that a book shows. known: what the book knows of records (data.store.known_records.known_records)."""

    archive: Archive
    manifest: Manifest
    known: pd.DataFrame

    @classmethod
    def of(cls, archive: Archive, run: RunInfo | None, known: pd.DataFrame) -> Shown | None:
        """That of the run published last; None where there was none or its archive is gone."""
        if run is None:
            return None
        try:
            return cls(archive, archive.manifest(run.run_id, run.archive), known)
        except (ConfigError, ArchiveDamaged):
            return None

    def columns(self, name: str) -> pa.Table | None:
        """A table as it was published, by its name in data.store.publish.PublishTables, as Arrow has it: what is only
        compared needs no Python object a value. None: ask the store."""
        try:
            return self.archive.columns(self.manifest, f"{STORE}{name}")
        except (KeyError, ArchiveDamaged):
            return None


def columns_of(shown: Shown | None, name: str) -> pa.Table | None:
    """A table of a night that may be unknown."""
    return None if shown is None else shown.columns(name)
