"""What does a night keep so that the next compares only what changed? Records coded, keys of nothing but positions.

Columns hold what normalised records say: whoever puts a memory on disk seals it (`flows.night`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from matching.arrays import Levels, Mask, Objects, Positions, Small, codes_of
from matching.coding import arrow_text, of_codes

Hashes = npt.NDArray[np.uint64]
Packed = npt.NDArray[np.int64]
#: Candidate pairs beyond which a night keeps nothing: nine bytes each would outgrow what matching may use.
MOST_CANDIDATES = 150_000_000


@dataclass(frozen=True)
class RecordMarks:
    """Per record, in order of `ids` (sorted unique_id): what tells whether it must be compared again.

    said: hash of what the record itself says; mobile, number: hashes of the values whose sharing counts (0: none);
    normalised: hash of its normalised row; open_keys: which of its blocking keys make pairs (bit by bit).
    """

    ids: Objects
    said: Hashes
    mobile: Hashes
    number: Hashes
    normalised: Hashes
    open_keys: Hashes

    def take(self, rows: Mask | Positions) -> RecordMarks:
        """Those of some of the records."""
        return RecordMarks(*(getattr(self, part.name)[rows] for part in fields(self)))


@dataclass(frozen=True)
class PairList:
    """Pairs of positions, smaller first, and a number each: the first blocking rule, or the packed levels."""

    left: Small
    right: Small
    number: Small | Packed | Levels

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
    """The comparisons of a night: records coded (categorical columns), candidate pairs with their first rule, and the
    packed levels of pairs that were kept (`kept_rule` tells by which rule) or weighed otherwise."""

    marks: RecordMarks
    coded: pd.DataFrame
    candidates: PairList
    kept: PairList
    kept_rule: Small
    weighed: PairList

    @property
    def ids(self) -> Objects:
        """unique_id of every record, sorted."""
        return self.marks.ids


def used_only(column: pd.Series) -> pd.Series:
    """A coded column without texts that no row has: what is gone from the sources goes from the memory."""
    codes = codes_of(column)
    values = arrow_text(pd.Series(column.cat.categories))
    is_used = np.zeros(len(values) + 1, dtype=bool)
    is_used[codes] = True
    is_used[-1] = False
    place = np.append(np.cumsum(is_used[:-1], dtype=np.int32) - 1, -1).astype(np.int32)
    return of_codes(place[codes], values.filter(pa.array(is_used[:-1])), column.index)


def put_together(old: pd.Series, rows: Positions, new: pd.Series, is_new: Mask) -> pd.Series:
    """A coded column: rows `rows` of the old one, and where `is_new` the rows of the new one in order."""
    known, fresh = (arrow_text(pd.Series(column.cat.categories)) for column in (old, new))
    found = _index_in(fresh, known)
    unknown = np.flatnonzero(found < 0)
    found[unknown] = len(known) + np.arange(len(unknown), dtype=np.int32)
    codes = np.append(codes_of(old), np.int32(-1))[np.where(is_new, -1, rows)]
    codes[is_new] = np.append(found, np.int32(-1))[codes_of(new)]
    return used_only(of_codes(codes, pa.concat_arrays([known, fresh.take(pa.array(unknown))])))


def _index_in(values: pa.Array, among: pa.Array) -> Small:
    found = pa.compute.index_in(values, value_set=among)
    return np.array(found.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int32)
