"""A pair of records as one number, whichever comes first: two lists of pairs are compared so."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

Keys = npt.NDArray[np.uint64]

_ODD = np.uint64(0x9E3779B97F4A7C15)


def record_keys(unique_ids: Sequence[str] | npt.NDArray[np.object_] | pd.Series) -> Keys:
    """64-bit hash of each unique_id, the same on every machine."""
    return np.asarray(pd.util.hash_array(np.asarray(unique_ids, dtype=object), categorize=False), dtype=np.uint64)


def mix_keys(left: Keys, right: Keys) -> Keys:
    """One number for each pair of record keys, the same for (a, b) and (b, a)."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    # Multiplication wraps around on purpose: arithmetic modulo 2^64.
    mixed = (low * _ODD) ^ (high + (low >> np.uint64(29)))
    return np.asarray(mixed, dtype=np.uint64)


def pair_keys(
    left_ids: Sequence[str] | npt.NDArray[np.object_] | pd.Series,
    right_ids: Sequence[str] | npt.NDArray[np.object_] | pd.Series,
) -> Keys:
    """Key of each pair of unique_ids, in the order given."""
    return mix_keys(record_keys(left_ids), record_keys(right_ids))
