"""How are accepted rows kept until somebody needs them? As Arrow columns: a third of the memory of Python texts.

A night reads every source first and looks at most columns once, much later. Columns that repeat their texts keep each
text once. `source_row` and other numbers stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.values.coded import TEXT, Coded, is_coded
from data.values.columns import Objects, spread

#: A column keeps each text once where fewer than this share of its cells differ.
_REPEATS = 0.5
#: So many cells tell whether nearly all differ, as numbers of persons do: then nobody looks at the rest.
_SAMPLE, _MOSTLY_DIFFERENT = 65_536, 0.9


def packed(rows: pd.DataFrame) -> pd.DataFrame:
    """The same rows with every column of texts (object, None for null) as Arrow; `unpacked` gives them back."""
    return pd.DataFrame({name: _packed(column) for name, column in rows.items()}, index=rows.index, copy=False)


def unpacked(frames: Sequence[pd.DataFrame], columns: Sequence[str], ids: pd.Series | None = None) -> pd.DataFrame:
    """Columns of packed frames one below the other as texts (object, None for null), sorted by unique_id.

    frames: at least one, packed or not, each with `unique_id` (distinct over all) and the columns. ids: the rows
    wanted, all when None.
    """
    keys = [_arrow(frame["unique_id"]) for frame in frames]
    chosen = [None] * len(frames) if ids is None else _positions(keys, ids)
    kept = [key if rows is None else key.take(pa.array(rows)) for key, rows in zip(keys, chosen, strict=True)]
    order = pc.array_sort_indices(pa.concat_arrays(kept)).to_numpy()
    taken = {name: _taken([frame[name] for frame in frames], chosen)[order] for name in columns}
    return pd.DataFrame(taken, copy=False)


def objects(column: pd.Series) -> np.ndarray:
    """The values of a packed or coded column as numpy has them: texts as objects with None for null."""
    if is_coded(column):
        return Coded.of(column).texts()
    if not isinstance(column.dtype, pd.ArrowDtype):
        return column.to_numpy()
    array = _whole(column)
    if pa.types.is_dictionary(array.type):
        codes = pc.fill_null(array.indices, -1).to_numpy().astype(np.intp)
        return spread(_texts(array.dictionary), codes)
    return _texts(array)


def _packed(column: pd.Series) -> pd.Series:
    if column.dtype != object:
        return column
    try:
        array = pa.array(column.to_numpy(), type=TEXT)
    except (UnicodeEncodeError, pa.ArrowException, TypeError):
        return column  # half a surrogate pair, which JSON may hold, is no text to Arrow
    whole = pa.chunked_array([_texts_once(array)])
    return pd.Series(pd.arrays.ArrowExtensionArray(whole), index=column.index, name=column.name)


def _texts_once(array: pa.Array) -> pa.Array:
    """Coded where it saves room, else as it is."""
    sample = array[:_SAMPLE]
    if len(sample.unique()) > _MOSTLY_DIFFERENT * len(sample):
        return array
    coded = array.dictionary_encode()
    return coded if len(coded.dictionary) < _REPEATS * len(array) else array


def _taken(parts: list[pd.Series], chosen: Sequence[np.ndarray | None]) -> np.ndarray:
    values = [
        objects(part) if rows is None else objects(part.iloc[rows]) for part, rows in zip(parts, chosen, strict=True)
    ]
    return values[0] if len(values) == 1 else np.concatenate(values)


def _positions(keys: list[pa.Array], ids: pd.Series) -> list[np.ndarray]:
    """Rows of each frame whose key is among the ids, which are looked up for all frames at once."""
    wanted = pa.array(ids.to_numpy(), type=TEXT)
    is_wanted = pc.is_in(pa.concat_arrays(keys), value_set=wanted).to_numpy(zero_copy_only=False)
    ends = np.cumsum([len(key) for key in keys])
    return [np.flatnonzero(part) for part in np.split(is_wanted, ends[:-1])]


def _arrow(column: pd.Series) -> pa.Array:
    """A column of distinct texts as one plain Arrow array."""
    if isinstance(column.dtype, pd.ArrowDtype):
        return pc.cast(_whole(column), TEXT)
    return pa.array(column.to_numpy(), type=TEXT)


def _whole(column: pd.Series) -> pa.Array:
    values = pa.chunked_array(column.array.__arrow_array__())
    # Putting together what lies together would copy it.
    return values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()


def _texts(array: pa.Array) -> Objects:
    return np.asarray(array.to_numpy(zero_copy_only=False), dtype=object)
