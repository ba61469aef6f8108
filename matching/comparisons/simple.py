"""Comparisons that are equalities or digit tests: sex, mobile number, place."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import pandas as pd

from matching.arrays import Codes, Levels, Mask, Positions, encode
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.comparisons.digits import Digits, differences, digit_matrix

_MOBILE_WIDTH = 11


class SexLevel(IntEnum):
    """Levels of `SexComparison`."""

    DIFFERENT = 0
    SAME = 1


class SexComparison(LevelComparison[tuple[Codes, Mask]]):
    """Columns: sex and, if wanted, one that is not null where an identity number settles it (both sides: missing)."""

    LEVELS = SexLevel

    def prepare(self, *columns: pd.Series) -> tuple[Codes, Mask]:
        """Code per record, and whether it is settled."""
        codes, _ = encode(columns[0])
        return codes, columns[1].notna().to_numpy() if len(columns) > 1 else np.zeros(len(codes), dtype=bool)

    def levels(self, prepared: tuple[Codes, Mask], left: Positions, right: Positions) -> Levels:
        """Equality of codes."""
        codes, settled = prepared
        out: Levels = (codes[left] == codes[right]).astype(np.int8)
        out[(codes[left] < 0) | (codes[right] < 0) | (settled[left] & settled[right])] = MISSING_LEVEL
        return out


class MobileLevel(IntEnum):
    """Levels of `MobileComparison`."""

    DIFFERENT = 0
    ONE_SLIP = 1
    EXACT = 2


class MobileComparison(LevelComparison[tuple[Codes, Digits]]):
    """Two mobile numbers of eleven digits: equal, one digit or two neighbours off, different.

    Give it `mobile_own`, which is null for numbers that many names share: those weigh nothing.
    """

    LEVELS = MobileLevel

    def prepare(self, *columns: pd.Series) -> tuple[Codes, Digits]:
        """Eleven digits for each number."""
        codes, values = encode(columns[0])
        return codes, digit_matrix(codes, values, _MOBILE_WIDTH)

    def levels(self, prepared: tuple[Codes, Digits], left: Positions, right: Positions) -> Levels:
        """Equality of codes first; digits only for the others."""
        codes, digits = prepared
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        both = (codes[left] >= 0) & (codes[right] >= 0)
        out[both] = MobileLevel.EXACT
        unequal = np.flatnonzero(both & (codes[left] != codes[right]))
        found = differences(digits, left[unequal], right[unequal])
        out[unequal] = np.where((found.n_differ == 1) | found.is_swap, MobileLevel.ONE_SLIP, MobileLevel.DIFFERENT)
        return out


class PlaceLevel(IntEnum):
    """Levels of `PlaceComparison`."""

    OTHER_AREA = 0
    SAME_AREA = 1
    SAME_TOWNSHIP = 2


class PlaceComparison(LevelComparison[tuple[Codes, Codes]]):
    """Columns: area (county code) and township_key (area and township).

    Records of one area of which one names no township are missing here: the area alone is what everybody shares.
    """

    LEVELS = PlaceLevel

    def prepare(self, *columns: pd.Series) -> tuple[Codes, Codes]:
        """Code of the area and of the township."""
        return encode(columns[0])[0], encode(columns[1])[0]

    def levels(self, prepared: tuple[Codes, Codes], left: Positions, right: Positions) -> Levels:
        """Equality of codes."""
        area, township = prepared
        both = (township[left] >= 0) & (township[right] >= 0)
        out: Levels = (area[left] == area[right]).astype(np.int8)
        out[both & (township[left] == township[right])] = PlaceLevel.SAME_TOWNSHIP
        unknown = (area[left] < 0) | (area[right] < 0)
        out[unknown | (~both & (out == PlaceLevel.SAME_AREA))] = MISSING_LEVEL
        return out
