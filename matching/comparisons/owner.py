"""Is an identity number that two rows share the number of both? What the rows say themselves of birth and sex tells.

A borrowed or miscopied number brings its owner's birth and sex along; the row's own columns mostly stay its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd

from data.values.columns import none_for_null
from matching.arrays import Codes, Levels, Mask, Positions, encode
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.comparisons.dates import DateComparison, DateLevel, Dates
from matching.comparisons.simple import SexComparison, SexLevel
from matching.texts import Codes32


class OwnerLevel(IntEnum):
    """Levels of `OwnerComparison`."""

    CONTRADICTED = 0
    BORNE_OUT = 1


@dataclass(frozen=True)
class Owners:
    """Per record: code of its valid number (-1: none), does the row state a birth or a sex, and both as told.

    births, sexes: as the row states them, else as its number does.
    """

    number: Codes
    is_stated: Mask
    births: Dates
    sexes: Codes32


class OwnerComparison(LevelComparison[Owners]):
    """Columns: id18, sex_settled (not null: the number is valid), birth, birth_best, sex, sex_best.

    Missing unless both rows have the same valid number and one of them states a birth or a sex. contradicted: the two
    sexes differ, or the births by more than a slip and not within one year. borne_out: they do not. A row's statement
    is compared with the other row's, or with the number where the other row states nothing.
    """

    LEVELS = OwnerLevel

    def prepare(self, *columns: pd.Series) -> Owners:
        """What each row tells of itself."""
        number, settled, birth, birth_best, sex, sex_best = columns
        codes, _ = encode(number)
        return Owners(
            np.where(settled.notna().to_numpy(), codes, -1),
            (birth.notna() | sex.notna()).to_numpy(),
            DateComparison("birth", "birth").prepare(_told(birth, birth_best)),
            SexComparison("sex", "sex").prepare(_told(sex, sex_best)),
        )

    def levels(self, prepared: Owners, left: Positions, right: Positions) -> Levels:
        """Births and sexes of the few pairs that share a number."""
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        is_asked = (prepared.number[left] == prepared.number[right]) & (prepared.number[left] >= 0)
        rows = np.flatnonzero(is_asked & (prepared.is_stated[left] | prepared.is_stated[right]))
        birth = DateComparison("birth", "birth").levels(prepared.births, left[rows], right[rows])
        sex = SexComparison("sex", "sex").levels(prepared.sexes, left[rows], right[rows])
        is_other = (birth == DateLevel.DIFFERENT) | (sex == SexLevel.DIFFERENT)
        out[rows] = np.where(is_other, OwnerLevel.CONTRADICTED, OwnerLevel.BORNE_OUT)
        return out


def _told(stated: pd.Series, otherwise: pd.Series) -> pd.Series:
    return none_for_null(none_for_null(stated).where(stated.notna(), none_for_null(otherwise)))
