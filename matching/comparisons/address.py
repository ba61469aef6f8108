"""Do two addresses name one house? Place and house number are compared separately, never the text as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.addresses import Address, parse_address
from matching.arrays import Codes, Levels, Mask, Positions, distinct_pairs, encode
from matching.comparisons.base import MISSING_LEVEL, LevelComparison


class AddressLevel(IntEnum):
    """Levels of `AddressComparison`."""

    DIFFERENT = 0
    OTHER_HOUSE = 1
    SIMILAR = 2
    SAME = 3


@dataclass(frozen=True)
class Addresses:
    """Code per record (-1 null), and codes of each part per distinct address (0: not said)."""

    codes: Codes
    parts: dict[str, Codes]
    places: npt.NDArray[np.object_]


class AddressComparison(LevelComparison[Addresses]):
    """Levels of two addresses as written.

    same: same place (a homophone is a slip), same house number, nothing that contradicts. similar: same place, and a
    number or room is missing on one side. other_house: same place, another number, team or room. different: another
    county, township, village or street. Missing when a side names no place below its township.
    """

    LEVELS = AddressLevel

    def prepare(self, *columns: pd.Series) -> Addresses:
        """Take each distinct address apart once."""
        codes, values = encode(columns[0])
        parsed = pd.DataFrame([parse_address(str(value)) for value in values], columns=list(Address._fields))
        parts = {part: _codes(parsed[part]) for part in Address._fields}
        places = np.full(int(parts["place"].max(initial=0)) + 1, "", dtype=object)
        places[parts["place"]] = parsed["place"].to_numpy(dtype=object)
        return Addresses(codes, parts, places)

    def levels(self, prepared: Addresses, left: Positions, right: Positions) -> Levels:
        """Each distinct pair of addresses once."""
        a, b = prepared.codes[left], prepared.codes[right]
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        known = np.flatnonzero((a >= 0) & (b >= 0))
        low, high, which = distinct_pairs(a[known], b[known])
        out[known] = _levels(prepared, low, high)[which]
        return out


def _levels(addresses: Addresses, a: Codes, b: Codes) -> Levels:
    parts = addresses.parts
    is_elsewhere = _differ(parts["county"], a, b) | _differ(parts["township"], a, b)
    has_place = (parts["place"][a] > 0) & (parts["place"][b] > 0)
    is_equal = parts["place"][a] == parts["place"][b]
    is_inside = np.zeros(len(a), dtype=bool)
    is_end = np.zeros(len(a), dtype=bool)
    rows = np.flatnonzero(has_place & ~is_equal & ~is_elsewhere)
    low, high, which = distinct_pairs(parts["place"][a[rows]], parts["place"][b[rows]])
    inside, end = _contained(addresses.places[low], addresses.places[high])
    is_inside[rows], is_end[rows] = inside[which], end[which]
    other = np.logical_or.reduce([_differ(parts[part], a, b) for part in ("team", "house", "room")])
    same_house = (parts["house"][a] == parts["house"][b]) & (parts["house"][a] > 0)
    same_house &= parts["room"][a] == parts["room"][b]
    out = np.zeros(len(a), dtype=np.int8)
    is_place = is_equal | is_inside
    out[is_place] = AddressLevel.SIMILAR
    # 好圣村委会东坡村12号 is 东坡村12号; whether it is 好圣村12号 nobody knows.
    out[(is_equal | is_end) & same_house] = AddressLevel.SAME
    out[is_place & other] = AddressLevel.OTHER_HOUSE
    out[~has_place] = MISSING_LEVEL
    out[is_elsewhere] = AddressLevel.DIFFERENT
    return out


def _contained(left: npt.NDArray[np.object_], right: npt.NDArray[np.object_]) -> tuple[Mask, Mask]:
    """Does one place begin or end with the other (by whole syllables), and does it end with it?"""
    pairs = [(a, b) if len(a) <= len(b) else (b, a) for a, b in zip(left, right, strict=True)]
    end = np.array([long.endswith(short) for short, long in pairs], dtype=bool)
    return end | np.array([long.startswith(short) for short, long in pairs], dtype=bool), end


def _differ(codes: Codes, a: Codes, b: Codes) -> Mask:
    return np.asarray((codes[a] != codes[b]) & (codes[a] > 0) & (codes[b] > 0))


def _codes(values: pd.Series) -> Codes:
    """Integer codes of a text column; '' is 0."""
    return np.asarray(pd.factorize(np.concatenate([[""], values.to_numpy(dtype=object)]))[0][1:], dtype=np.int64)
