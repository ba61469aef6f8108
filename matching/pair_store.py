"""Where do pairs stay between being made and being weighed? In memory within the budget, beyond it in Parquet files.

Twelve bytes a pair: two positions and the number of its pattern. No value of any record is ever written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.parquet as pq

from matching.arrays import Mask, Small
from matching.resources import Resources

_COLUMNS = ("left", "right", "pattern")


@dataclass(frozen=True)
class PairChunk:
    """Pairs that one blocking rule is the first to make: its number, positions of both records, pattern numbers."""

    rule: int
    left: Small
    right: Small
    pattern: Small

    def take(self, rows: Mask) -> PairChunk:
        """Some of the pairs."""
        return PairChunk(self.rule, self.left[rows], self.right[rows], self.pattern[rows])

    @property
    def n_bytes(self) -> int:
        """Memory that the pairs take."""
        return self.left.nbytes + self.right.nbytes + self.pattern.nbytes


@dataclass(frozen=True)
class StoredChunk:
    """A chunk in memory, or the file that it lies in; anybody who sees the folder can load it."""

    rule: int
    n_pairs: int
    held: PairChunk | None
    file: Path | None

    def load(self) -> PairChunk:
        """The pairs."""
        if self.held is not None:
            return self.held
        table = pq.read_table(self.file, use_threads=False, memory_map=True)
        return PairChunk(self.rule, *(table[name].to_numpy() for name in _COLUMNS))


class PairStore:
    """Chunks in the order in which they were added. To be used in a `with`: its files are gone afterwards."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources
        self._held_bytes = 0
        self._folder: TemporaryDirectory[str] | None = None
        self.chunks: list[StoredChunk] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.chunks.clear()
        if self._folder is not None:
            self._folder.cleanup()

    @property
    def n_pairs(self) -> int:
        """How many pairs were added."""
        return sum(chunk.n_pairs for chunk in self.chunks)

    def add(self, chunk: PairChunk) -> None:
        """Keep a chunk; once memory is full, every further one is written."""
        if not len(chunk.left):
            return
        file = None
        if self._held_bytes + chunk.n_bytes > self._resources.held_bytes:
            file = self._write(chunk)
        else:
            self._held_bytes += chunk.n_bytes
        self.chunks.append(StoredChunk(chunk.rule, len(chunk.left), chunk if file is None else None, file))

    def __iter__(self) -> Iterator[PairChunk]:
        return (chunk.load() for chunk in self.chunks)

    def _write(self, chunk: PairChunk) -> Path:
        if self._folder is None:
            if self._resources.folder is not None:
                self._resources.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._folder = TemporaryDirectory(prefix="pairs-", dir=self._resources.folder)
        file = Path(self._folder.name) / f"{len(self.chunks):06d}.parquet"
        table = pa.table([chunk.left, chunk.right, chunk.pattern], names=list(_COLUMNS))
        pq.write_table(table, file, compression="lz4", use_dictionary=False, write_statistics=False)
        return file
