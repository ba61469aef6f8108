"""How alike are two dates of known precision? Same day, same month, a slip of the pen, same year, different."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

from matching.arrays import Codes, Levels, Mask, Positions, encode
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.comparisons.digits import Digits, differences, digit_matrix

_YEAR, _MONTH, _DAY = slice(0, 4), slice(4, 6), slice(6, 8)


class DateLevel(IntEnum):
    """Levels of `DateComparison`."""

    DIFFERENT = 0
    SAME_YEAR = 1
    ONE_SLIP = 2
    SAME_MONTH = 3
    SAME_DAY = 4


@dataclass(frozen=True)
class Dates:
    """Per record: code of the text, its eight digits (0 unknown), and is the date settled by something stronger?"""

    codes: Codes
    digits: Digits
    is_settled: Mask


class DateComparison(LevelComparison[Dates]):
    """Columns: ISO partial date and, if wanted, one that is not null where stronger evidence holds the date already.

    A pair that is settled on both sides is missing here, so that a birth inside two identity numbers counts once.
    same_month: equal as far as both are known, to the month. one_slip: one digit or two neighbouring digits off, day
    and month exchanged, or the year next to it (1989, 1990: a year of age is counted otherwise). Equal
    dates are as high as they are precise: two equal years without months are same_year, two equal months same_month.
    """

    LEVELS = DateLevel

    def prepare(self, *columns: pd.Series) -> Dates:
        """Eight digits for each date."""
        codes, values = encode(columns[0])
        compact = np.array([str(value).replace("-", "") for value in values], dtype=object)
        settled = columns[1].notna().to_numpy() if len(columns) > 1 else np.zeros(len(codes), dtype=bool)
        return Dates(codes, digit_matrix(codes, compact, 8), settled)

    def levels(self, prepared: Dates, left: Positions, right: Positions) -> Levels:
        """All in arrays; a date without month is compared by year alone."""
        digits = prepared.digits
        a, b = digits[left], digits[right]
        found = differences(digits, left, right)
        same_year = (a[:, _YEAR] == b[:, _YEAR]).all(axis=1)
        both_day = found.n_known == 8
        exchanged = (
            both_day & same_year & (a[:, _MONTH] == b[:, _DAY]).all(axis=1) & (a[:, _DAY] == b[:, _MONTH]).all(axis=1)
        )
        next_year = np.abs(_years(a) - _years(b)) == 1
        next_year &= (found.n_known >= 6) & ((a == b) | (a == 0) | (b == 0))[:, 4:].all(axis=1)
        slip = (found.n_known >= 6) & ((found.n_differ == 1) | found.is_swap) | next_year
        out = np.zeros(len(left), dtype=np.int8)
        out[same_year] = DateLevel.SAME_YEAR
        out[slip | exchanged] = DateLevel.ONE_SLIP
        out[(found.n_known >= 6) & (found.n_differ == 0)] = DateLevel.SAME_MONTH
        out[both_day & (found.n_differ == 0)] = DateLevel.SAME_DAY
        missing = (prepared.codes[left] < 0) | (prepared.codes[right] < 0)
        out[missing | (prepared.is_settled[left] & prepared.is_settled[right])] = MISSING_LEVEL
        return out


def _years(digits: Digits) -> Codes:
    """The four digits of the year as a number."""
    return np.asarray((digits[:, _YEAR].astype(np.int64) - ord("0")) @ np.array([1000, 100, 10, 1]))
