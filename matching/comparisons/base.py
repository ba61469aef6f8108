"""What is a comparison? Ordered levels for pairs of values: -1 missing, 0 different, n best.

Each is a recordlinkage compare feature for anyone to use; the engine calls the same two steps on coded columns.
"""

from __future__ import annotations

from abc import abstractmethod
from enum import IntEnum
from typing import ClassVar, Generic, TypeVar

import numpy as np
import pandas as pd

from matching.arrays import Levels, Positions
from matching.toolkit import BaseCompareFeature

Prepared = TypeVar("Prepared")

MISSING_LEVEL = -1


class LevelComparison(BaseCompareFeature, Generic[Prepared]):
    """A comparison in two steps: `prepare` codes the columns of all records once, `levels` compares positions.

    A class whose levels depend on its thresholds names them in `level_names` instead of LEVELS.
    Used with `recordlinkage.Compare` (normalised frames, one or two) it gives the same int8 levels as the engine.
    """

    LEVELS: ClassVar[type[IntEnum]]
    #: How long a distinct text takes to prepare, against a code that is only counted.
    EFFORT: ClassVar[int] = 1

    def __init__(self, left: str | list[str], right: str | list[str], label: str | None = None) -> None:
        super().__init__(left, right, label=label)  # type: ignore[no-untyped-call]

    def level_names(self) -> tuple[str, ...]:
        """Names of the levels from 0 (different) to the best."""
        return tuple(level.name.lower() for level in self.LEVELS)

    @abstractmethod
    def prepare(self, *columns: pd.Series) -> Prepared:
        """Code the columns (one row a record, null is None) for `levels`."""

    @abstractmethod
    def levels(self, prepared: Prepared, left: Positions, right: Positions) -> Levels:
        """Level of each pair of row positions; symmetric."""

    def _compute_vectorized(self, *columns: pd.Series) -> Levels:
        half = len(columns) // 2
        n_pairs = len(columns[0])
        stacked = [
            pd.concat([left, right], ignore_index=True)
            for left, right in zip(columns[:half], columns[half:], strict=True)
        ]
        rows = np.arange(n_pairs, dtype=np.int64)
        return self.levels(self.prepare(*stacked), rows, rows + n_pairs)
