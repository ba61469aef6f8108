"""Texts of a fixed number of digits (identity numbers, mobiles, dates) as words of eight bytes: who differs where?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from numpy.lib.stride_tricks import sliding_window_view

from matching.arrays import Mask
from matching.texts import Starts, bytes_of, points_of

Digits = npt.NDArray[np.uint8]
#: Digits of a text, eight to a word, the first in the lowest byte.
Words = npt.NDArray[np.uint64]

_WORD = 8
_NOT_ASCII = ord("?")


@dataclass(frozen=True)
class Differences:
    """Per pair: places both sides know, how many of these differ, are two neighbours swapped, and is that all?"""

    n_known: npt.NDArray[np.int64]
    n_differ: npt.NDArray[np.int64]
    has_swap: Mask
    is_swap: Mask


def digit_words(texts: pa.LargeStringArray, width: int) -> Words:
    """One row a text and a last one of zeros: character codes; 0 for `*` and behind the end of a shorter text."""
    matrix = np.zeros((len(texts) + 1, -(-width // _WORD) * _WORD), dtype=np.uint8)
    is_ascii = np.asarray(pc.string_is_ascii(texts), dtype=bool)
    bytes_, starts = bytes_of(texts)
    lengths = np.where(is_ascii, np.diff(starts), 0)
    for length in np.flatnonzero(np.bincount(lengths))[1 if (lengths == 0).any() else 0 :]:
        rows = np.flatnonzero(lengths == length)
        kept = min(int(length), width)
        matrix[rows, :kept] = sliding_window_view(bytes_, kept)[starts[rows]]
    _lay_out(texts, np.flatnonzero(~is_ascii), matrix, width)
    matrix[matrix == ord("*")] = 0
    return matrix.view("<u8").astype(np.uint64, copy=False)


def _lay_out(texts: pa.LargeStringArray, rows: Starts, matrix: Digits, width: int) -> None:
    """Texts with other characters, each of which is one place."""
    points = points_of(texts.take(pa.array(rows)))
    places, owners = points.places(), points.owners()
    is_kept = places < width
    shown = np.where(points.points > 0x7F, _NOT_ASCII, points.points).astype(np.uint8)
    matrix[rows[owners[is_kept]], places[is_kept]] = shown[is_kept]


def digits_of(words: Words, width: int) -> Digits:
    """Rows of words as rows of digits."""
    return np.asarray(
        words.astype("<u8", copy=False).view(np.uint8).reshape(len(words), words.shape[1] * _WORD)[:, :width]
    )


def differences(a: Digits, b: Digits) -> Differences:
    """Compare rows place by place."""
    known = (a > 0) & (b > 0)
    differ = known & (a != b)
    n_differ = differ.sum(axis=1)
    crossed = (a[:, :-1] == b[:, 1:]) & (a[:, 1:] == b[:, :-1]) & differ[:, :-1] & differ[:, 1:]
    has_swap = crossed.any(axis=1)
    return Differences(known.sum(axis=1), n_differ, has_swap, (n_differ == 2) & has_swap)
