"""Which positions of two code arrays meet, and which brands of two lists are one slip apart?

Counting joins on integer codes; a key shared by too many brands tells nothing and is left out.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.arrays import Codes, Positions
from matching.comparisons.employer import near_brands, readings_of

Texts = npt.NDArray[np.object_]

#: More brands than this under one key (all that begin 金海 ...): the key says nothing any more.
MAX_NEAR_BLOCK = 300


def join_codes(left: Codes, right: Codes, max_block: int | None = None) -> tuple[Positions, Positions]:
    """All pairs of positions with the same code above 0, ordered by left.

    A code that stands more than `max_block` times on the right gives no pairs.
    """
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    start = np.searchsorted(ordered, left, side="left")
    count = np.where(left > 0, np.searchsorted(ordered, left, side="right") - start, 0)
    if max_block is not None:
        count = np.where(count > max_block, 0, count)
    rows = np.repeat(np.arange(len(left)), count)
    offset = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    return rows, order[np.repeat(start, count) + offset]


def near_brand_pairs(left: Texts, right: Texts) -> tuple[Positions, Positions]:
    """Positions of brands (distinct on each side) that sound alike, are one slip apart, or begin or end one another.

    Brands one change, one gap or one swap apart share a text with one character left out, or one of them is that text.
    """
    alike = _meeting(readings_of(pd.Series(left)).to_numpy(), readings_of(pd.Series(right)).to_numpy(), _whole)
    slips = [_meeting(left, right, keys) for keys in (_one_left_out, _head, _tail)]
    rows, columns = (np.concatenate(positions) for positions in zip(*slips, strict=True))
    is_near = near_brands(left[rows], right[columns])
    rows, columns = np.concatenate([alike[0], rows[is_near]]), np.concatenate([alike[1], columns[is_near]])
    packed = np.unique(rows * max(len(right), 1) + columns)
    return packed // max(len(right), 1), packed % max(len(right), 1)


def _meeting(left: Texts, right: Texts, keys_of: Callable[[str], set[str]]) -> tuple[Positions, Positions]:
    """Positions that share a key."""
    owners_l, keys_l = _keys(left, keys_of)
    owners_r, keys_r = _keys(right, keys_of)
    codes = pd.factorize(np.concatenate([keys_l, keys_r]))[0].astype(np.int64) + 1
    rows, columns = join_codes(codes[: len(keys_l)], codes[len(keys_l) :], MAX_NEAR_BLOCK)
    return owners_l[rows], owners_r[columns]


def _keys(texts: Texts, keys_of: Callable[[str], set[str]]) -> tuple[Positions, Texts]:
    """Every key of every text, and the position of its text."""
    keys = [sorted(keys_of(text)) for text in texts]
    owners = np.repeat(np.arange(len(texts)), [len(each) for each in keys])
    return owners, np.array([key for each in keys for key in each], dtype=object)


def _whole(text: str) -> set[str]:
    return {text} if text else set()


def _head(text: str) -> set[str]:
    return {text[:2]} if len(text) > 1 else set()


def _tail(text: str) -> set[str]:
    return {text[-2:]} if len(text) > 1 else set()


def _one_left_out(text: str) -> set[str]:
    return {text, *(text[:i] + text[i + 1 :] for i in range(len(text)))} if len(text) > 2 else set()
