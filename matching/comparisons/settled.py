"""Codes that tell if stronger evidence holds the value already: twice the code, plus one where it does; -1 null."""

from __future__ import annotations

import numpy as np
import pandas as pd

from matching.arrays import Mask
from matching.texts import Codes32


def settled_codes(codes: Codes32, settled: pd.Series | None = None) -> Codes32:
    """settled: a column that is not null where the value is settled."""
    is_settled = np.zeros(len(codes), dtype=bool) if settled is None else settled.notna().to_numpy(dtype=bool)
    return np.where(codes < 0, -1, 2 * codes + is_settled).astype(np.int32)


def is_missing(a: Codes32, b: Codes32) -> Mask:
    """Is there nothing to compare: a null, or both settled?"""
    return np.asarray((a < 0) | (b < 0) | (a & b & 1 > 0), dtype=bool)
