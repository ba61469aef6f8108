"""How alike are two texts of any script by their letters? Equal, alike above thresholds, or within some edits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from rapidfuzz.process import cpdist

from matching.arrays import CHUNK_PAIRS, Codes, Levels, Positions, chunks, distinct_pairs, encode
from matching.comparisons.base import MISSING_LEVEL, LevelComparison

Measure = npt.NDArray[np.float64]
Columns = str | list[str]


@dataclass(frozen=True)
class Texts:
    """Code per record (-1 null) in the order of the texts, and the distinct texts."""

    codes: Codes
    values: npt.NDArray[np.object_]


def sorted_texts(*columns: pd.Series) -> list[Texts]:
    """Columns over one vocabulary, coded in the order of the texts: what a kernel sees first depends on no row."""
    codes, values = encode(pd.concat([column.astype(object) for column in columns], ignore_index=True))
    values = np.array([str(value) for value in values], dtype=object)
    order = np.argsort(values, kind="stable")
    rank = np.empty(len(values) + 1, dtype=np.int64)
    rank[order] = np.arange(len(values))
    rank[-1] = -1
    return [Texts(part, values[order]) for part in np.split(rank[codes], len(columns))]


def jaro_winkler(values: npt.NDArray[np.object_], left: Codes, right: Codes) -> Measure:
    """Jaro-Winkler similarity (0 to 1) of each pair of codes; every distinct pair of texts is measured once."""
    return _measured(values, left, right, JaroWinkler.normalized_similarity)


def n_edits(values: npt.NDArray[np.object_], left: Codes, right: Codes, at_most: int) -> Measure:
    """Damerau-Levenshtein distance of each pair of codes; `at_most` + 1 stands for any more."""
    return _measured(values, left, right, DamerauLevenshtein.distance, score_cutoff=at_most)


def _measured(
    values: npt.NDArray[np.object_],
    left: Codes,
    right: Codes,
    scorer: Any,  # noqa: ANN401 - a rapidfuzz scorer
    score_cutoff: float | None = None,
) -> Measure:
    low, high, which = distinct_pairs(left, right)
    found = np.zeros(len(low))
    for part in chunks(len(low), CHUNK_PAIRS // 4):
        a, b = values[low[part]].tolist(), values[high[part]].tolist()
        found[part] = cpdist(a, b, scorer=scorer, score_cutoff=score_cutoff)
    return np.asarray(found[which], dtype=np.float64)


class ExactComparison(LevelComparison[Texts]):
    """Two values: equal or different."""

    def level_names(self) -> tuple[str, ...]:
        """different, exact."""
        return "different", "exact"

    def prepare(self, *columns: pd.Series) -> Texts:
        """Code per record."""
        return sorted_texts(columns[0])[0]

    def levels(self, prepared: Texts, left: Positions, right: Positions) -> Levels:
        """Equality of codes."""
        a, b = prepared.codes[left], prepared.codes[right]
        out: Levels = (a == b).astype(np.int8)
        out[(a < 0) | (b < 0)] = MISSING_LEVEL
        return out


class _MeasuredComparison(LevelComparison[Texts]):
    """Equal codes are exact; all others are measured and graded by the limits of the subclass."""

    def prepare(self, *columns: pd.Series) -> Texts:
        """Code per record over sorted texts."""
        return sorted_texts(columns[0])[0]

    def levels(self, prepared: Texts, left: Positions, right: Positions) -> Levels:
        """Each distinct pair of unequal texts is measured once."""
        a, b = prepared.codes[left], prepared.codes[right]
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        both = (a >= 0) & (b >= 0)
        out[both] = len(self.level_names()) - 1
        unequal = np.flatnonzero(both & (a != b))
        out[unequal] = self._grade(prepared.values, a[unequal], b[unequal])
        return out

    def _grade(self, values: npt.NDArray[np.object_], a: Codes, b: Codes) -> Levels:
        raise TypeError("a measured comparison grades")


class JaroWinklerComparison(_MeasuredComparison):
    """Levels at Jaro-Winkler thresholds: exact, then at least the highest threshold, and so on down to different.

    For names and words in letters. Chinese names have two or three characters: use the comparison `name` for them.
    """

    def __init__(
        self, left: Columns, right: Columns, thresholds: Sequence[float] = (0.92, 0.8), label: str | None = None
    ) -> None:
        super().__init__(left, right, label=label)
        self.thresholds = tuple(sorted(thresholds))

    def level_names(self) -> tuple[str, ...]:
        """different, alike_0.8, alike_0.92, exact."""
        return "different", *(f"alike_{threshold:g}" for threshold in self.thresholds), "exact"

    def _grade(self, values: npt.NDArray[np.object_], a: Codes, b: Codes) -> Levels:
        found = jaro_winkler(values, a, b)
        return np.searchsorted(self.thresholds, found, side="right").astype(np.int8)


class DamerauLevenshteinComparison(_MeasuredComparison):
    """Levels at edit distances: exact, within the smallest distance, and so on. A swap of neighbours is one edit.

    For numbers and codes. A value within a distance that would replace half of it or more is different: 6 is not 9.
    """

    def __init__(
        self, left: Columns, right: Columns, distances: Sequence[int] = (1, 2), label: str | None = None
    ) -> None:
        super().__init__(left, right, label=label)
        self.distances = tuple(sorted(distances))

    def level_names(self) -> tuple[str, ...]:
        """different, within_2, within_1, exact."""
        return "different", *(f"within_{distance}" for distance in reversed(self.distances)), "exact"

    def _grade(self, values: npt.NDArray[np.object_], a: Codes, b: Codes) -> Levels:
        found = n_edits(values, a, b, self.distances[-1])
        length = np.array([len(text) for text in values], dtype=np.int64)
        found[found * 2 >= np.maximum(length[a], length[b])] = np.inf
        worse = np.searchsorted(self.distances, found, side="left")
        return (len(self.distances) - worse).astype(np.int8)
