"""Which array types does matching hand around, and how does a column become integer codes?

Columns, not rows: every value is coded once over a vocabulary that both sides share; pairs are two position arrays.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

Positions = npt.NDArray[np.int64 | np.int32]
Codes = npt.NDArray[np.int64 | np.int32]
#: What is kept of every record or every pair: positions, codes and pattern numbers of four bytes.
Small = npt.NDArray[np.int32]
Levels = npt.NDArray[np.int8]
Bits = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]

#: By how many slots a number is looked for in, for each that may be found, and what spreads numbers over them.
_SLOTS, _ODD = 8, np.uint64(0x9E3779B97F4A7C15)

#: Pairs whose levels are computed in one go: bounds the memory of the kernels whatever the number of pairs.
CHUNK_PAIRS = 1 << 18


def encode(column: pd.Series) -> tuple[Small, Objects]:
    """Integer code per row (-1 for null) and the distinct values that the codes point into.

    A categorical column (see `matching.coding`) has its codes already; categories that no row has may be among them.
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        return codes_of(column), column.cat.categories.to_numpy(dtype=object)
    codes, values = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=True)
    return codes.astype(np.int32), np.asarray(values, dtype=object)


def codes_of(column: pd.Series) -> Small:
    """The codes alone: the vocabulary of a categorical column is not touched."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.cat.codes, dtype=np.int32)
    return encode(column)[0]


def encode_together(columns: list[pd.Series]) -> Small:
    """One code per row for several columns taken together; -1 where any of them is null."""
    return join_columns([codes_of(column) for column in columns])


def join_columns(columns: list[Small], among: Mask | None = None) -> Small:
    """One code per row for several columns of codes; -1 where any of them is -1.

    among: rows; where they are given, a combination that none of them has may be -1 too.
    """
    together = columns[0]
    for codes in columns[1:]:
        packed = together.astype(np.int64) * (int(codes.max(initial=0)) + 1) + codes
        packed[(together < 0) | (codes < 0)] = -1
        # Coding again after each column keeps the product of vocabularies inside 64 bits.
        together = _dense(packed, among)
    return together


def only_among(codes: Small, among: Mask | None) -> Small:
    """The codes that some row of `among` has; -1 for any other."""
    if among is None:
        return codes
    is_theirs = np.zeros(int(codes.max(initial=-1)) + 2, dtype=bool)
    is_theirs[codes[among]] = True
    # The last slot is that of null.
    is_theirs[-1] = False
    return np.where(is_theirs[codes], codes, np.int32(-1))


def _dense(packed: Codes, among: Mask | None = None) -> Small:
    """Codes from 0 in order of appearance (among some of the rows); what is below 0 stays -1."""
    known = packed >= 0
    listed = known if among is None else known & among
    out = np.full(len(packed), -1, dtype=np.int32)
    out[listed], distinct = pd.factorize(packed[listed])
    if among is not None:
        rest = np.flatnonzero(known & ~among)
        rest = rest[_may_be_among(packed[rest], distinct)]
        out[rest] = pd.Index(distinct).get_indexer(pd.Index(packed[rest]))
    return out


def _may_be_among(packed: Codes, wanted: Codes) -> Mask:
    """Which numbers may be among some few? All that are, and of the others those that share a slot with one: a look at
    a small table, where looking them up would be a search in a large one."""
    n_bits = max(16, int(len(wanted) * _SLOTS).bit_length())
    is_taken = np.zeros(1 << n_bits, dtype=bool)
    is_taken[_slots(wanted, n_bits)] = True
    return np.asarray(is_taken[_slots(packed, n_bits)])


def _slots(packed: Codes, n_bits: int) -> npt.NDArray[np.uint64]:
    """Multiplied, wrapping around on purpose, a number's upper bits are as good as drawn by lot."""
    return (packed.astype(np.uint64) * _ODD) >> np.uint64(64 - n_bits)


def distinct_pairs(left: npt.NDArray[np.integer], right: npt.NDArray[np.integer]) -> tuple[Codes, Codes, Positions]:
    """The distinct unordered pairs of codes (smaller first) and, for each given pair, which of them it is."""
    low, high = np.minimum(left, right), np.maximum(left, right)
    size = int(high.max(initial=0)) + 1
    which, packed = pd.factorize(low.astype(np.int64) * size + high)
    return packed // size, packed % size, which.astype(np.int64)


def distinct_rows(*codes: npt.NDArray[np.integer]) -> tuple[Codes, Positions]:
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
