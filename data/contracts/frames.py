"""Small habits of frames shared by every step: null is None, and empty tables keep their columns."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd


def without_nan(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with every null of its object columns written as None; merges and concatenations leave NaN behind.

    Columns stay apart in memory: putting them together in one block would copy every one of them, twice.
    """
    columns = {name: _without_nan(frame.iloc[:, place]) for place, name in enumerate(frame.columns)}
    return pd.DataFrame(columns, index=frame.index, columns=frame.columns, copy=False)


def _without_nan(column: pd.Series) -> pd.Series:
    if column.dtype != object or not (is_null := column.isna().to_numpy()).any():
        return column
    values = column.to_numpy(copy=True)
    values[is_null] = None
    return pd.Series(values, index=column.index, name=column.name)


def stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Frames with the same columns one below the other, index 0..n-1; None stays None, and columns stay apart in
    memory, so that nothing is copied twice. One frame alone comes back as it is."""
    if len(frames) == 1:
        return frames[0]
    columns = {name: np.concatenate([frame[name].to_numpy() for frame in frames]) for name in frames[0].columns}
    return pd.DataFrame(columns, copy=False)


def empty_frame(columns: Iterable[str]) -> pd.DataFrame:
    """A frame without rows whose object columns are the given ones."""
    return pd.DataFrame({name: pd.Series(dtype=object) for name in columns})
