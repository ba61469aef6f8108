"""Step 5: the comparison vector of each candidate pair, packed into one pattern number.

Packing makes everything after it (training, weights, guards) a matter of some thousand patterns instead of pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from matching.arrays import Codes, Levels, Positions, chunks
from matching.comparisons import LevelComparison
from matching.engine_spec import EngineSpec


@dataclass(frozen=True)
class Patterns:
    """Distinct comparison vectors: `levels` one row a pattern, one column a comparison; `of_pair` points into it."""

    levels: Levels
    of_pair: Codes

    def counts(self) -> Codes:
        """How many pairs have each pattern."""
        return np.bincount(self.of_pair, minlength=len(self.levels))


class Vectors:
    """All columns of a normalised frame coded once for all comparisons of a model."""

    def __init__(self, normalised: pd.DataFrame, spec: EngineSpec) -> None:
        self._sizes = [len(comparison.levels) + 1 for comparison in spec.comparisons]
        self._comparisons: list[LevelComparison[Any]] = []
        self._prepared: list[Any] = []
        for comparison in spec.comparisons:
            feature = comparison.feature()
            self._comparisons.append(feature)
            self._prepared.append(feature.prepare(*(normalised[column] for column in comparison.columns)))

    def patterns(self, left: Positions, right: Positions) -> Patterns:
        """Compare pairs of positions, chunk by chunk."""
        packed = np.zeros(len(left), dtype=np.int64)
        for part in chunks(len(left)):
            packed[part] = self.pack(left[part], right[part])
        distinct, of_pair = np.unique(packed, return_inverse=True)
        return Patterns(self.unpack(distinct), of_pair)

    def levels(self, comparison: int, left: Positions, right: Positions) -> Levels:
        """Levels of one comparison, by its number."""
        found: Levels = self._comparisons[comparison].levels(self._prepared[comparison], left, right)
        return found

    def pack(self, left: Positions, right: Positions) -> Codes:
        """One number for all levels of each pair."""
        packed = np.zeros(len(left), dtype=np.int64)
        for number, size in enumerate(self._sizes):
            packed = packed * size + (self.levels(number, left, right) + 1)
        return packed

    def unpack(self, packed: Codes) -> Levels:
        """The levels that `pack` packed."""
        levels = np.empty((len(packed), len(self._sizes)), dtype=np.int8)
        for number in reversed(range(len(self._sizes))):
            packed, rest = np.divmod(packed, self._sizes[number])
            levels[:, number] = rest - 1
        return levels
