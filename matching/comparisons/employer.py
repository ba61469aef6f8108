"""Do two employer texts name the same enterprise? Ordered levels by the grammar of the name, never by its boilerplate.

Region may be missing but not wrong; brand decides; a branch is not its parent (domain §5.8, anchors §5.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from data.values.columns import map_unique
from matching.arrays import Codes, Levels, Mask, Positions, distinct_pairs
from matching.characters import readings
from matching.comparisons.base import LevelComparison
from matching.comparisons.employer_former import former_names
from matching.enterprise_columns import parse_distinct
from matching.kernels import are_compiled
from matching.regions import county_in_brand
from matching.texts import Codes32, points_of, text_codes

#: Levels, in order: what is known of the two names.
EQUAL, SAME_REGION, REGION_MISSING, NEAR, DIFFERENT, MISSING = 4, 3, 2, 1, 0, -1
#: A brand of two characters has too few to call one changed character a slip (鑫源, 鑫海).
MIN_BRAND_FOR_ONE_EDIT = 3
#: Kinds of trade in the first of two numbers of 31 bits.
_TRADE_BITS = 31


class EmployerLevel(IntEnum):
    """Levels of `EmployerComparison`."""

    DIFFERENT = DIFFERENT
    NEAR = NEAR
    REGION_MISSING = REGION_MISSING
    SAME_REGION = SAME_REGION
    EQUAL = EQUAL


@dataclass(frozen=True)
class Employers:
    """Code of the text per record (-1 null), position of the former name per text (-1 none), and all names parsed."""

    codes: Codes32
    former: Codes32
    values: EmployerValues


class EmployerComparison(LevelComparison[Employers]):
    """Two text columns; levels as `employer_levels`."""

    LEVELS = EmployerLevel
    EFFORT = 10

    def prepare(self, *columns: pd.Series) -> Employers:
        """Parse each distinct text, and the former name that it states, once."""
        codes, texts = text_codes(columns[0])
        position, stated = former_names(texts)
        names = pa.concat_arrays([texts, pa.array(stated, texts.type)])
        return Employers(codes, position, EmployerValues.of_parsed(parse_distinct(names)))

    def levels(self, prepared: Employers, left: Positions, right: Positions) -> Levels:
        """A former name is as good as today's."""
        if not are_compiled():
            return _plain_levels(prepared, left, right)
        from matching.kernels.compiler import rows32
        from matching.kernels.employers import employer_levels as kernel

        table, points = prepared.values.table
        return kernel(table, points, prepared.codes, prepared.former, rows32(left), rows32(right))


def _plain_levels(prepared: Employers, left: Positions, right: Positions) -> Levels:
    codes, former, values = prepared.codes, prepared.former, prepared.values
    out = np.full(len(left), MISSING, dtype=np.int8)
    known = np.flatnonzero((codes[left] >= 0) & (codes[right] >= 0))
    low, high, which = distinct_pairs(codes[left[known]], codes[right[known]])
    found = values.levels(low, high)
    former_low, former_high = former[low].astype(np.int64), former[high].astype(np.int64)
    for one, other in ((former_low, high), (low, former_high), (former_low, former_high)):
        found = np.maximum(found, values.levels(one, other))
    out[known] = found[which]
    return out


def employer_levels(left: pd.Series, right: pd.Series) -> Levels:
    """Level of each pair of two equally long text columns; symmetric.

    4 equal text (duty, brackets, width and script aside) · 3 same brand, region stated in both and compatible, trade
    and legal form compatible · 2 the same with a region missing · 1 brand one slip away or shortened, or brand equal
    but trade, form or branch differ · 0 different, or wrong region · -1 a side is null or names no employer (务农 ...).
    """
    comparison = EmployerComparison("left", "right")
    rows = np.arange(len(left), dtype=np.int64)
    return comparison.levels(comparison.prepare(pd.concat([left, right])), rows, rows + len(left))


