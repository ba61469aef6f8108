"""Resources far too small, so that a few records already go through chunks, workers and files."""

from __future__ import annotations

from dataclasses import dataclass

from matching.resources import Resources


@dataclass(frozen=True)
class Small(Resources):
    """Chunks of `pairs_at_work` pairs; of those kept only `pairs_held` stay in memory."""

    pairs_at_work: int = 7
    pairs_held: int = 0

    @property
    def chunk_pairs(self) -> int:
        return self.pairs_at_work

    @property
    def held_bytes(self) -> int:
        return 12 * self.pairs_held
