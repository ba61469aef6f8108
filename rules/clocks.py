"""How long is it since? Month arithmetic over columns: each distinct date is read once, days are ordinals, 0 is null.

Boundaries (domain rules §0): 以上 includes the number; months are clipped to the end of the month.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.int64]

#: The ordinal of a missing date. Real ordinals are greater, so that a maximum over days never prefers it.
NO_DAY = 0
#: The ordinal of day 0 of NumPy's calendar, and the lengths of partial dates.
_DAY_ZERO = date(1970, 1, 1).toordinal()
_YEAR, _MONTH = 4, 7


def first_days(texts: pd.Series) -> Days:
    """The earliest day each partial ISO date can mean (`2015-12` -> 2015-12-01), 0 for null. ValueError: no date."""
    codes, days, _ = _distinct(texts)
    return _spread(days.astype(np.int64) + _DAY_ZERO, codes)


def both_days(texts: pd.Series) -> tuple[Days, Days]:
    """`first_days` and `last_days` of one column, which is read once."""
    codes, days, length = _distinct(texts)
    first = _spread(days.astype(np.int64) + _DAY_ZERO, codes)
    return first, _spread(_ends(days, length), codes)


def last_days(texts: pd.Series) -> Days:
    """The latest day each partial ISO date can mean (`2015-12` -> 2015-12-31), 0 for null. ValueError: no date."""
    codes, days, length = _distinct(texts)
    return _spread(_ends(days, length), codes)


def plus_months(days: Days, months: int) -> Days:
    """Each day some months later, clipped to the month's end; null stays null."""
    day, month = _split(days)
    start = (month + months).astype("datetime64[D]")
    length = ((month + months + 1).astype("datetime64[D]") - start).astype(np.int64)
    later = start.astype(np.int64) + np.minimum(day, length - 1) + _DAY_ZERO
    return np.where(days == NO_DAY, NO_DAY, later)


def months_passed(days: Days, as_of: date) -> Days:
    """Whole months from each day to `as_of`: the most after which the day, clipped, is not later; 0 for null."""
    day, month = _split(days)
    now = np.datetime64(as_of, "M")
    n_days = int((now + 1).astype("datetime64[D]").astype(np.int64) - now.astype("datetime64[D]").astype(np.int64))
    is_short = np.minimum(day, n_days - 1) > as_of.day - 1
    return np.where(days == NO_DAY, 0, (now - month).astype(np.int64) - is_short)


def day_texts(days: Days) -> npt.NDArray[np.object_]:
    """Each day as ISO text, '' for null."""
    distinct, codes = np.unique(days, return_inverse=True)
    texts = ["" if day == NO_DAY else date.fromordinal(int(day)).isoformat() for day in distinct]
    return np.array(texts, dtype=object)[codes]


def latest_per_person(person_ids: pd.Series, days: Days, persons: pd.Index) -> Days:
    """The greatest day of each of `persons` (0 for those without any), in the order of `persons`."""
    return latest_at(persons.get_indexer(pd.Index(person_ids)), days, len(persons))


def latest_at(positions: npt.NDArray[np.intp], days: Days, n: int) -> Days:
    """The greatest day at each of `n` positions, 0 where there is none; position -1 counts for nobody."""
    found = np.zeros(n, dtype=np.int64)
    known = positions >= 0
    np.maximum.at(found, positions[known], days[known])
    return found


def _distinct(texts: pd.Series) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.datetime64], Days]:
    """Codes of the rows (-1 null), and of each distinct text its first day and its length."""
    codes, distinct = pd.factorize(texts)
    length = np.fromiter(map(len, distinct), dtype=np.int64, count=len(distinct))
    return codes, np.asarray(distinct, dtype="U10").astype("datetime64[D]"), length


def _ends(days: npt.NDArray[np.datetime64], length: Days) -> Days:
    """The last day of each period that begins on one of `days` and is as long as its text is short."""
    ends = days.copy()
    for shorter, unit in ((_YEAR, "Y"), (_MONTH, "M")):
        is_short = length == shorter
        ends[is_short] = (ends[is_short].astype(f"datetime64[{unit}]") + 1).astype("datetime64[D]") - 1
    return ends.astype(np.int64) + _DAY_ZERO


def _spread(table: Days, codes: npt.NDArray[np.intp]) -> Days:
    return np.append(table, NO_DAY)[codes]  # a null has code -1: the last place of the table


def _split(days: Days) -> tuple[Days, npt.NDArray[np.datetime64]]:
    """Day of the month, from 0, and the month."""
    whole = (days - _DAY_ZERO).astype("datetime64[D]")
    month = whole.astype("datetime64[M]")
    return (whole - month.astype("datetime64[D]")).astype(np.int64), month
