"""How do texts become arrays? Codes over distinct values, and the code points of these, without a loop over texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.values.coded import Coded as CodedTexts
from data.values.coded import is_coded
from matching.arrays import Mask, encode

Codes32 = npt.NDArray[np.int32]
Starts = npt.NDArray[np.int64]
_TEXT = pa.large_string()
#: A column: code per record (-1 for null) and the texts that the codes point into.
Coded = tuple[Codes32, pa.LargeStringArray]


@dataclass(frozen=True)
class Points:
    """Texts as code points, one behind the other: text i is `points[starts[i] : starts[i + 1]]`."""

    points: npt.NDArray[np.uint32]
    starts: Starts

    @property
    def lengths(self) -> Starts:
        """How many characters each text has."""
        return np.diff(self.starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def places(self) -> Starts:
        """Place of each code point in its text, from 0."""
        return np.arange(len(self.points)) - np.repeat(self.starts[:-1], self.lengths)

    def owners(self) -> Starts:
        """Number of the text of each code point."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def distinct(self) -> Starts:
        """The code points that stand in them, ascending."""
        return np.flatnonzero(np.bincount(self.points)) if len(self.points) else np.zeros(0, dtype=np.int64)

    def take(self, rows: npt.NDArray[np.integer]) -> Points:
        """Some of the texts, in the given order."""
        lengths = self.lengths[rows]
        starts = starts_of(lengths)
        where = np.repeat(self.starts[:-1][rows] - starts[:-1], lengths) + np.arange(starts[-1])
        return Points(self.points[where], starts)

    def texts(self) -> pa.LargeStringArray:
        """The texts themselves."""
        n_bytes = 1 + (self.points > 0x7F) + (self.points > 0x7FF) + (self.points > 0xFFFF)
        ends = np.concatenate([[0], np.cumsum(n_bytes, dtype=np.int64)])[self.starts]
        joined = self.points.astype("<u4").tobytes().decode("utf-32-le").encode()
        return pa.LargeStringArray.from_buffers(len(self), pa.py_buffer(ends), pa.py_buffer(joined))


def starts_of(lengths: npt.NDArray[np.integer]) -> Starts:
    """Where each of several stretches begins, and the end of all."""
    return np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])


def text_codes(column: pd.Series) -> tuple[Codes32, pa.LargeStringArray]:
    """Code per row (-1 for null) and the distinct texts that the codes point into; every text has a row."""
    if is_coded(column):
        used = CodedTexts.of(column).used()
        return used.codes, used.values
    try:
        coded = pa.array(column.to_numpy(dtype=object), type=_TEXT, from_pandas=True).dictionary_encode()
    except (pa.ArrowTypeError, pa.ArrowInvalid, UnicodeEncodeError):
        # Numbers, or characters that are no text: distinct as they are, told as text.
        codes, values = encode(column)
        return codes, pa.array([str(value).encode("utf-8", "replace").decode() for value in values], type=_TEXT)
    return np.asarray(coded.indices.fill_null(-1), dtype=np.int32), coded.dictionary


def bytes_of(texts: pa.LargeStringArray) -> tuple[npt.NDArray[np.uint8], Starts]:
    """UTF-8 of texts without nulls, and where each begins; then the end of all."""
    if not len(texts):
        return np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64)
    starts = np.frombuffer(texts.buffers()[1], dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    data = texts.buffers()[2]
    whole = np.frombuffer(data, dtype=np.uint8) if data is not None else np.zeros(0, dtype=np.uint8)
    return whole[starts[0] : starts[-1]], starts - starts[0]


def points_of(texts: pa.LargeStringArray | Sequence[str]) -> Points:
    """Code points of texts without nulls."""
    values = texts if isinstance(texts, pa.LargeStringArray) else pa.array(texts, type=_TEXT)
    joined, _ = bytes_of(values)
    points = np.frombuffer(str(joined.data, "utf-8").encode("utf-32-le"), dtype="<u4").astype(np.uint32, copy=False)
    lengths = np.asarray(pc.utf8_length(values), dtype=np.int64)
    return Points(points, starts_of(lengths))


def all_of(points: Points, is_so: Mask) -> Mask:
    """For which texts does it hold for every character?"""
    n_others = np.concatenate([[0], np.cumsum(~is_so)])[points.starts]
    return np.asarray(np.diff(n_others) == 0)
