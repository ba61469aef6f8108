"""Which kinds of comparison can a specification name, with which options, and what are their levels believed to be?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from matching.comparisons import COMPARISONS, LevelComparison
from matching.comparisons.as_written import WrittenIdentityNumberComparison, WrittenPlaceComparison
from matching.comparisons.latin_dates import TypedDateComparison
from matching.comparisons.numbers import NumberComparison, PostcodeComparison
from matching.comparisons.pairs import SwappedPairComparison
from matching.comparisons.text import DamerauLevenshteinComparison, ExactComparison, JaroWinklerComparison
from matching.comparisons.tokens import TokenSetComparison


@dataclass(frozen=True)
class Kind:
    """A kind of comparison: its class, how many columns it reads, its options, and m and u of its levels.

    m, u: believed shares from different to exact. None: the levels are those of the person model's comparison `like`,
    or follow from the number of thresholds (`even_beliefs`).
    """

    build: Callable[..., LevelComparison[Any]]
    n_columns: int = 1
    options: tuple[str, ...] = ()
    m: tuple[float, ...] | None = None
    u: tuple[float, ...] | None = None
    like: str | None = None


KINDS: dict[str, Kind] = {
    "exact": Kind(ExactComparison, m=(0.1, 0.9), u=(0.98, 0.02)),
    "jaro_winkler": Kind(JaroWinklerComparison, options=("thresholds",)),
    "damerau_levenshtein": Kind(DamerauLevenshteinComparison, options=("distances",)),
    "swapped_pair": Kind(
        SwappedPairComparison,
        n_columns=2,
        options=("threshold",),
        m=(0.01, 0.01, 0.07, 0.05, 0.15, 0.03, 0.68),
        u=(0.955, 0.015, 0.025, 0.003, 0.0015, 0.0001, 0.0004),
    ),
    "date": Kind(
        TypedDateComparison,
        m=(0.03, 0.02, 0.02, 0.02, 0.11, 0.80),
        u=(0.965, 0.015, 0.015, 0.002, 0.0025, 0.0005),
    ),
    "number": Kind(NumberComparison, options=("absolute", "relative")),
    "postcode": Kind(PostcodeComparison, options=("prefix",), m=(0.05, 0.05, 0.05, 0.85), u=(0.85, 0.13, 0.01, 0.01)),
    "token_set": Kind(TokenSetComparison, options=("thresholds",)),
    "name": Kind(COMPARISONS["name"], like="name"),
    "identity_number": Kind(WrittenIdentityNumberComparison, like="identity_number"),
    "partial_date": Kind(COMPARISONS["date"], like="date"),
    "sex": Kind(COMPARISONS["sex"], like="sex"),
    "mobile": Kind(COMPARISONS["mobile"], like="mobile"),
    "place": Kind(WrittenPlaceComparison, n_columns=2, like="place"),
    "employer": Kind(COMPARISONS["employer"], like="employer"),
    "address": Kind(COMPARISONS["address"], like="address"),
}


def even_beliefs(n_levels: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """m and u of a comparison whose levels are thresholds: most links are exact, most others different.

    Each higher level is half as frequent among others and, up to the exact one, twice as frequent among links.
    """
    rising = [2.0**step for step in range(n_levels - 1)]
    between = rising[:-1]
    m = (0.05, *(0.2 * step / sum(between) for step in between), 0.75) if between else (0.1, 0.9)
    return m, (0.95, *(0.05 * step / sum(rising) for step in reversed(rising)))


#: Words for levels, Chinese and English; thresholds add their number. The best level needs none.
_WORDS = {
    "different": ("不同", "different"),
    "exact": ("", ""),
    "one_alike": ("一项相近", "one alike"),
    "one_equal": ("一项相同", "one equal"),
    "only_known_equal": ("一项缺失", "one missing"),
    "both_alike": ("相近", "alike"),
    "swapped": ("换位", "swapped"),
    "same_year": ("同年", "same year"),
    "two_slips": ("差两处", "two slips"),
    "same_month": ("同年月", "same month"),
    "one_slip": ("差一处", "one slip"),
    "same_area": ("同区", "same area"),
    "inside": ("包含", "inside"),
}
_PREFIXES = {
    "alike_": ("相似度≥", "alike ≥ "),
    "within_": ("差≤", "within "),
    "shared_": ("共有词≥", "shared ≥ "),
}


def words_of(level: str) -> tuple[str, str]:
    """Chinese and English word of a level."""
    for prefix, (zh, en) in _PREFIXES.items():
        if level.startswith(prefix):
            return zh + level.removeprefix(prefix), en + level.removeprefix(prefix)
    return _WORDS[level]


def build(kind: str, columns: Sequence[str], options: dict[str, Any], label: str) -> LevelComparison[Any]:
    """The comparison at work."""
    names = list(columns)
    return KINDS[kind].build(names, names, label=label, **options)
