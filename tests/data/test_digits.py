"""Floats are written with as many digits as mean something, wherever in a JSON value they stand."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.digits import in_digits, meaningful


@pytest.mark.parametrize(
    ("value", "kept"),
    [(0.0005013414047222443, 0.000501341404722), (1 / 3, 0.333333333333), (25.580078125, 25.580078125), (1e300, 1e300)],
)
def test_twelve_digits_stay(value: float, kept: float) -> None:
    assert meaningful(value) == kept


def test_what_is_no_number_stays() -> None:
    assert math.isnan(meaningful(math.nan))
    assert meaningful(-math.inf) == -math.inf


def test_every_float_of_a_value_and_nothing_else() -> None:
    value = {"a": [0.1 + 0.2, 7, True, None, "0.30000000000000004"], "b": {"c": (2 / 3,)}}
    assert in_digits(value) == {"a": [0.3, 7, True, None, "0.30000000000000004"], "b": {"c": [0.666666666667]}}
    assert in_digits(True) is True


@given(st.floats(min_value=1e-4, max_value=1e6))
@settings(max_examples=50)
def test_no_text_of_a_number_looks_like_one_of_a_person(value: float) -> None:
    assert meaningful(meaningful(value)) == meaningful(value)
    assert not re.search("[0-9]{17}", repr(meaningful(value)))
