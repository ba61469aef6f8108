"""Comparison vectors with a memory: a pair compared last night is looked up, any other is compared when asked for."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.values.coded import Coded
from matching.arrays import Levels, Positions, Small
from matching.engine_spec import EngineSpec
from matching.incremental_memory import Packed, PairList
from matching.vectors import Patterns, Vectors


class RememberingVectors(Vectors):
    """Vectors of a coded frame, of which only the rows are made ready that somebody asks about.

    known: pairs of positions with packed levels of last night; whole: the vectors of all rows, where they were made
    ready anyhow. What was asked can be had as `asked`.
    """

    def __init__(self, coded: pd.DataFrame, spec: EngineSpec, known: PairList, whole: Vectors | None = None) -> None:
        # Not made ready as those of `Vectors`: only the numbers of levels are needed before somebody asks.
        self._sizes = [len(comparison.levels) + 1 for comparison in spec.comparisons]
        self._coded, self._spec, self._whole = coded, spec, whole
        packed = _together(known.left, known.right, len(coded))
        order = np.argsort(packed, kind="stable")
        self._known, self._levels = packed[order], known.number.astype(np.int64)[order]
        self._asked: list[PairList] = []

    def patterns(self, left: Positions | Small, right: Positions | Small) -> Patterns:
        """Compare pairs of positions; those that are known are looked up."""
        wanted = _together(left, right, len(self._coded))
        at = np.minimum(np.searchsorted(self._known, wanted), max(len(self._known) - 1, 0))
        is_known = self._known[at] == wanted if len(self._known) else np.zeros(len(wanted), dtype=bool)
        packed = np.zeros(len(wanted), dtype=np.int64)
        packed[is_known] = self._levels[at[is_known]]
        rest = np.flatnonzero(~is_known)
        packed[rest] = pack_levels(self._compared(left[rest], right[rest]), self._spec)
        self._asked.append(PairList(*_ordered(left, right), packed))
        distinct, of_pair = np.unique(packed, return_inverse=True)
        return Patterns(self.unpack(distinct), of_pair)

    @property
    def asked(self) -> PairList:
        """All pairs asked about, each once."""
        found = PairList.none()
        for more in self._asked:
            found = found.followed_by(more)
        _, first = np.unique(_together(found.left, found.right, len(self._coded)), return_index=True)
        return PairList(found.left[first], found.right[first], found.number[first])

    def _compared(self, left: Positions | Small, right: Positions | Small) -> Levels:
        """Levels of pairs that nobody compared before, one row a pair."""
        if self._whole is not None:
            found = self._whole.patterns(left, right)
            return found.levels[found.of_pair]
        if not len(left):
            return np.zeros((0, len(self._spec.comparisons)), dtype=np.int8)
        rows, place = np.unique(np.concatenate([left, right]), return_inverse=True)
        part = Vectors(some_rows(self._coded, rows), self._spec)
        found = part.patterns(place[: len(left)], place[len(left) :])
        return found.levels[found.of_pair]


def some_rows(coded: pd.DataFrame, rows: Positions) -> pd.DataFrame:
    """Rows of a coded frame over a vocabulary of their own."""
    part = coded.iloc[rows].reset_index(drop=True)
    return pd.DataFrame(
        {name: Coded.of(column).used().series(part.index) for name, column in part.items()}, index=part.index
    )


def pack_levels(levels: Levels, spec: EngineSpec) -> Packed:
    """One number for all levels of each row: what `Vectors.unpack` takes apart."""
    packed = np.zeros(len(levels), dtype=np.int64)
    for number, comparison in enumerate(spec.comparisons):
        packed = packed * (len(comparison.levels) + 1) + levels[:, number] + 1
    return packed


def _ordered(left: Positions | Small, right: Positions | Small) -> tuple[Small, Small]:
    return np.minimum(left, right).astype(np.int32), np.maximum(left, right).astype(np.int32)


def _together(left: Positions | Small, right: Positions | Small, n_rows: int) -> Packed:
    low, high = _ordered(left, right)
    return low.astype(np.int64) * max(n_rows, 1) + high
