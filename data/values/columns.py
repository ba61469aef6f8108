"""How is a value function applied to a column? Once per distinct value, never once per row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Objects = npt.NDArray[np.object_]
Codes = npt.NDArray[np.intp]


def map_unique(series: pd.Series, function: Callable[[Any], Any]) -> pd.Series:
    """The function over the distinct non-null values of an object column; null stays None, index and name are kept.

    The result is always of type object, with None for null: strings, tuples and numbers come back as they are.
    """
    codes, uniques = pd.factorize(series, use_na_sentinel=True)
    values = np.fromiter(map(function, uniques), dtype=object, count=len(uniques))
    return pd.Series(spread(values, codes), index=series.index, name=series.name, dtype=object)


def spread(values: Objects, codes: Codes, null: object = None) -> Objects:
    """One value per row from one per distinct value; rows with code -1 have `null`."""
    slots = np.full(len(values) + 1, null, dtype=object)
    slots[:-1] = values
    return slots[codes]


def none_for_null(series: pd.Series) -> pd.Series:
    """The column as object with None wherever pandas put NaN or NaT."""
    values = series.to_numpy(dtype=object, copy=True)
    values[pd.isna(series).to_numpy()] = None
    return pd.Series(values, index=series.index, name=series.name, dtype=object)


def blank_to_none(series: pd.Series) -> pd.Series:
    """The text column with None for empty text and for NaN."""
    values = none_for_null(series).to_numpy(dtype=object, copy=True)
    values[np.equal(values, "")] = None
    return pd.Series(values, index=series.index, name=series.name, dtype=object)
