from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.comparisons.dates import DateComparison, DateLevel


def level(left: str | None, right: str | None, settled: tuple[str | None, str | None] | None = None) -> int:
    a, b = pd.Series([left], dtype=object), pd.Series([right], dtype=object)
    if settled is None:
        return int(DateComparison("birth", "birth")._compute_vectorized(a, b)[0])
    x, y = (pd.Series([value], dtype=object) for value in settled)
    columns = ["birth", "settled"]
    return int(DateComparison(columns, columns)._compute_vectorized(a, x, b, y)[0])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1905-07-01", "1905-07-01", DateLevel.SAME_DAY),
        ("1905-07-01", "1905-07", DateLevel.SAME_MONTH),
        ("1905-07", "1905-07", DateLevel.SAME_MONTH),
        ("1905-07-01", "1905-01-07", DateLevel.ONE_SLIP),
        ("1905-07-01", "1905-07-02", DateLevel.ONE_SLIP),
        ("1905-07-01", "1906-07-01", DateLevel.ONE_SLIP),
        ("1905-07-12", "1905-07-21", DateLevel.ONE_SLIP),
        ("1905-07", "1905-08", DateLevel.ONE_SLIP),
        ("1909-07-01", "1910-07-01", DateLevel.ONE_SLIP),
        ("1909-07-01", "1910-07", DateLevel.ONE_SLIP),
        ("1909-07-01", "1911-07-01", DateLevel.DIFFERENT),
        ("1909-07-01", "1910-07-02", DateLevel.DIFFERENT),
        ("1909", "1910", DateLevel.DIFFERENT),
        ("1905-01", "1905-10", DateLevel.ONE_SLIP),
        ("1905", "1905-07-01", DateLevel.SAME_YEAR),
        ("1905", "1905", DateLevel.SAME_YEAR),
        ("1905-07-01", "1905-11-28", DateLevel.SAME_YEAR),
        ("1905", "1906", DateLevel.DIFFERENT),
        ("1905-07-01", "1950-12-31", DateLevel.DIFFERENT),
        (None, "1905", -1),
    ],
)
def test_level(left: str | None, right: str | None, expected: int) -> None:
    assert level(left, right) == expected
    assert level(right, left) == expected


def test_settled_on_both_sides_is_missing_so_that_a_birth_counts_once() -> None:
    day = "1905-07-01"
    assert level(day, day, ("yes", "yes")) == -1
    assert level(day, day, ("yes", None)) == DateLevel.SAME_DAY


@given(st.dates(), st.dates())
@settings(max_examples=50, deadline=None)
def test_symmetric_and_an_equal_day_is_best(left: object, right: object) -> None:
    assert level(str(left), str(right)) == level(str(right), str(left))
    assert level(str(left), str(left)) == DateLevel.SAME_DAY
