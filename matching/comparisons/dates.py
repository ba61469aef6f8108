"""How alike are two dates of known precision? Same day, same month, a slip of the pen, same year, different."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd
import pyarrow.compute as pc

from matching.arrays import Levels, Positions
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.comparisons.digits import Digits, Words, differences, digit_words, digits_of
from matching.comparisons.settled import is_missing, settled_codes
from matching.kernels import are_compiled
from matching.texts import Codes32, text_codes

_YEAR, _MONTH, _DAY, _ALL = slice(0, 4), slice(4, 6), slice(6, 8), 8


class DateLevel(IntEnum):
    """Levels of `DateComparison`."""

    DIFFERENT = 0
    SAME_YEAR = 1
    ONE_SLIP = 2
    SAME_MONTH = 3
    SAME_DAY = 4


@dataclass(frozen=True)
class Dates:
    """Per record: settled code of the text; per code: its eight digits (0 unknown) and its year."""

    codes: Codes32
    digits: Words
    years: Codes32


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
        codes, texts = text_codes(columns[0])
        words = digit_words(pc.replace_substring(texts, "-", ""), _ALL)
        digits = digits_of(words, _ALL)[:, _YEAR].astype(np.int32) - ord("0")
        years = digits @ np.array([1000, 100, 10, 1], dtype=np.int32)
        return Dates(settled_codes(codes, *columns[1:]), words[:, 0].copy(), years.astype(np.int32))

    def levels(self, prepared: Dates, left: Positions, right: Positions) -> Levels:
        """A date without month is compared by year alone."""
        if not are_compiled():
            return _plain_levels(prepared, left, right)
        from matching.kernels.compiler import rows32
        from matching.kernels.digits import date_levels

        return date_levels(prepared.codes, prepared.digits, prepared.years, rows32(left), rows32(right))


def _plain_levels(prepared: Dates, left: Positions, right: Positions) -> Levels:
    of_a, of_b = prepared.codes[left] >> 1, prepared.codes[right] >> 1
    a, b = (_rows(prepared.digits[codes]) for codes in (of_a, of_b))
    found = differences(a, b)
    same_year = (a[:, _YEAR] == b[:, _YEAR]).all(axis=1)
    both_day = found.n_known == _ALL
    exchanged = (
        both_day & same_year & (a[:, _MONTH] == b[:, _DAY]).all(axis=1) & (a[:, _DAY] == b[:, _MONTH]).all(axis=1)
    )
    next_year = np.abs(prepared.years[of_a] - prepared.years[of_b]) == 1
    next_year &= (found.n_known >= 6) & ((a == b) | (a == 0) | (b == 0))[:, 4:].all(axis=1)
    slip = (found.n_known >= 6) & ((found.n_differ == 1) | found.is_swap) | next_year
    out = np.zeros(len(left), dtype=np.int8)
    out[same_year] = DateLevel.SAME_YEAR
    out[slip | exchanged] = DateLevel.ONE_SLIP
    out[(found.n_known >= 6) & (found.n_differ == 0)] = DateLevel.SAME_MONTH
    out[both_day & (found.n_differ == 0)] = DateLevel.SAME_DAY
    out[is_missing(prepared.codes[left], prepared.codes[right])] = MISSING_LEVEL
    return out


def _rows(words: Words) -> Digits:
    return digits_of(words[:, None], _ALL)
