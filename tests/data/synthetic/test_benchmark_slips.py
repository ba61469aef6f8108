from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import IdStatus
from data.synthetic import benchmark_slips as slips
from data.synthetic import numbers
from data.values.identifiers import id_status

DRAWS = st.integers(0, 2**31 - 1)
NUMBER = str(numbers.texts(numbers.identity_numbers(np.array([469905]), np.array([19640910]), np.array([629])))[0])
AS_OF = date(2016, 6, 16)


def _n_different(a: str, b: str) -> int:
    return sum(x != y for x, y in zip(a, b, strict=True))


@given(DRAWS)
def test_one_wrong_digit_fails_the_check(draw: int) -> None:
    wrong = slips.wrong_digit(NUMBER, draw)
    assert wrong is not None
    assert _n_different(NUMBER, wrong) == 1
    assert id_status(wrong, AS_OF) is not IdStatus.VALID


@given(DRAWS)
def test_an_exchange_keeps_the_digits(draw: int) -> None:
    swapped = slips.swapped_digits(NUMBER, draw)
    assert swapped is not None
    assert sorted(swapped) == sorted(NUMBER)
    assert _n_different(NUMBER, swapped) == 2


@given(DRAWS)
def test_a_mask_hides_and_changes_nothing_else(draw: int) -> None:
    masked = slips.masked(NUMBER, draw)
    assert masked is not None
    assert id_status(masked, AS_OF) is IdStatus.MASKED
    assert all(a in (b, "*") for a, b in zip(masked, NUMBER, strict=True))


@given(DRAWS)
def test_phone_and_registration_number_differ_in_one_digit(draw: int) -> None:
    phone = slips.phone_digit("14228566022", draw)
    assert phone is not None
    assert _n_different("14228566022", phone) == 1
    assert phone[:3] == "142"
    assert _n_different("469905606000274", slips.registration_digit("469905606000274", draw)) == 1


@given(st.dates(date(1930, 1, 1), date(2000, 1, 1)), DRAWS)
def test_a_lunar_date_is_three_to_seven_weeks_early(born: date, draw: int) -> None:
    written = slips.lunar(born.isoformat(), draw)
    assert written is not None
    assert 18 <= (born - date.fromisoformat(written)).days <= 49


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (slips.precision_loss(NUMBER, 0), NUMBER[:15] + "000"),
        (slips.precision_loss(NUMBER[:17] + "X", 0), None),
        (slips.fifteen_digits(NUMBER, 0), NUMBER[:6] + NUMBER[8:17]),
        (slips.fifteen_digits(NUMBER[:6] + "2001" + NUMBER[10:], 0), None),
        (slips.month_only("1964-09-10", 0), "1964-09"),
        (slips.month_only("1964-09", 0), None),
        (slips.day_and_month("1964-09-10", 0), "1964-10-09"),
        (slips.day_and_month("1964-09-13", 0), None),
        (slips.day_and_month("1964-09-09", 0), None),
        (slips.old_county("文昌市龙楼镇全美村1号", 0), "文昌县龙楼镇全美村1号"),
        (slips.old_county("三亚市海棠区", 0), None),
    ],
)
def test_what_is_written(found: str | None, expected: str | None) -> None:
    assert found == expected
