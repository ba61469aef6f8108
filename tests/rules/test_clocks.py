"""Month arithmetic over columns: domain vectors, precision, nulls, agreement with single dates."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.values.dates import add_months, months_between
from rules.clocks import (
    NO_DAY,
    both_days,
    day_texts,
    first_days,
    last_days,
    latest_per_person,
    months_passed,
    plus_months,
)

DATES = st.dates(date(1950, 1, 1), date(2030, 12, 31))


def texts(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype=object)


@pytest.mark.parametrize(
    ("last", "six", "twenty_four"),
    [
        ("2015-08-31", "2016-02-29", "2017-08-31"),
        ("2015-12-16", "2016-06-16", "2017-12-16"),
        ("2015-12-17", "2016-06-17", "2017-12-17"),
        ("2014-02-28", "2014-08-28", "2016-02-28"),
    ],
)
def test_vectors_of_the_domain_rules(last: str, six: str, twenty_four: str) -> None:
    days = last_days(texts(last))
    assert day_texts(plus_months(days, 6)).tolist() == [six]
    assert day_texts(plus_months(days, 24)).tolist() == [twenty_four]


def test_partial_dates_are_read_from_the_end_asked_for() -> None:
    column = texts("2015", "2015-02", "2015-02-03", None)
    assert day_texts(first_days(column)).tolist() == ["2015-01-01", "2015-02-01", "2015-02-03", ""]
    assert day_texts(last_days(column)).tolist() == ["2015-12-31", "2015-02-28", "2015-02-03", ""]
    first, last = both_days(column)
    assert (first.tolist(), last.tolist()) == (first_days(column).tolist(), last_days(column).tolist())


def test_null_stays_null() -> None:
    nothing = last_days(texts(None, None))
    assert nothing.tolist() == [NO_DAY, NO_DAY]
    assert plus_months(nothing, 6).tolist() == [NO_DAY, NO_DAY]
    assert months_passed(nothing, date(2016, 6, 16)).tolist() == [0, 0]


@settings(max_examples=40)
@given(st.lists(DATES, min_size=1, max_size=8), st.integers(0, 60), DATES)
def test_columns_agree_with_single_dates(days: list[date], months: int, as_of: date) -> None:
    column = np.array([day.toordinal() for day in days])
    assert plus_months(column, months).tolist() == [add_months(day, months).toordinal() for day in days]
    assert months_passed(column, as_of).tolist() == [months_between(day, as_of) for day in days]


def test_latest_per_person_ignores_strangers_and_keeps_the_order_asked_for() -> None:
    persons = pd.Index(["p2", "p1", "p3"])
    days = np.array([5, 9, 7, 99])
    assert latest_per_person(texts("p1", "p1", "p2", "stranger"), days, persons).tolist() == [7, 9, NO_DAY]
