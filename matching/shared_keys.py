"""Have two records a blocking key in common? Asked of millions of pairs, of one rule or of all before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from matching.arrays import Mask, Positions, Small
from matching.kernels import are_compiled


@dataclass(frozen=True)
class AllKeys:
    """The keys of all rules side by side, one row a record: those of rule i are columns starts[i] to starts[i + 1]."""

    columns: Small
    starts: Small

    @classmethod
    def of(cls, keys: Sequence[Small]) -> Self:
        """Those of some rules, at least one."""
        widths = [0, *(part.shape[1] for part in keys)]
        return cls(np.concatenate(keys, axis=1), np.cumsum(widths).astype(np.int32))

    def of_rule(self, number: int) -> Small:
        """The keys of one rule."""
        return self.columns[:, self.starts[number] : self.starts[number + 1]]

    def are_new(self, number: int, is_both: Mask, slot: Small, left: Small, right: Small) -> Mask:
        """Which pairs of a rule come to be here? Not those that an earlier rule makes, an earlier one of the left row's
        keys (slot: the one that made the pair), or the pair turned around where both rows stand on both sides."""
        if are_compiled():
            from matching.kernels.blocking import new_pairs

            return new_pairs(self.columns, self.starts, number, is_both, slot, left, right)
        own = self.of_rule(number)
        found = (left < right) | ~(is_both[left] & is_both[right])
        if own.shape[1] > 1:
            found &= ~_share_before(own, left, right, slot)
        for earlier in range(number):
            rows = np.flatnonzero(found)
            found[rows] = ~share_key(self.of_rule(earlier), left[rows], right[rows])
        return found


def share_key(keys: Small, left: Positions | Small, right: Positions | Small) -> Mask:
    """Do the two rows of each pair have a key in common?"""
    if keys.shape[1] == 1:
        own = keys[:, 0][left]
        return np.asarray((own == keys[:, 0][right]) & (own >= 0))
    return _share_before(keys, left, right, np.full(len(left), keys.shape[1], dtype=np.int32))


def _share_before(keys: Small, left: Positions | Small, right: Positions | Small, slot: Small) -> Mask:
    """Do the two rows have a key in common that stands before `slot` among the left row's keys?"""
    of_left, of_right = keys[left], keys[right]
    found = np.zeros(len(left), dtype=bool)
    for one in range(keys.shape[1]):
        own = of_left[:, one]
        able = (own >= 0) & (one < slot)
        if able.any():
            found |= able & (of_right == own[:, None]).any(axis=1)
    return found