@dataclass(frozen=True)
class EmployerValues:
    """Distinct employer texts taken apart once; every array has one item per text, code 0 means: not said.

    is_brand_private: has a brand of two characters or more and is no public body; only such can be near. regions,
    heads: the county stated, and the one that the brand may begin with (`county_in_brand`), as text.
    """

    core: Codes
    province: Codes
    region: Codes
    township: Codes
    brand: Codes
    reading: Codes
    trade: Codes
    branch: Codes
    industry: Codes
    form: Codes
    is_employer: Mask
    is_brand_private: Mask
    brands: npt.NDArray[np.object_]
    brand_length: Codes
    regions: npt.NDArray[np.object_]
    heads: npt.NDArray[np.object_]

    @classmethod
    def of_parsed(cls, parsed: pd.DataFrame) -> EmployerValues:
        """Code what `parse_names` gave of each text."""
        brands = parsed["brand"].to_numpy(dtype=object)
        length = np.fromiter(map(len, brands), dtype=np.int64, count=len(brands))
        return cls(
            core=_codes(parsed["core"]),
            province=_codes(parsed["province"]),
            region=_codes(parsed["region"]),
            township=_codes(parsed["township"]),
            brand=_codes(parsed["brand"]),
            reading=_codes(readings_of(parsed["brand"])),
            trade=_codes(parsed["trade"]),
            branch=_codes(parsed["branch"]),
            industry=parsed["industry"].to_numpy(),
            form=parsed["form"].to_numpy(),
            is_employer=parsed["is_employer"].to_numpy(),
            is_brand_private=~parsed["is_public"].to_numpy() & (length > 1),
            brands=brands,
            brand_length=length,
            regions=parsed["region"].to_numpy(dtype=object),
            heads=map_unique(parsed["brand"], county_in_brand).to_numpy(dtype=object),
        )

    @cached_property
    def table(self) -> tuple[Codes32, Codes32]:
        """All that the compiled kernel asks of each name (columns: `kernels.employers`), and the brands' characters."""
        points = points_of(self.brands.tolist())
        regions = _codes(pd.Series(np.concatenate([self.regions, self.heads])))
        columns = (
            *(self.core, self.province, regions[: len(self.core)], self.township, self.brand, self.reading),
            *(self.branch, self.form, self.is_employer, self.is_brand_private, points.starts[:-1], points.lengths),
            *(regions[len(self.core) :], [len(head) for head in self.heads]),
            *(self.industry & ((1 << _TRADE_BITS) - 1), self.industry >> _TRADE_BITS),
        )
        return np.stack([np.asarray(each, dtype=np.int32) for each in columns], axis=1), points.points.astype(np.int32)

    @property
    def brand_texts(self) -> npt.NDArray[np.object_]:
        """Brand of each brand code."""
        texts = np.full(int(self.brand.max(initial=0)) + 1, "", dtype=object)
        texts[self.brand] = self.brands
        return texts

    def levels(self, left: Codes, right: Codes) -> Levels:
        """Levels of pairs given as positions of texts; -1 for null."""
        result = np.full(len(left), MISSING, dtype=np.int8)
        known = np.flatnonzero((left >= 0) & (right >= 0))
        known = known[self.is_employer[left[known]] & self.is_employer[right[known]]]
        result[known] = self._known_levels(left[known], right[known])
        return result

    def _known_levels(self, left: Codes, right: Codes) -> Levels:
        is_brand_equal = _equal(self.brand, left, right) & (self.brand_length[left] > 1)
        is_region_right = ~(
            _wrong(self.province, left, right) | _wrong(self.region, left, right) | _wrong(self.township, left, right)
        )
        is_kind_right = _compatible_bits(self.industry, left, right) & ~_wrong(self.form, left, right)
        is_same_unit = self.branch[left] == self.branch[right]
        levels = np.full(len(left), DIFFERENT, dtype=np.int8)
        levels[is_brand_equal & is_region_right] = NEAR
        is_same = is_brand_equal & is_region_right & is_kind_right & is_same_unit
        levels[is_same] = REGION_MISSING
        levels[is_same & self._is_region_stated(left, right)] = SAME_REGION
        open_pairs = np.flatnonzero(~is_brand_equal & is_region_right & is_kind_right)
        near = open_pairs[self.is_near(left[open_pairs], right[open_pairs])]
        levels[near[~(self._is_elsewhere(left[near], right[near]) | self._is_elsewhere(right[near], left[near]))]] = (
            NEAR
        )
        levels[self.core[left] == self.core[right]] = EQUAL
        return levels

    def is_head_meant(self, left: Codes, right: Codes) -> Mask:
        """Does the left brand begin with a word that is a county too, and end with the right: 东方八所鑫源 and 鑫源?"""
        out = np.zeros(len(left), dtype=bool)
        rows = np.flatnonzero((self.heads[left] != "") & (self.brand_length[right] > 1))
        out[rows] = [
            brand[len(head) :].endswith(other)
            for head, brand, other in zip(
                self.heads[left[rows]], self.brands[left[rows]], self.brands[right[rows]], strict=True
            )
        ]
        return out

    def _is_elsewhere(self, left: Codes, right: Codes) -> Mask:
        """The same, and the right name states another county: a wrong region."""
        stated = self.regions[right]
        return np.asarray(self.is_head_meant(left, right) & (stated != "") & (stated != self.heads[left]), dtype=bool)

    def _is_region_stated(self, left: Codes, right: Codes) -> Mask:
        """Both say where, at the same precision: county or township, or the province and no more."""
        only_province = (self.region[left] == 0) & (self.region[right] == 0) & _equal(self.province, left, right)
        return np.asarray(_equal(self.region, left, right) | _equal(self.township, left, right) | only_province)

    def is_near(self, left: Codes, right: Codes) -> Mask:
        """Private brands that sound alike, are one slip apart, or of which one begins or ends the other."""
        usable = self.is_brand_private[left] & self.is_brand_private[right]
        near = _equal(self.reading, left, right) & usable
        rest = np.flatnonzero(~near & usable)
        if not len(rest):
            return near
        # Brands are few against pairs: each distinct pair of brands is looked at once, smaller code first.
        low = np.minimum(self.brand[left[rest]], self.brand[right[rest]])
        high = np.maximum(self.brand[left[rest]], self.brand[right[rest]])
        inverse, distinct = pd.factorize(low * (self.brand.max() + 1) + high)
        first = np.empty(len(distinct), dtype=np.int64)
        first[inverse[::-1]] = np.arange(len(rest))[::-1]
        near[rest] = near_brands(self.brands[left[rest[first]]], self.brands[right[rest[first]]])[inverse]
        return near


