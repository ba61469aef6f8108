"""How alike are two whole dates as typed? Exact, a slip, day and month exchanged, same month, same year, different."""

from __future__ import annotations

import re
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.values.columns import map_unique
from matching.arrays import Codes, Levels, Positions
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.comparisons.text import Texts, n_edits, sorted_texts

_NO_DIGIT = re.compile(r"\D")


class TypedDateLevel(IntEnum):
    """Levels of `TypedDateComparison`."""

    DIFFERENT = 0
    SAME_YEAR = 1
    TWO_SLIPS = 2
    SAME_MONTH = 3
    ONE_SLIP = 4
    EXACT = 5


class TypedDateComparison(LevelComparison[Texts]):
    """A date written year, month, day, with or without marks between; a damaged one is compared as it stands.

    one_slip: one digit wrong, lost or too many, two neighbours swapped, or day and month exchanged. same_month: same
    year and month. two_slips: two such edits. Texts without a digit are missing. For dates of which offices know only
    the year or month use `partial_date`.
    """

    LEVELS = TypedDateLevel

    def prepare(self, *columns: pd.Series) -> Texts:
        """Digits of each date."""
        return sorted_texts(map_unique(columns[0], lambda text: _NO_DIGIT.sub("", str(text)) or None))[0]

    def levels(self, prepared: Texts, left: Positions, right: Positions) -> Levels:
        """Equal codes are exact; each other distinct pair is measured once."""
        a, b = prepared.codes[left], prepared.codes[right]
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        both = (a >= 0) & (b >= 0)
        out[both] = TypedDateLevel.EXACT
        unequal = np.flatnonzero(both & (a != b))
        out[unequal] = _grade(prepared.values, a[unequal], b[unequal])
        return out


def _grade(values: npt.NDArray[np.object_], a: Codes, b: Codes) -> Levels:
    edits = n_edits(values, a, b, 2)
    exchanged = _codes([text[:4] + text[6:8] + text[4:6] if len(text) == 8 else "" for text in values], values)
    out = np.zeros(len(a), dtype=np.int8)
    out[_same_start(values, a, b, 4)] = TypedDateLevel.SAME_YEAR
    out[edits == 2] = TypedDateLevel.TWO_SLIPS
    out[_same_start(values, a, b, 6)] = TypedDateLevel.SAME_MONTH
    out[(edits == 1) | (exchanged[a] == b)] = TypedDateLevel.ONE_SLIP
    return out


def _same_start(values: npt.NDArray[np.object_], a: Codes, b: Codes, length: int) -> npt.NDArray[np.bool_]:
    start = pd.factorize(np.array([text[:length] for text in values], dtype=object))[0]
    is_long = np.array([len(text) >= length for text in values], dtype=bool)
    return np.asarray((start[a] == start[b]) & is_long[a] & is_long[b], dtype=bool)


def _codes(texts: list[str], values: npt.NDArray[np.object_]) -> Codes:
    """Codes of the texts among the sorted values; -2 for none."""
    where = pd.Index(values).get_indexer(pd.Index(texts, dtype=object))
    return np.where(where < 0, -2, where).astype(np.int64)
