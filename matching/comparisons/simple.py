"""Comparisons that are equalities or digit tests: sex, mobile number, place."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import pandas as pd

from matching.arrays import Levels, Positions
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.comparisons.digits import Words, differences, digit_words, digits_of
from matching.comparisons.settled import is_missing, settled_codes
from matching.kernels import are_compiled
from matching.texts import Codes32, text_codes

_MOBILE_WIDTH = 11
#: Where the code of the text stands in the second word of a mobile number.
_CODE_AT = np.uint64(32)


class SexLevel(IntEnum):
    """Levels of `SexComparison`."""

    DIFFERENT = 0
    SAME = 1


class SexComparison(LevelComparison[Codes32]):
    """Columns: sex and, if wanted, one that is not null where an identity number settles it (both sides: missing)."""

    LEVELS = SexLevel

    def prepare(self, *columns: pd.Series) -> Codes32:
        """Settled code per record."""
        return settled_codes(text_codes(columns[0])[0], *columns[1:])

    def levels(self, prepared: Codes32, left: Positions, right: Positions) -> Levels:
        """Equality of codes."""
        if are_compiled():
            from matching.kernels.codes import settled_levels
            from matching.kernels.compiler import rows32

            return settled_levels(prepared, rows32(left), rows32(right))
        a, b = prepared[left], prepared[right]
        out: Levels = (a >> 1 == b >> 1).astype(np.int8)
        out[is_missing(a, b)] = MISSING_LEVEL
        return out


class MobileLevel(IntEnum):
    """Levels of `MobileComparison`."""

    DIFFERENT = 0
    ONE_SLIP = 1
    EXACT = 2


class MobileComparison(LevelComparison[Words]):
    """Two mobile numbers of eleven digits: equal, one digit or two neighbours off, different.

    Give it `mobile_own`, which is null for numbers that many names share: those weigh nothing.
    """

    LEVELS = MobileLevel

    def prepare(self, *columns: pd.Series) -> Words:
        """Two words a record: eleven digits and the code of the text (all ones for null)."""
        codes, texts = text_codes(columns[0])
        words = digit_words(texts, _MOBILE_WIDTH)[codes]
        words[:, 1] |= codes.astype(np.uint32).astype(np.uint64) << _CODE_AT
        return words

    def levels(self, prepared: Words, left: Positions, right: Positions) -> Levels:
        """Equality of codes first; digits only for the others."""
        if are_compiled():
            from matching.kernels.compiler import rows32
            from matching.kernels.digits import mobile_levels

            return mobile_levels(prepared, rows32(left), rows32(right))
        codes = (prepared[:, 1] >> _CODE_AT).astype(np.uint32).view(np.int32)
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        both = (codes[left] >= 0) & (codes[right] >= 0)
        out[both] = MobileLevel.EXACT
        unequal = np.flatnonzero(both & (codes[left] != codes[right]))
        found = differences(*(digits_of(prepared[side[unequal]], _MOBILE_WIDTH) for side in (left, right)))
        out[unequal] = np.where((found.n_differ == 1) | found.is_swap, MobileLevel.ONE_SLIP, MobileLevel.DIFFERENT)
        return out


class PlaceLevel(IntEnum):
    """Levels of `PlaceComparison`."""

    OTHER_AREA = 0
    SAME_AREA = 1
    SAME_TOWNSHIP = 2


class PlaceComparison(LevelComparison[Codes32]):
    """Columns: area (county code) and township_key (area and township).

    Records of one area of which one names no township are missing here: the area alone is what everybody shares.
    """

    LEVELS = PlaceLevel

    def prepare(self, *columns: pd.Series) -> Codes32:
        """Code of the area and of the township, a row a record."""
        return np.stack([text_codes(column)[0] for column in columns], axis=1)

    def levels(self, prepared: Codes32, left: Positions, right: Positions) -> Levels:
        """Equality of codes."""
        if are_compiled():
            from matching.kernels.codes import place_levels
            from matching.kernels.compiler import rows32

            return place_levels(prepared, rows32(left), rows32(right))
        area, township = prepared.T
        both = (township[left] >= 0) & (township[right] >= 0)
        out: Levels = (area[left] == area[right]).astype(np.int8)
        out[both & (township[left] == township[right])] = PlaceLevel.SAME_TOWNSHIP
        unknown = (area[left] < 0) | (area[right] < 0)
        out[unknown | (~both & (out == PlaceLevel.SAME_AREA))] = MISSING_LEVEL
        return out
