"""Small habits of text columns in reports: always object, null is None, whatever pandas would make of an empty one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.values.columns import none_for_null


def chosen(test: pd.Series, yes: pd.Series | str | None, no: pd.Series | str | None) -> pd.Series:
    """`yes` where the test holds, else `no`; object with None for null, index of the test."""
    index = test.index
    values = np.where(test.to_numpy(dtype=bool), _values(yes, index), _values(no, index))
    return none_for_null(pd.Series(values, index=index, dtype=object))


def _values(part: pd.Series | str | None, index: pd.Index) -> NDArray[np.object_]:
    if isinstance(part, pd.Series):
        return part.loc[index].to_numpy(dtype=object)
    return np.full(len(index), part, dtype=object)


def first_known(first: pd.Series, second: pd.Series) -> pd.Series:
    """The first column where it is not null, else the second."""
    return chosen(first.notna(), first, second)


def looked_up(keys: pd.Series, table: pd.Series) -> pd.Series:
    """The value of `table` (unique index) under every key, as object; None for a null or unknown key."""
    return none_for_null(keys.astype(object).map(table))


def with_columns(frame: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """The frame with the named columns; one that is absent is added as null."""
    missing = [name for name in names if name not in frame.columns]
    return frame.assign(**{name: np.full(len(frame), None, dtype=object) for name in missing})


def latest_of(keys: pd.Series, days: pd.Series) -> pd.Series:
    """The greatest text (an ISO date) under every key, by key; nulls of either do not count."""
    codes, distinct = pd.factorize(days, sort=True)
    known = pd.Series(codes, index=keys.index)[codes >= 0]
    best = known.groupby(keys[codes >= 0], sort=True).max()
    return pd.Series(np.asarray(distinct, dtype=object)[best.to_numpy()], index=best.index, dtype=object)
