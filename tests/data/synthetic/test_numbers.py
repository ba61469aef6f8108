"""The vectorised check digits agree with the ones that read real numbers, and nothing can belong to anybody."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.synthetic import numbers
from data.synthetic.words_places import COUNTIES
from data.values.identifiers import check_digit_18, is_valid_regno, is_valid_uscc


def _array(*values: int) -> numbers.Ints:
    return np.array(values, dtype=np.int64)


@settings(max_examples=50)
@given(st.integers(469900, 469999), st.dates().filter(lambda day: day.year > 1899), st.integers(1, 995))
def test_identity_numbers_pass_their_checksum(area: int, birth: object, sequence: int) -> None:
    day = int(str(birth).replace("-", ""))
    text = str(numbers.texts(numbers.identity_numbers(_array(area), _array(day), _array(sequence)))[0])
    assert text[:17] == f"{area}{day}{sequence:03d}"
    assert text[17] == check_digit_18(text[:17])


def test_identity_number_of_the_standard() -> None:
    found = numbers.texts(numbers.identity_numbers(_array(110105, 440524), _array(19491231, 18800101), _array(2, 1)))
    assert found.tolist() == ["11010519491231002X", "440524188001010014"]


@settings(max_examples=50)
@given(st.lists(st.integers(0, 999_999), min_size=1, max_size=20))
def test_registration_numbers_and_credit_codes_are_valid(order: list[int]) -> None:
    for leading in (0, 6):
        found = numbers.registration_numbers(469905, np.array(order), leading)
        assert all(is_valid_regno(text) and text.startswith(f"469905{leading}") for text in found)
    codes = numbers.credit_codes(469905, np.array(order))
    assert all(is_valid_uscc(text) and text.startswith("91469905MA") for text in codes)


def test_registration_number_whose_check_digit_a_known_bug_gets_wrong() -> None:
    assert numbers.registration_numbers(469005, _array(9), 0).tolist() == ["469005000000090"]


def test_mobile_numbers_are_distinct_and_never_public() -> None:
    found = numbers.mobile_numbers(np.arange(0, 300_000_000, 4999, dtype=np.int64))
    assert len(set(found)) == len(found)
    assert all(re.fullmatch(r"1(?:42|43|54)\d{8}", text) for text in found)


def test_every_county_has_two_area_codes_of_its_own_never_assigned() -> None:
    codes = [code(area) for area in COUNTIES for code in (numbers.synthetic_area, numbers.incomer_area)]
    assert len(set(codes)) == 2 * len(COUNTIES) == 38
    assert all(469900 <= code <= 469999 for code in codes)


@pytest.mark.parametrize(("area", "expected"), [("469005", 469905), ("469030", 469930), ("460100", 469951)])
def test_synthetic_area(area: str, expected: int) -> None:
    assert numbers.synthetic_area(area) == expected
