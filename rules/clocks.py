"""How long is it since? Month arithmetic over columns: each distinct date is read once, days are ordinals, 0 is null.

Boundaries (domain rules §0): 以上 includes the number; months are clipped to the end of the month.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.values.dates import add_months, earliest, latest, months_between

Days = npt.NDArray[np.int64]

#: The ordinal of a missing date. Real ordinals are greater, so that a maximum over days never prefers it.
NO_DAY = 0


def first_days(texts: pd.Series) -> Days:
    """The earliest day each partial ISO date can mean (`2015-12` -> 2015-12-01), 0 for null."""
    return _read(texts, earliest)


def last_days(texts: pd.Series) -> Days:
    """The latest day each partial ISO date can mean (`2015-12` -> 2015-12-31), 0 for null."""
    return _read(texts, latest)


def plus_months(days: Days, months: int) -> Days:
    """Each day some months later, clipped to the month's end; null stays null."""
    return _over_distinct(days, lambda day: add_months(day, months).toordinal())


def months_passed(days: Days, as_of: date) -> Days:
    """Whole months from each day to `as_of`; 0 for null."""
    return _over_distinct(days, lambda day: months_between(day, as_of))


def day_texts(days: Days) -> npt.NDArray[np.object_]:
    """Each day as ISO text, '' for null."""
    distinct, codes = np.unique(days, return_inverse=True)
    texts = ["" if day == NO_DAY else date.fromordinal(int(day)).isoformat() for day in distinct]
    return np.array(texts, dtype=object)[codes]


def latest_per_person(person_ids: pd.Series, days: Days, persons: pd.Index) -> Days:
    """The greatest day of each of `persons` (0 for those without any), in the order of `persons`."""
    position = persons.get_indexer(pd.Index(person_ids))
    found = np.zeros(len(persons), dtype=np.int64)
    known = position >= 0
    np.maximum.at(found, position[known], days[known])
    return found


def _read(texts: pd.Series, reading: Callable[[str], date]) -> Days:
    codes, distinct = pd.factorize(texts)
    table = np.array([reading(text).toordinal() for text in distinct] + [NO_DAY], dtype=np.int64)
    return table[codes]  # a null has code -1: the last place of the table


def _over_distinct(days: Days, change: Callable[[date], int]) -> Days:
    distinct, codes = np.unique(days, return_inverse=True)
    table = [NO_DAY if day == NO_DAY else change(date.fromordinal(int(day))) for day in distinct]
    return np.array(table, dtype=np.int64)[codes]
