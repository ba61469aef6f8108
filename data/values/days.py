"""Which days may the partial dates of a whole column mean? Ordinals by array arithmetic over the distinct texts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.float64]
_Dates = npt.NDArray[np.datetime64]
#: Ordinal of 1970-01-01, from which numpy counts.
_EPOCH = 719_163
#: The unit of an ISO text by its length.
_UNITS = {4: "Y", 7: "M", 10: "D"}


def first_days(column: pd.Series, later_months: int = 0) -> Days:
    """The first day that each ISO partial date may mean, as an ordinal; NaN for null, which no comparison meets.

    later_months: so many months are added, clipped to the end of the month (data.values.dates.add_months).
    """
    return _days(column, 0, later_months)


def last_days(column: pd.Series, later_months: int = 0) -> Days:
    """The last day that each may mean."""
    return _days(column, 1, later_months)


def _days(column: pd.Series, end: int, later_months: int) -> Days:
    codes, texts = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=True)
    # The last slot is that of null.
    days = np.full(len(texts) + 1, np.nan)
    if len(texts):
        days[:-1] = _later(_of_texts(texts, end), later_months).astype(np.int64) + _EPOCH
    return days[codes]


def _of_texts(texts: npt.NDArray[np.object_], end: int) -> _Dates:
    """The first day of each day, month or year, or (end 1) the last."""
    written = texts.astype("U10")
    lengths = np.char.str_len(written)
    days = np.empty(len(written), dtype="datetime64[D]")
    for length, unit in _UNITS.items():
        chosen = lengths == length
        days[chosen] = (written[chosen].astype(f"datetime64[{unit}]") + end).astype("datetime64[D]") - end
    return days


def _later(days: _Dates, months: int) -> _Dates:
    if not months:
        return days
    month = days.astype("datetime64[M]")
    moved = (month + months).astype("datetime64[D]") + (days - month)
    last: _Dates = (month + months + 1).astype("datetime64[D]") - 1
    return np.asarray(np.minimum(moved, last), dtype="datetime64[D]")
