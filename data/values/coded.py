"""How is a column of texts held that is compared more often than read? A code per row, and each text once, in Arrow.

In a frame it is a categorical column; `Coded` is what works on it. Python's texts are made of what somebody reads.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.arrays import ArrowExtensionArray

from data.values.columns import Objects, spread

TEXT = pa.large_string()
#: Of so many times fewer rows than texts only the texts that they have are looked at.
_FEW = 4
Codes32 = npt.NDArray[np.int32]
Rows = npt.NDArray[np.integer] | npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Coded:
    """A column: code per row (-1 for null) and the distinct texts that the codes point into, none of them null."""

    codes: Codes32
    values: pa.LargeStringArray

    @classmethod
    def of(cls, column: pd.Series) -> Coded:
        """Any column of texts. Half a surrogate pair, which is no text to Arrow, counts as a question mark."""
        if isinstance(column.dtype, pd.CategoricalDtype):
            return cls(np.asarray(column.cat.codes, dtype=np.int32), _arrow(column.cat.categories.array))
        if isinstance(column.dtype, pd.ArrowDtype):
            return cls.of_array(_whole(column.array))
        return cls.of_array(text_array(column.to_numpy(dtype=object)))

    @classmethod
    def of_array(cls, array: pa.Array) -> Coded:
        """A column in Arrow, coded there or not."""
        coded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()
        codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        return cls(codes.astype(np.int32, copy=False), coded.dictionary.cast(TEXT))

    @classmethod
    def of_texts(cls, codes: npt.NDArray[np.integer], texts: pa.Array) -> Coded:
        """What these codes mean; among the texts may be nulls, and the same one twice."""
        distinct = cls.of_array(texts)
        return cls(np.append(distinct.codes, np.int32(-1))[codes], distinct.values)

    @classmethod
    def stacked(cls, parts: Sequence[Coded]) -> Coded:
        """Columns one below the other, over one vocabulary."""
        named = [part for part in parts if len(part.values)]
        if len(named) <= 1:
            values = named[0].values if named else pa.array([], TEXT)
            return cls(np.concatenate([part.codes for part in parts]), values)
        shifts = np.cumsum([0, *(len(part.values) for part in parts)])
        codes = [
            np.where(part.codes < 0, -1, part.codes + shift) for part, shift in zip(parts, shifts[:-1], strict=True)
        ]
        return cls.of_texts(np.concatenate(codes), pa.concat_arrays([part.values for part in parts]))

    @classmethod
    def constant(cls, text: str | None, n_rows: int) -> Coded:
        """The same text, or null, in every row."""
        code = -1 if text is None else 0
        return cls(np.full(n_rows, code, dtype=np.int32), pa.array([] if text is None else [text], TEXT))

    def take(self, rows: Rows) -> Coded:
        """Some rows, over the same vocabulary."""
        return Coded(self.codes[rows], self.values)

    def at(self, places: npt.NDArray[np.integer]) -> Coded:
        """The rows at some places, null for place -1."""
        return Coded(np.append(self.codes, np.int32(-1))[places], self.values)

    def where(self, mask: npt.NDArray[np.bool_]) -> Coded:
        """The texts where the mask holds, null elsewhere."""
        return Coded(np.where(mask, self.codes, np.int32(-1)), self.values)

    def or_else(self, other: Coded) -> Coded:
        """These texts, and where there is none those of another column."""
        both = Coded.stacked([self, other])
        first, second = both.codes[: len(self.codes)], both.codes[len(self.codes) :]
        return Coded(np.where(first < 0, second, first), both.values)

    def put(self, rows: Rows, other: Coded) -> Coded:
        """The column with the rows of another, in order, in the places of some of its own."""
        both = Coded.stacked([self, other])
        codes = both.codes[: len(self.codes)]
        codes[rows] = both.codes[len(self.codes) :]
        return Coded(codes, both.values).used()

    def used(self) -> Coded:
        """The same without texts that no row has."""
        if len(self.codes) < len(self.values) // _FEW:
            distinct, codes = np.unique(self.codes, return_inverse=True)
            n_null = int(len(distinct) > 0 and distinct[0] < 0)
            return Coded((codes - n_null).astype(np.int32), self.values.take(pa.array(distinct[n_null:])))
        is_used = np.zeros(len(self.values) + 1, dtype=bool)
        is_used[self.codes] = True
        if is_used[:-1].all():
            return self
        place = np.append(np.cumsum(is_used[:-1], dtype=np.int32) - 1, -1).astype(np.int32)
        return Coded(place[self.codes], self.values.filter(pa.array(is_used[:-1])))

    def map(self, function: Callable[[str], str | None]) -> Coded:
        """A function of the text, asked once for each distinct one."""
        told = [function(text) for text in self.values.to_pylist()]
        return Coded.of_texts(self.codes, pa.array(told, TEXT))

    def are(self, *wanted: str) -> npt.NDArray[np.bool_]:
        """Which rows hold one of these texts?"""
        return self.spread(pc.is_in(self.values, value_set=pa.array(wanted, TEXT)))

    def spread(self, of_values: pa.Array) -> npt.NDArray[np.bool_]:
        """Per row what holds for its text; False for null."""
        return np.append(of_values.fill_null(False).to_numpy(zero_copy_only=False), False)[self.codes]

    def texts(self) -> Objects:
        """A text or None per row, for whoever reads them; of a few rows out of many texts only theirs are made."""
        if len(self.codes) < len(self.values):
            return _objects(self.values.take(pa.array(self.codes, mask=self.codes < 0)))
        return spread(_objects(self.values), self.codes.astype(np.intp))

    def series(self, index: pd.Index | None = None) -> pd.Series:
        """As a column of a frame."""
        vocabulary = pd.Index(ArrowExtensionArray(self.values))
        # pandas would make Python's texts of them all to see whether they are distinct, and keep these.
        vocabulary._cache["is_unique"] = True  # type: ignore[attr-defined]
        kind = pd.CategoricalDtype(vocabulary)
        # mypy: the stubs know neither arrays of codes nor `validate`.
        return pd.Series(pd.Categorical.from_codes(self.codes, dtype=kind, validate=False), index=index)  # type: ignore[call-arg, arg-type]


def is_coded(column: pd.Series) -> bool:
    """Is it held so? Else it is a plain column of texts, or of numbers."""
    return isinstance(column.dtype, pd.CategoricalDtype)


def as_texts(frame: pd.DataFrame, rows: Rows | None = None) -> pd.DataFrame:
    """Rows of a frame, all when None, with texts (object, None for null) in the coded columns; index from 0."""
    columns = {}
    for name, column in frame.items():
        if is_coded(column):
            coded = Coded.of(column)
            columns[name] = (coded if rows is None else coded.take(rows)).texts()
        else:
            columns[name] = column.to_numpy() if rows is None else column.to_numpy()[rows]
    return pd.DataFrame(columns, copy=False)


def is_among(texts: pd.Series, wanted: pd.Series) -> npt.NDArray[np.bool_]:
    """Which rows of a column of mostly different texts are among the wanted ones? Null never is."""
    there, value_set = (text_array(column.to_numpy(dtype=object)) for column in (texts, wanted))
    return np.asarray(pc.is_in(there, value_set=value_set, skip_nulls=True), dtype=bool)


def places(texts: pd.Series, among: pd.Series) -> npt.NDArray[np.int64]:
    """Where each text stands in a column of distinct ones; -1 for null and for one that does not."""
    there, value_set = (text_array(column.to_numpy(dtype=object)) for column in (texts, among))
    found = pc.index_in(there, value_set=value_set, skip_nulls=True).fill_null(-1)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.int64)


def text_array(values: Objects) -> pa.Array:
    """Texts, or None, in Arrow."""
    try:
        return pa.array(values, TEXT, from_pandas=True)
    except (UnicodeEncodeError, pa.ArrowTypeError, pa.ArrowInvalid):
        nulls = pd.isna(values)
        texts = [
            None if null else str(value).encode("utf-8", "replace").decode()
            for value, null in zip(values, nulls, strict=True)
        ]
        return pa.array(texts, TEXT)


def _arrow(values: object) -> pa.Array:
    if isinstance(values, ArrowExtensionArray):
        return _whole(values).cast(TEXT)
    return text_array(np.asarray(values, dtype=object))


def _whole(values: ArrowExtensionArray) -> pa.Array:
    chunks = pa.chunked_array(values.__arrow_array__())
    # Putting together what lies together would copy it.
    return chunks.chunk(0) if chunks.num_chunks == 1 else chunks.combine_chunks()


def _objects(array: pa.Array) -> Objects:
    return np.asarray(array.to_numpy(zero_copy_only=False), dtype=object)
