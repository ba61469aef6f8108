"""What every generic comparison promises: symmetric, equal is the top level, null is missing, usable with the toolkit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import recordlinkage
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.comparisons import LevelComparison
from matching.comparisons.latin_dates import TypedDateComparison
from matching.comparisons.numbers import NumberComparison, PostcodeComparison
from matching.comparisons.pairs import SwappedPairComparison
from matching.comparisons.text import DamerauLevenshteinComparison, ExactComparison, JaroWinklerComparison
from matching.comparisons.tokens import TokenSetComparison

ONE = [
    ExactComparison("a", "a"),
    JaroWinklerComparison("a", "a"),
    DamerauLevenshteinComparison("a", "a"),
    TypedDateComparison("a", "a"),
    PostcodeComparison("a", "a"),
    TokenSetComparison("a", "a"),
    NumberComparison("a", "a", relative=[0.1]),
]
WORDS = st.one_of(st.none(), st.text(alphabet="ab 12", min_size=1, max_size=9).filter(lambda text: text.strip() != ""))


def levels(comparison: LevelComparison[Any], left: list[Any], right: list[Any]) -> list[int]:
    a, b = pd.Series(left, dtype=object), pd.Series(right, dtype=object)
    return [int(level) for level in comparison._compute_vectorized(a, b)]


@pytest.mark.parametrize("comparison", ONE, ids=lambda comparison: type(comparison).__name__)
@given(pairs=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_symmetric_bounded_and_null_is_missing(
    comparison: LevelComparison[Any], pairs: list[tuple[str | None, str | None]]
) -> None:
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    there, back = levels(comparison, left, right), levels(comparison, right, left)
    assert there == back
    for level, (a, b) in zip(there, pairs, strict=True):
        assert -1 <= level < len(comparison.level_names())
        if a is None or b is None:
            assert level == -1
        elif a == b and level != -1:
            assert level == len(comparison.level_names()) - 1


@pytest.mark.parametrize("comparison", ONE, ids=lambda comparison: type(comparison).__name__)
def test_the_toolkit_gives_the_levels_of_the_engine(comparison: LevelComparison[Any]) -> None:
    frame = pd.DataFrame({"a": ["12 ab", "12 ac", "20010203", "20010302", "101", "102", None]}, dtype=object)
    pairs = pd.MultiIndex.from_product([frame.index, frame.index])
    compare = recordlinkage.Compare()
    compare.add(comparison)
    told = compare.compute(pairs, frame, frame).to_numpy().ravel()
    prepared = comparison.prepare(frame["a"])
    left, right = np.divmod(np.arange(len(frame) ** 2), len(frame))
    assert told.tolist() == comparison.levels(prepared, left, right).tolist()


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("martha", "martha", "exact"),
        ("martha", "marhta", "alike_0.92"),
        ("dwayne", "duane", "alike_0.8"),
        ("martha", "zoe", "different"),
    ],
)
def test_jaro_winkler(left: str, right: str, level: str) -> None:
    comparison = JaroWinklerComparison("a", "a", thresholds=[0.8, 0.92])
    assert comparison.level_names()[levels(comparison, [left], [right])[0]] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("5304218", "5304218", "exact"),
        ("5304218", "5304281", "within_1"),
        ("5304218", "530421", "within_1"),
        ("5304218", "5394281", "within_2"),
        ("5304218", "1234567", "different"),
        # One of one or of two characters replaced leaves nothing to recognise.
        ("6", "9", "different"),
        ("61", "91", "different"),
        ("612", "912", "within_1"),
    ],
)
def test_damerau_levenshtein(left: str, right: str, level: str) -> None:
    comparison = DamerauLevenshteinComparison("a", "a", distances=[2, 1])
    assert comparison.level_names()[levels(comparison, [left], [right])[0]] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("19560409", "1956-04-09", "exact"),
        ("19560409", "19560904", "one_slip"),
        ("19560409", "19560408", "one_slip"),
        ("19560409", "1956049", "one_slip"),
        ("19560409", "19560490", "one_slip"),
        ("19560409", "19560427", "same_month"),
        ("19560409", "19570408", "two_slips"),
        ("19560409", "19561127", "same_year"),
        ("19560409", "20011127", "different"),
        ("19560409", "?", None),
    ],
)
def test_date(left: str, right: str, level: str | None) -> None:
    comparison = TypedDateComparison("a", "a")
    found = levels(comparison, [left], [right])[0]
    assert (comparison.level_names()[found] if found >= 0 else None) == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (("jack", "white"), ("jack", "white"), "exact"),
        (("jack", "white"), ("white", "jack"), "swapped"),
        (("jack", "white"), ("whitee", "jack"), "swapped"),
        (("jack", "white"), ("jacky", "white"), "both_alike"),
        (("jack", "white"), (None, "white"), "only_known_equal"),
        (("jack", "white"), ("zoe", "white"), "one_equal"),
        (("jack", None), ("white", "jack"), "one_equal"),
        (("jack", "white"), ("zoe", "whitee"), "one_alike"),
        (("jack", "white"), ("zoe", "brown"), "different"),
        (("jack", None), (None, "white"), "different"),
        ((None, None), ("jack", "white"), None),
    ],
)
def test_swapped_pair(left: tuple[str | None, ...], right: tuple[str | None, ...], level: str | None) -> None:
    comparison = SwappedPairComparison(["a", "b"], ["a", "b"], threshold=0.85)
    for one, other in ((left, right), (right, left)):
        columns = [pd.Series([value], dtype=object) for value in (*one, *other)]
        found = int(comparison._compute_vectorized(*columns)[0])
        assert (comparison.level_names()[found] if found >= 0 else None) == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("100", "100.0", "exact"),
        ("100", "101", "within_0.01"),
        ("-100", "-95", "within_0.1"),
        ("0", "0", "exact"),
        ("100", "-100", "different"),
        ("100", "many", None),
        ("inf", "1", None),
    ],
)
def test_number_relative(left: str, right: str, level: str | None) -> None:
    comparison = NumberComparison("a", "a", relative=[0.1, 0.01])
    found = levels(comparison, [left], [right])[0]
    assert (comparison.level_names()[found] if found >= 0 else None) == level


def test_number_absolute_and_its_options() -> None:
    comparison = NumberComparison("a", "a", absolute=[5, 1])
    assert levels(comparison, ["10", "10", "10", "10"], ["10", "11", "15", "15.1"]) == [3, 2, 1, 0]
    with pytest.raises(ValueError, match="absolute or relative"):
        NumberComparison("a", "a")


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("2612", "2612", "exact"),
        ("2612", "2621", "one_slip"),
        ("2612", "2695", "same_area"),
        ("2612", "3195", "different"),
    ],
)
def test_postcode(left: str, right: str, level: str) -> None:
    comparison = PostcodeComparison("a", "a", prefix=2)
    assert comparison.level_names()[levels(comparison, [left], [right])[0]] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("north ryde west", "west ryde north north", "exact"),
        ("north ryde", "north ryde west", "inside"),
        ("a b c", "a b d", "shared_0.5"),
        ("a b c", "a d e", "different"),
        (" ", "a", None),
    ],
)
def test_token_set(left: str, right: str, level: str | None) -> None:
    comparison = TokenSetComparison("a", "a")
    found = levels(comparison, [left], [right])[0]
    assert (comparison.level_names()[found] if found >= 0 else None) == level
