"""Step 5: the comparison vector of each candidate pair, packed into one pattern number.

Packing makes everything after it (training, weights, guards) a matter of some thousand patterns instead of pairs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.arrays import Codes, Levels, Positions, Small, chunks
from matching.comparisons import LevelComparison
from matching.engine_spec import EngineSpec


class CountedPatterns(Protocol):
    """Distinct comparison vectors and how many pairs have each: all that learning needs."""

    @property
    def levels(self) -> Levels:
        """One row a pattern, one column a comparison."""

    def counts(self) -> Codes:
        """Pairs per pattern."""


@dataclass(frozen=True)
class PatternCounts:
    """Patterns of pairs that are not at hand themselves."""

    levels: Levels
    n_pairs: Codes

    def counts(self) -> Codes:
        """How many pairs have each pattern."""
        return self.n_pairs


@dataclass(frozen=True)
class Patterns:
    """Distinct comparison vectors: `levels` one row a pattern, one column a comparison; `of_pair` points into it."""

    levels: Levels
    of_pair: Codes | Small

    def counts(self) -> Codes:
        """How many pairs have each pattern."""
        return np.bincount(self.of_pair, minlength=len(self.levels))

    def followed_by(self, more: Patterns) -> Patterns:
        """These pairs and behind them more, of other patterns or the same ones again."""
        of_pair = np.concatenate([self.of_pair, more.of_pair + len(self.levels)])
        return Patterns(np.concatenate([self.levels, more.levels]), of_pair)


@dataclass(frozen=True)
class Preparation:
    """A task: the columns of one comparison, by its number, to be coded."""

    number: int
    comparison: LevelComparison[Any]
    columns: list[pd.Series]

    def run(self) -> object:
        """What the comparison works with."""
        return self.comparison.prepare(*self.columns)

    @property
    def effort(self) -> int:
        """How long it may take: distinct texts (of a column that is not coded, rows at most) by what one takes."""
        sizes = (
            len(column.cat.categories) if isinstance(column.dtype, pd.CategoricalDtype) else len(column)
            for column in self.columns
        )
        return sum(sizes) * type(self.comparison).EFFORT


def preparations(normalised: pd.DataFrame, spec: EngineSpec) -> list[Preparation]:
    """One for each comparison, the longest first: begun last, it would keep one worker busy while the others idle."""
    found = [
        Preparation(number, comparison.feature(), [normalised[name] for name in comparison.columns])
        for number, comparison in enumerate(spec.comparisons)
    ]
    return sorted(found, key=lambda task: -task.effort)


class Vectors:
    """All columns of a normalised frame coded once for all comparisons of a model. prepared: by number of comparison,
    where somebody made it already."""

    def __init__(
        self, normalised: pd.DataFrame, spec: EngineSpec, prepared: Mapping[int, object] | None = None
    ) -> None:
        self._sizes = [len(comparison.levels) + 1 for comparison in spec.comparisons]
        # Four bytes hold the patterns of any usual model; halving the numbers halves the time to count them.
        self._packed: npt.DTypeLike = np.int32 if math.prod(self._sizes) < 1 << 31 else np.int64
        self._comparisons: list[LevelComparison[Any]] = [comparison.feature() for comparison in spec.comparisons]
        made = prepared or {task.number: task.run() for task in preparations(normalised, spec)}
        self._prepared: list[Any] = [made[number] for number in range(len(made))]

    def patterns(self, left: Positions | Small, right: Positions | Small) -> Patterns:
        """Compare pairs of positions, chunk by chunk."""
        packed = np.zeros(len(left), dtype=self._packed)
        for part in chunks(len(left)):
            packed[part] = self.pack(left[part], right[part])
        distinct, of_pair = np.unique(packed, return_inverse=True)
        return Patterns(self.unpack(distinct), of_pair)

    def levels(self, comparison: int, left: Positions | Small, right: Positions | Small) -> Levels:
        """Levels of one comparison, by its number."""
        found: Levels = self._comparisons[comparison].levels(self._prepared[comparison], left, right)
        return found

    def pack(self, left: Positions | Small, right: Positions | Small) -> Codes | Small:
        """One number for all levels of each pair."""
        packed = np.zeros(len(left), dtype=self._packed)
        for number, size in enumerate(self._sizes):
            packed *= size
            packed += self.levels(number, left, right)
            packed += 1
        return packed

    def unpack(self, packed: Codes | Small) -> Levels:
        """The levels that `pack` packed."""
        rest: Codes = packed.astype(np.int64)
        levels = np.empty((len(packed), len(self._sizes)), dtype=np.int8)
        for number in reversed(range(len(self._sizes))):
            rest, level = np.divmod(rest, self._sizes[number])
            levels[:, number] = level - 1
        return levels
