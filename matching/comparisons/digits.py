"""Texts of a fixed number of digits (identity numbers, mobiles, dates) as byte matrices: who differs where?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.arrays import Codes, Mask, Positions

Digits = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Differences:
    """Per pair: places both sides know, how many of these differ, are two neighbours swapped, and is that all?"""

    n_known: npt.NDArray[np.int64]
    n_differ: npt.NDArray[np.int64]
    has_swap: Mask
    is_swap: Mask


def digit_matrix(codes: Codes, values: npt.NDArray[np.object_], width: int) -> Digits:
    """One row a record: character codes; 0 for `*`, for null and behind the end of a shorter text."""
    joined = "".join(str(value)[:width].ljust(width, "*") for value in values).encode("ascii", "replace")
    distinct = np.frombuffer(joined, dtype=np.uint8).reshape(-1, width).copy()
    distinct[distinct == ord("*")] = 0
    return np.asarray(np.vstack([distinct, np.zeros((1, width), dtype=np.uint8)])[codes])


def differences(digits: Digits, left: Positions, right: Positions) -> Differences:
    """Compare rows of one matrix place by place."""
    a, b = digits[left], digits[right]
    known = (a > 0) & (b > 0)
    differ = known & (a != b)
    n_differ = differ.sum(axis=1)
    crossed = (a[:, :-1] == b[:, 1:]) & (a[:, 1:] == b[:, :-1]) & differ[:, :-1] & differ[:, 1:]
    has_swap = crossed.any(axis=1)
    return Differences(known.sum(axis=1), n_differ, has_swap, (n_differ == 2) & has_swap)
