"""Do two addresses name one house? Place and house number are compared separately, never the text as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd
import pyarrow as pa

from matching.addresses import Address
from matching.arrays import Codes, Levels, Mask, Positions, distinct_pairs
from matching.comparisons.address_parts import address_parts
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.kernels import are_compiled
from matching.texts import Codes32, Points, points_of, text_codes


class AddressLevel(IntEnum):
    """Levels of `AddressComparison`."""

    DIFFERENT = 0
    OTHER_HOUSE = 1
    SIMILAR = 2
    SAME = 3


@dataclass(frozen=True)
class Addresses:
    """Code per record (-1 null), per distinct address codes of its parts (0: not said), and places by code."""

    codes: Codes32
    parts: Codes32
    places: Points


class AddressComparison(LevelComparison[Addresses]):
    """Levels of two addresses as written.

    same: same place (a homophone is a slip), same house number, nothing that contradicts. similar: same place, and a
    number or room is missing on one side. other_house: same place, another number, team or room. different: another
    county, township, village or street. Missing when a side names no place below its township.
    """

    LEVELS = AddressLevel
    EFFORT = 10

    def prepare(self, *columns: pd.Series) -> Addresses:
        """Take each distinct address apart once."""
        codes, texts = text_codes(columns[0])
        coded = {part: _codes(values) for part, values in address_parts(texts).items()}
        parts = np.stack([coded[part][0] for part in Address._fields], axis=1)
        return Addresses(codes, parts, points_of(coded["place"][1]))

    def levels(self, prepared: Addresses, left: Positions, right: Positions) -> Levels:
        """Pair by pair where kernels are compiled, else each distinct pair once."""
        if not are_compiled():
            return _plain_levels(prepared, left, right)
        from matching.kernels.addresses import address_levels
        from matching.kernels.compiler import rows32

        points, starts = prepared.places.points.astype(np.int32), prepared.places.starts.astype(np.int32)
        return address_levels(prepared.parts, points, starts, prepared.codes, rows32(left), rows32(right))


def _plain_levels(prepared: Addresses, left: Positions, right: Positions) -> Levels:
    a, b = prepared.codes[left], prepared.codes[right]
    out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
    known = np.flatnonzero((a >= 0) & (b >= 0))
    low, high, which = distinct_pairs(a[known], b[known])
    out[known] = _levels(prepared, low, high)[which]
    return out


def _levels(addresses: Addresses, a: Codes, b: Codes) -> Levels:
    parts = dict(zip(Address._fields, addresses.parts.T, strict=True))
    is_elsewhere = _differ(parts["county"], a, b) | _differ(parts["township"], a, b)
    has_place = (parts["place"][a] > 0) & (parts["place"][b] > 0)
    is_equal = parts["place"][a] == parts["place"][b]
    is_inside = np.zeros(len(a), dtype=bool)
    is_end = np.zeros(len(a), dtype=bool)
    rows = np.flatnonzero(has_place & ~is_equal & ~is_elsewhere)
    low, high, which = distinct_pairs(parts["place"][a[rows]], parts["place"][b[rows]])
    inside, end = _contained(*(addresses.places.take(codes).texts().to_pylist() for codes in (low, high)))
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


def _contained(left: list[str], right: list[str]) -> tuple[Mask, Mask]:
    """Does one place begin or end with the other (by whole syllables), and does it end with it?"""
    pairs = [(a, b) if len(a) <= len(b) else (b, a) for a, b in zip(left, right, strict=True)]
    end = np.array([long.endswith(short) for short, long in pairs], dtype=bool)
    return end | np.array([long.startswith(short) for short, long in pairs], dtype=bool), end


def _differ(codes: Codes32, a: Codes, b: Codes) -> Mask:
    return np.asarray((codes[a] != codes[b]) & (codes[a] > 0) & (codes[b] > 0))


def _codes(values: pa.LargeStringArray) -> tuple[Codes32, pa.LargeStringArray]:
    """Integer codes of a text column, '' being 0, and the distinct texts."""
    coded = pa.concat_arrays([pa.array([""], type=values.type), values]).dictionary_encode()
    return np.asarray(coded.indices, dtype=np.int32)[1:], coded.dictionary
