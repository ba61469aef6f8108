"""The employer comparison in the engine's two steps: each distinct employer text is parsed once, not once a pair."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import pandas as pd

from matching.arrays import Codes, Levels, Positions, distinct_pairs, encode
from matching.comparisons import employer
from matching.comparisons.base import MISSING_LEVEL, LevelComparison


class EmployerLevel(IntEnum):
    """Levels of `EmployerComparison` by name."""

    DIFFERENT = employer.DIFFERENT
    NEAR = employer.NEAR
    REGION_MISSING = employer.REGION_MISSING
    SAME_REGION = employer.SAME_REGION
    EQUAL = employer.EQUAL


class EmployerLevelComparison(LevelComparison[tuple[Codes, employer.EmployerValues]]):
    """The same levels as `EmployerComparison`, for millions of pairs."""

    LEVELS = EmployerLevel

    def prepare(self, *columns: pd.Series) -> tuple[Codes, employer.EmployerValues]:
        """Parse the distinct texts."""
        codes, values = encode(columns[0])
        return codes, employer.EmployerValues.of(pd.Series(values, dtype=object))

    def levels(self, prepared: tuple[Codes, employer.EmployerValues], left: Positions, right: Positions) -> Levels:
        """Look at each distinct pair of texts once."""
        codes, values = prepared
        a, b = codes[left], codes[right]
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        both = (a >= 0) & (b >= 0)
        low, high, which = distinct_pairs(a[both], b[both])
        out[both] = values.levels(low, high)[which]
        return out
