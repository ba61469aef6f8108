from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import IdStatus
from data.values.identifiers import check_digit_18, id_status
from matching.plain_numbers import WIDTH, pass_checks

LAST = date(2016, 6, 16)
DAYS = st.integers(0, 99_999_999).map(lambda day: f"{day:08d}") | st.dates(date(1900, 1, 1), date(2020, 1, 1)).map(
    lambda day: day.strftime("%Y%m%d")
)


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """Mostly right ones: of those made of any digits none would be."""
    first = f"{draw(st.integers(0, 999_999)):06d}{draw(DAYS)}{draw(st.integers(0, 999)):03d}"
    return first + (check_digit_18(first) if draw(st.booleans()) else draw(st.sampled_from("0123456789X")))


@settings(max_examples=50, deadline=None)
@given(st.lists(numbers(), max_size=20))
def test_it_says_what_is_said_of_each_number(texts: list[str]) -> None:
    rows = np.frombuffer("".join(texts).encode(), dtype=np.uint8).reshape(-1, WIDTH)
    assert pass_checks(rows, LAST).tolist() == [id_status(text, LAST) is IdStatus.VALID for text in texts]


def test_a_valid_number_and_the_same_a_day_too_late() -> None:
    born, later = "46000320160616001", "46000320160617001"
    rows = np.frombuffer("".join(f + check_digit_18(f) for f in (born, later)).encode(), dtype=np.uint8)
    assert pass_checks(rows.reshape(-1, WIDTH), LAST).tolist() == [True, False]
