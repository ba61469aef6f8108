"""What does a night keep so that the next compares only what changed? Records coded, pairs that mattered, counts.

Columns hold what normalised records say: whoever puts a memory on disk seals it (`flows.night`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from data.values.coded import Coded
from matching.arrays import Codes, Mask, Positions, Small
from matching.blocking import Rule

Hashes = npt.NDArray[np.uint64]
Packed = npt.NDArray[np.int64]
Flags = npt.NDArray[np.int8]


@dataclass(frozen=True)
class RecordMarks:
    """Per record, in order of unique_id: what tells whether it must be compared again.

    said: hash of what the record itself says; mobile, number: hashes of the values whose sharing counts (0: none);
    counts: which of the two do (`what_counts`); capped_keys: which of its blocking keys are left out, being too many's.
    """

    said: Hashes
    mobile: Hashes
    number: Hashes
    counts: Flags
    capped_keys: Hashes

    def take(self, rows: Mask | Positions) -> RecordMarks:
        """Those of some of the records."""
        return RecordMarks(*(getattr(self, part.name)[rows] for part in fields(self)))


@dataclass(frozen=True)
class PairList:
    """Pairs of positions, smaller first, and a number each: the packed levels, or where more is told of the pair."""

    left: Small
    right: Small
    number: Small | Packed

    @classmethod
    def none(cls) -> PairList:
        """No pairs."""
        empty = np.zeros(0, dtype=np.int32)
        return cls(empty, empty, empty)

    def __len__(self) -> int:
        return len(self.left)

    def moved(self, place: Positions) -> PairList:
        """The pairs at new positions; those of which a record has none (-1) are gone."""
        left, right = place[self.left], place[self.right]
        stays = (left >= 0) & (right >= 0)
        return PairList(left[stays].astype(np.int32), right[stays].astype(np.int32), self.number[stays])

    def followed_by(self, more: PairList) -> PairList:
        """These pairs and more."""
        pairs = ((getattr(self, part.name), getattr(more, part.name)) for part in fields(self))
        return PairList(*(np.concatenate(both) for both in pairs))


@dataclass(frozen=True)
class Memory:
    """The comparisons of a night: unique_id of every record, ascending; records coded (categorical columns); the blocks
    of every rule and how many pairs it was the first to make; and the packed levels of pairs that were kept
    (`kept_rule` tells by which rule) or weighed otherwise."""

    ids: pa.LargeStringArray
    marks: RecordMarks
    coded: pd.DataFrame
    rules: list[Rule]
    n_by_rule: Codes
    kept: PairList
    kept_rule: Small
    weighed: PairList


def put_together(old: pd.Series, rows: Positions, new: pd.Series, is_new: Mask) -> pd.Series:
    """A coded column: rows `rows` of the old one, and where `is_new` the rows of the new one in order."""
    known, fresh = Coded.of(old), Coded.of(new)
    found = _index_in(fresh.values, known.values)
    unknown = np.flatnonzero(found < 0)
    found[unknown] = len(known.values) + np.arange(len(unknown), dtype=np.int32)
    codes = np.append(known.codes, np.int32(-1))[np.where(is_new, -1, rows)]
    codes[is_new] = np.append(found, np.int32(-1))[fresh.codes]
    values = pa.concat_arrays([known.values, fresh.values.take(pa.array(unknown))]) if len(unknown) else known.values
    return Coded(codes, values).used().series()


def _index_in(values: pa.Array, among: pa.Array) -> Small:
    """Where each of some few distinct texts stands among many distinct ones; -1 for nowhere."""
    which = pa.compute.index_in(among, value_set=values).fill_null(-1).to_numpy(zero_copy_only=False)
    found = np.full(len(values), -1, dtype=np.int32)
    at = np.flatnonzero(which >= 0)
    found[which[at]] = at
    return found
