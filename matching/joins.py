"""Which positions of two code arrays meet, and which brands of two lists are one slip apart?

Counting joins on integer codes, made slice by slice; a key shared by too many brands tells nothing and is left out.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_array

from data.values.coded import text_array
from matching.arrays import Codes, Positions, Small
from matching.comparisons.employer import near_brands, readings_of
from matching.texts import Points, points_of, starts_of

Texts = npt.NDArray[np.object_]
#: The position of the text that each key is of, and the keys.
Keyed = tuple[Positions, pa.LargeStringArray]

#: More brands than this under one key (all that begin 金海 ...): the key says nothing any more.
MAX_NEAR_BLOCK = 300


class Join:
    """All pairs of positions (left, right) with equal codes from 0 up, numbered by left, then by right.

    Any slice of them can be made on its own: however skewed the codes are, work comes in pieces of one size. A code
    that stands more than `max_block` times on the right gives no pairs. by_code: numbered by code before anything
    else, so that pairs that follow one another have records in common, which then are at hand.
    """

    def __init__(self, left: Small, right: Small, max_block: int | None = None, *, by_code: bool = False) -> None:
        size = int(max(left.max(initial=-1), right.max(initial=-1))) + 1
        rows, starts = _sorted_by_code(right, size)
        self._right = rows.astype(np.int32)
        able = _sorted_by_code(left, size)[0] if by_code else np.flatnonzero(left >= 0)
        start, count = starts[left[able]], np.diff(starts)[left[able]]
        met = count > 0 if max_block is None else (count > 0) & (count <= max_block)
        self._left = able[met].astype(np.int32)
        self._start = start[met]
        self._ends = np.cumsum(count[met])

    @property
    def n_pairs(self) -> int:
        """How many pairs there are."""
        return int(self._ends[-1]) if len(self._ends) else 0

    def pairs(self, start: int, stop: int) -> tuple[Small, Small]:
        """The pairs with numbers from `start` up to `stop`."""
        first = int(np.searchsorted(self._ends, start, side="right"))
        last = int(np.searchsorted(self._ends, stop, side="left")) + 1
        ends = self._ends[first:last]
        begins = np.append(self._ends[first - 1] if first else 0, ends[:-1])[: len(ends)]
        counts = np.minimum(ends, stop) - np.maximum(begins, start)
        # Where the partners of each left row begin on the right, less the number of the pair that meets them first.
        at = np.repeat(self._start[first:last] - begins, counts)
        at += np.arange(start, start + len(at))
        return np.repeat(self._left[first:last], counts), self._right[at]


def _sorted_by_code(codes: Small, size: int) -> tuple[Positions, Positions]:
    """Rows by code, in each code in order, those below 0 left out; where each code begins. A counting sort."""
    keyed = np.flatnonzero(codes >= 0)
    each = np.arange(len(keyed) + 1, dtype=np.int32)
    ones = np.ones(len(keyed), dtype=np.int8)
    by_code = csr_array((ones, codes[keyed], each), shape=(len(keyed), max(size, 1))).tocsc()  # type: ignore[no-untyped-call]
    return keyed[by_code.indices], by_code.indptr.astype(np.int64)


def join_equal(left: Codes | Small, right: Codes | Small, max_block: int | None = None) -> tuple[Positions, Positions]:
    """All pairs of positions with the same code from 0 up, ordered by left, then by right."""
    join = Join(left.astype(np.int32), right.astype(np.int32), max_block)
    rows, columns = join.pairs(0, join.n_pairs)
    return rows.astype(np.int64), columns.astype(np.int64)


def join_codes(left: Codes, right: Codes, max_block: int | None = None) -> tuple[Positions, Positions]:
    """The same for codes of which 0 means none."""
    return join_equal(left - 1, right - 1, max_block)


def near_brand_pairs(left: Texts, right: Texts) -> tuple[Positions, Positions]:
    """Positions of brands (distinct on each side) that sound alike, are one slip apart, or begin or end one another.

    Brands one change, one gap or one swap apart share a text with one character left out, or one of them is that text.
    """
    brands = [text_array(texts) for texts in (left, right)]
    sounds = [text_array(readings_of(pd.Series(texts, dtype=object)).to_numpy()) for texts in (left, right)]
    alike = _meeting(*map(_whole, sounds))
    slips = [_meeting(*map(keys_of, brands)) for keys_of in (_one_left_out, _head, _tail)]
    rows, columns = (np.concatenate(positions) for positions in zip(*slips, strict=True))
    is_near = near_brands(left[rows], right[columns])
    rows, columns = np.concatenate([alike[0], rows[is_near]]), np.concatenate([alike[1], columns[is_near]])
    packed = np.unique(rows * max(len(right), 1) + columns)
    return packed // max(len(right), 1), packed % max(len(right), 1)


def _meeting(left: Keyed, right: Keyed) -> tuple[Positions, Positions]:
    """Positions that share a key."""
    (owners_l, keys_l), (owners_r, keys_r) = left, right
    codes = np.asarray(pa.concat_arrays([keys_l, keys_r]).dictionary_encode().indices, dtype=np.int32)
    rows, columns = join_equal(codes[: len(keys_l)], codes[len(keys_l) :], MAX_NEAR_BLOCK)
    return owners_l[rows], owners_r[columns]


def _whole(texts: pa.LargeStringArray) -> Keyed:
    return _of_length(texts, 1)


def _head(texts: pa.LargeStringArray) -> Keyed:
    owners, able = _of_length(texts, 2)
    return owners, pc.utf8_slice_codeunits(able, 0, 2)


def _tail(texts: pa.LargeStringArray) -> Keyed:
    owners, able = _of_length(texts, 2)
    return owners, pc.utf8_slice_codeunits(able, -2)


def _one_left_out(texts: pa.LargeStringArray) -> Keyed:
    """The text itself, and all that is left of it without one character, each once."""
    owners, able = _of_length(texts, 3)
    points = points_of(able)
    text = points.owners()
    # Of characters that stand twice or more in a row it does not matter which is left out.
    ends = (np.diff(points.points.astype(np.int64), append=-1) != 0) | (np.diff(text, append=-1) != 0)
    at = np.flatnonzero(ends)
    rest = points.take(text[at])
    without = np.delete(rest.points, rest.starts[:-1] + points.places()[at])
    left_out = Points(without, starts_of(rest.lengths - 1)).texts()
    return np.concatenate([owners, owners[text[at]]]), pa.concat_arrays([able, left_out])


def _of_length(texts: pa.LargeStringArray, shortest: int) -> Keyed:
    """The texts of so many characters or more, and their positions."""
    positions = np.flatnonzero(pc.utf8_length(texts).to_numpy() >= shortest)
    return positions, texts.take(pa.array(positions))
