"""How alike are two pairs of texts that clerks interchange: given name and surname, first and second address line?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.arrays import Codes, Levels, Mask, Positions
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.comparisons.text import Columns, jaro_winkler, sorted_texts

_EQUAL, _ALIKE, _OTHER, _UNKNOWN = 2, 1, 0, -1
_Parts = npt.NDArray[np.int8]


class PairLevel(IntEnum):
    """Levels of `SwappedPairComparison`."""

    DIFFERENT = 0
    ONE_ALIKE = 1
    ONE_EQUAL = 2
    ONLY_KNOWN_EQUAL = 3
    BOTH_ALIKE = 4
    SWAPPED = 5
    EXACT = 6


@dataclass(frozen=True)
class TextPairs:
    """Codes of the first and the second text of each record, over one sorted vocabulary."""

    first: Codes
    second: Codes
    values: npt.NDArray[np.object_]


class SwappedPairComparison(LevelComparison[TextPairs]):
    """Columns: the two texts. `threshold`: Jaro-Winkler similarity from which texts are alike.

    exact: both equal. swapped: both at least alike, but crosswise. both_alike: each at least alike. only_known_equal:
    one equal, the other missing on a side. one_equal: one equal, in its place or the other, the other different.
    one_alike: one alike, the other different or missing. Missing when no two texts can be compared.
    """

    LEVELS = PairLevel

    def __init__(self, left: Columns, right: Columns, threshold: float = 0.85, label: str | None = None) -> None:
        super().__init__(left, right, label=label)
        self.threshold = threshold

    def prepare(self, *columns: pd.Series) -> TextPairs:
        """Code both columns together, so that a text is known in the other's place."""
        first, second = sorted_texts(*columns)
        return TextPairs(first.codes, second.codes, first.values)

    def levels(self, prepared: TextPairs, left: Positions, right: Positions) -> Levels:
        """Straight first; crosswise where the straight comparison found no equal or alike pair."""
        first, second = prepared.first, prepared.second
        a, b = self._part(prepared, first[left], first[right]), self._part(prepared, second[left], second[right])
        out = np.zeros(len(left), dtype=np.int8)
        out[(a == _UNKNOWN) & (b == _UNKNOWN)] = MISSING_LEVEL
        best, least = np.maximum(a, b), np.minimum(a, b)
        out[best == _ALIKE] = PairLevel.ONE_ALIKE
        out[best == _EQUAL] = PairLevel.ONE_EQUAL
        out[(best == _EQUAL) & (least == _UNKNOWN)] = PairLevel.ONLY_KNOWN_EQUAL
        out[least >= _ALIKE] = PairLevel.BOTH_ALIKE
        out[least == _EQUAL] = PairLevel.EXACT
        open_ = np.flatnonzero(out < PairLevel.BOTH_ALIKE)
        crossed = self._crossed(prepared, left[open_], right[open_])
        out[open_] = np.maximum(out[open_], crossed)
        return out

    def _crossed(self, prepared: TextPairs, left: Positions, right: Positions) -> Levels:
        first, second = prepared.first, prepared.second
        x, y = self._part(prepared, first[left], second[right]), self._part(prepared, second[left], first[right])
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        out[(x >= _OTHER) | (y >= _OTHER)] = PairLevel.DIFFERENT
        out[(x == _EQUAL) | (y == _EQUAL)] = PairLevel.ONE_EQUAL
        out[np.minimum(x, y) >= _ALIKE] = PairLevel.SWAPPED
        return out

    def _part(self, prepared: TextPairs, a: Codes, b: Codes) -> _Parts:
        """How the texts of one place relate."""
        out = np.full(len(a), _UNKNOWN, dtype=np.int8)
        both: Mask = (a >= 0) & (b >= 0)
        out[both] = _EQUAL
        unequal = np.flatnonzero(both & (a != b))
        out[unequal] = jaro_winkler(prepared.values, a[unequal], b[unequal]) >= self.threshold
        return out
