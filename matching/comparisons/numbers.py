"""How near are two quantities? Equal, within tolerances, or different; and postcodes by their area."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.arrays import Levels, Positions
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.comparisons.text import Columns, Texts, n_edits, sorted_texts

#: Sums that were added up in another order are still equal.
_ROUNDING = 1e-12


class NumberComparison(LevelComparison[npt.NDArray[np.float64]]):
    """Quantities (turnover, staff, coordinates); text that is no finite number is missing.

    absolute, relative: tolerances, of which exactly one list is given; relative to the larger of the two sizes.
    """

    def __init__(
        self,
        left: Columns,
        right: Columns,
        absolute: Sequence[float] = (),
        relative: Sequence[float] = (),
        label: str | None = None,
    ) -> None:
        super().__init__(left, right, label=label)
        if bool(absolute) == bool(relative):
            raise ValueError("number: absolute or relative tolerances")
        self.is_relative = bool(relative)
        self.tolerances = tuple(sorted(relative or absolute))

    def level_names(self) -> tuple[str, ...]:
        """different, within_0.1, within_0.01, exact."""
        return "different", *(f"within_{tolerance:g}" for tolerance in reversed(self.tolerances)), "exact"

    def prepare(self, *columns: pd.Series) -> npt.NDArray[np.float64]:
        """The column as numbers; NaN is missing."""
        numbers = pd.to_numeric(columns[0], errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan, copy=True)
        numbers[~np.isfinite(numbers)] = np.nan
        return np.asarray(numbers, dtype=np.float64)

    def levels(self, prepared: npt.NDArray[np.float64], left: Positions, right: Positions) -> Levels:
        """Distances in arrays."""
        a, b = prepared[left], prepared[right]
        known = ~(np.isnan(a) | np.isnan(b))
        size = np.maximum(np.abs(a), np.abs(b))
        distance = np.abs(a - b)
        if self.is_relative:
            distance = np.divide(distance, size, out=np.zeros(len(a)), where=known & (size > 0))
        limits = np.array([0.0, *self.tolerances])
        slack = _ROUNDING * (np.ones(len(a)) if self.is_relative else size)
        worse = np.searchsorted(limits, np.where(known, distance - slack, 0.0), side="left")
        out: Levels = (len(limits) - worse).astype(np.int8)
        out[~known] = MISSING_LEVEL
        return out


class PostcodeLevel(IntEnum):
    """Levels of `PostcodeComparison`."""

    DIFFERENT = 0
    SAME_AREA = 1
    ONE_SLIP = 2
    EXACT = 3


class PostcodeComparison(LevelComparison[Texts]):
    """Postcodes: equal, one edit apart, the first `prefix` characters equal (they name the area), different."""

    LEVELS = PostcodeLevel

    def __init__(self, left: Columns, right: Columns, prefix: int = 2, label: str | None = None) -> None:
        super().__init__(left, right, label=label)
        self.prefix = prefix

    def prepare(self, *columns: pd.Series) -> Texts:
        """Code per record."""
        return sorted_texts(columns[0])[0]

    def levels(self, prepared: Texts, left: Positions, right: Positions) -> Levels:
        """Equality of codes first."""
        a, b = prepared.codes[left], prepared.codes[right]
        area = pd.factorize(np.array([text[: self.prefix] for text in prepared.values], dtype=object))[0]
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        both = (a >= 0) & (b >= 0)
        out[both] = PostcodeLevel.EXACT
        unequal = np.flatnonzero(both & (a != b))
        x, y = a[unequal], b[unequal]
        is_slip = n_edits(prepared.values, x, y, 1) == 1
        in_area = np.where(area[x] == area[y], PostcodeLevel.SAME_AREA, PostcodeLevel.DIFFERENT)
        out[unequal] = np.where(is_slip, PostcodeLevel.ONE_SLIP, in_area)
        return out
