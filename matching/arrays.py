"""Which array types does matching hand around, and how does a column become integer codes?

Columns, not rows: every value is coded once over a vocabulary that both sides share; pairs are two position arrays.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

Positions = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Bits = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

#: Pairs whose levels are computed in one go: bounds the memory of the kernels whatever the number of pairs.
CHUNK_PAIRS = 1 << 18


def encode(column: pd.Series) -> tuple[Codes, npt.NDArray[np.object_]]:
    """Integer code per row (-1 for null) and the distinct values that the codes point into."""
    codes, values = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=True)
    return codes.astype(np.int64), np.asarray(values, dtype=object)


def encode_together(columns: list[pd.Series]) -> Codes:
    """One code per row for several columns taken together; -1 where any of them is null."""
    together = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        codes, values = encode(column)
        combined = np.where((together < 0) | (codes < 0), -1, together * max(len(values), 1) + codes)
        # Coding again after each column keeps the product of vocabularies inside 64 bits.
        distinct, again = np.unique(combined, return_inverse=True)
        together = again.astype(np.int64) - int(len(distinct) > 0 and distinct[0] < 0)
    return together


def distinct_pairs(left: Codes, right: Codes) -> tuple[Codes, Codes, Positions]:
    """The distinct unordered pairs of codes (smaller first) and, for each given pair, which of them it is."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    size = int(high.max(initial=0)) + 1
    which, packed = pd.factorize(low * size + high)
    return packed // size, packed % size, which.astype(np.int64)


def distinct_rows(*codes: Codes) -> tuple[Codes, Positions]:
    """Rows of several columns of codes (none below 0): which distinct row each is, and the first of each."""
    together = np.zeros(len(codes[0]), dtype=np.int64)
    for column in codes:
        found, _ = pd.factorize(together * (int(column.max(initial=0)) + 1) + column)
        together = found.astype(np.int64)
    return together, np.unique(together, return_index=True)[1]


def chunks(n_rows: int, size: int = CHUNK_PAIRS) -> Iterator[slice]:
    """Slices that cover `n_rows` rows in order."""
    for start in range(0, n_rows, size):
        yield slice(start, min(start + size, n_rows))