def near_brands(left: npt.NDArray[np.object_], right: npt.NDArray[np.object_]) -> Mask:
    """One slip apart (a character changed, missing, swapped; both three or more long), or one begins or ends the other.

    A shop's trade or village that the tables do not know stays in its brand: the shorter text lacks it.
    """
    if not len(left):
        return np.zeros(0, dtype=bool)
    length_l = np.fromiter(map(len, left), dtype=np.int64, count=len(left))
    length_r = np.fromiter(map(len, right), dtype=np.int64, count=len(right))
    long_enough = np.minimum(length_l, length_r) >= MIN_BRAND_FOR_ONE_EDIT
    distance = cpdist(left, right, scorer=OSA.distance, score_cutoff=1, dtype=np.int32)
    common = np.fromiter(
        (
            a.startswith(b) or b.startswith(a) or a.endswith(b) or b.endswith(a)
            for a, b in zip(left, right, strict=True)
        ),
        dtype=bool,
        count=len(left),
    )
    return np.asarray((distance <= 1) & long_enough | common)


def readings_of(texts: pd.Series) -> pd.Series:
    """First toneless reading of each character, joined by spaces; a character without one stays, '' stays ''."""
    return map_unique(texts, readings_of_text)


def readings_of_text(text: str) -> str:
    """The same for one text."""
    return " ".join(map(_first_reading, text))


@cache
def _first_reading(character: str) -> str:
    return next(iter(readings(character)), character)


def _codes(values: pd.Series) -> Codes:
    """Integer codes of a text column; '' is 0."""
    coded = pa.array(values.to_numpy(dtype=object), pa.large_string()).dictionary_encode()
    codes = np.asarray(coded.indices, dtype=np.int64) + 1
    codes[codes == pc.index(coded.dictionary, "").as_py() + 1] = 0
    return codes


def _equal(codes: Codes, left: Codes, right: Codes) -> Mask:
    return np.asarray((codes[left] == codes[right]) & (codes[left] > 0))


def _wrong(codes: Codes, left: Codes, right: Codes) -> Mask:
    return np.asarray((codes[left] != codes[right]) & (codes[left] > 0) & (codes[right] > 0))


def _compatible_bits(bits: Codes, left: Codes, right: Codes) -> Mask:
    return np.asarray((bits[left] == 0) | (bits[right] == 0) | (bits[left] & bits[right] != 0))
