"""Kernel of blocking: which pairs of a slice are made here, and not by an earlier key or rule?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.arrays import Mask
from matching.kernels.compiler import compiled, inlined

Rows = npt.NDArray[np.int32]


@inlined
def _share(keys: Rows, left: int, right: int, start: int, own_stop: int, stop: int) -> bool:
    """Has the right row, between `start` and `stop`, one of the left row's keys from `start` up to `own_stop`?"""
    for own in range(start, own_stop):
        key = keys[left, own]
        if key >= 0:
            for other in range(start, stop):
                if keys[right, other] == key:
                    return True
    return False


@compiled
def new_pairs(keys: Rows, starts: Rows, number: int, is_both: Mask, slot: Rows, left: Rows, right: Rows) -> Mask:
    """keys: of all rules side by side, those of rule i from starts[i] up to starts[i + 1]; number: of this rule.

    slot: of the left row's keys the one that made the pair. is_both: rows that stand on both sides.
    """
    out = np.empty(len(left), dtype=np.bool_)
    for pair in range(len(left)):
        l, r = left[pair], right[pair]  # noqa: E741 - left and right
        is_new = l < r or not (is_both[l] and is_both[r])
        if is_new:
            is_new = not _share(keys, l, r, starts[number], starts[number] + slot[pair], starts[number + 1])
        for rule in range(number):
            if not is_new:
                break
            is_new = not _share(keys, l, r, starts[rule], starts[rule + 1], starts[rule + 1])
        out[pair] = is_new
    return out
