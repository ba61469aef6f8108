"""Regular texts are those that the careful readers give back as they are: array arithmetic against one cell at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import IdStatus
from data.synthetic import numbers
from data.values import regular
from data.values.columns import Objects
from data.values.dates import ReadDate, read_date
from data.values.identifiers import (
    check_digit_18,
    id_status,
    is_valid_regno,
    is_valid_uscc,
    regno_check_digit,
    uscc_check_digit,
)
from data.values.name_notes import split_name
from data.values.phones import parse_phones
from data.values.text import NULL_WORDS, clean_text

AS_OF = date(2016, 6, 16)
_HAN = "王明海波陳志強符"
_NOISE = st.text(max_size=20) | st.sampled_from(sorted(NULL_WORDS)) | st.text("王明·a1 （）('-/", max_size=8)


def _texts(values: list[str]) -> Objects:
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made


def _is_plain_text(text: str) -> bool:
    return clean_text(text) == text


def _is_plain_name(text: str) -> bool:
    person = split_name(text)
    return person.name == text and not person.is_split


def _is_mobile(text: str) -> bool:
    return parse_phones(text)[:1] == (text,)


def _is_identity_number(text: str) -> bool:
    return id_status(text, AS_OF) is IdStatus.VALID


def _is_business_number(text: str) -> bool:
    return is_valid_uscc(text) or is_valid_regno(text)


def _identity_numbers() -> st.SearchStrategy[str]:
    """Right and wrong ones: births from the year 0 on, also days that no calendar has."""
    first = st.builds(
        "469905{:04d}{:02d}{:02d}{:03d}".format,
        st.integers(0, 2030) | st.sampled_from([1900, 2000, 2016]),
        st.integers(0, 13) | st.just(2),
        st.integers(0, 32) | st.sampled_from([28, 29, 30]),
        st.integers(0, 999),
    )
    return st.builds(
        lambda digits, slip: digits + (check_digit_18(digits) if slip is None else slip),
        first,
        st.none() | st.sampled_from("0123456789Xx"),
    )


def _credit_codes() -> st.SearchStrategy[str]:
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    first = st.builds(
        "{}{}{}".format,
        st.text(alphabet, min_size=2, max_size=2),
        st.just("469905"),
        st.text(alphabet, min_size=9, max_size=9),
    )
    return st.builds(
        lambda body, slip: body + (slip or uscc_check_digit(body)), first, st.none() | st.sampled_from("0IY")
    )


def _registration_numbers() -> st.SearchStrategy[str]:
    first = st.text("0123456789", min_size=14, max_size=14)
    return st.builds(
        lambda body, slip: body + (slip or regno_check_digit(body)), first, st.none() | st.sampled_from("07a")
    )


def _days() -> st.SearchStrategy[str]:
    """Days as ISO text, also some that no calendar has and years that no date is read in."""
    numbers = (st.integers(1840, 2110), st.integers(0, 13), st.integers(0, 32), st.sampled_from("--/"))
    return st.builds(lambda year, month, day, mark: f"{year:04}-{month:02}{mark}{day:02}", *numbers)


CASES: dict[str, tuple[Callable[[Objects], regular.Mask], Callable[[str], bool], st.SearchStrategy[str]]] = {
    "text": (regular.plain_texts, _is_plain_text, _NOISE | st.text(f"{_HAN}09aZ#,。", max_size=6)),
    "name": (regular.plain_names, _is_plain_name, _NOISE | st.text(f"{_HAN}某先生同志□㐱", max_size=5)),
    "mobile": (regular.plain_mobiles, _is_mobile, _NOISE | st.from_regex(r"1[0-9０]{9,11}\n?", fullmatch=True)),
    "day": (regular.plain_days, lambda text: read_date(text) == ReadDate(text), _NOISE | _days()),
    "identity": (
        lambda texts: regular.valid_identity_numbers(texts, AS_OF),
        _is_identity_number,
        _NOISE | _identity_numbers(),
    ),
    "business": (
        regular.valid_business_numbers,
        _is_business_number,
        _NOISE | _credit_codes() | _registration_numbers(),
    ),
}


@pytest.mark.parametrize("case", CASES)
@settings(max_examples=50)
@given(data=st.data())
def test_what_is_called_regular_is_what_its_reader_leaves_alone(case: str, data: st.DataObject) -> None:
    find, is_left_alone, texts = CASES[case]
    values = data.draw(st.lists(texts, max_size=30))
    wrong = [
        text
        for text, is_regular in zip(values, find(_texts(values)), strict=True)
        if is_regular and not is_left_alone(text)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("case", "values", "expected"),
    [
        ("text", ["文昌市龙楼镇全美村1号", "a-1", "无", "NA", "a b", "ａ", "'1", "", "空", "龙楼"], "yynnnnnnny"),
        (
            "name",
            ["王明", "陳志強", "欧阳明海", "王", "王某", "不详", "王明（女）", "同志", "符□", "王 明"],
            "yyynnnnnnn",
        ),
        (
            "mobile",
            ["14212345678", "13800138000", "1421234567", "12212345678", "１4212345678", "14212345678\n"],
            "ynnnnn",
        ),
        (
            "day",
            ["1985-07-01", "2016-02-29", "2015-02-29", "1985-7-1", "1985-07", "1849-12-31", "2101-01-01", "1985/07/01"],
            "yynnnnnn",
        ),
    ],
)
def test_which_texts_are_regular(case: str, values: list[str], expected: str) -> None:
    assert ["ny"[is_regular] for is_regular in CASES[case][0](_texts(values)).tolist()] == list(expected)


def test_every_valid_number_of_a_county_is_regular() -> None:
    """The fast way must not only be right but be taken: synthetic numbers all pass their checks."""
    order = np.arange(500)
    area = np.full(500, 469905)
    identity = numbers.texts(numbers.identity_numbers(area, np.full(500, 19560229), order + 1))
    registration = numbers.registration_numbers(469905, order, 6)
    assert regular.valid_identity_numbers(identity, AS_OF).all()
    assert regular.valid_business_numbers(registration).all()
    assert regular.valid_business_numbers(numbers.credit_codes(469905, order)).all()
    assert regular.plain_mobiles(numbers.mobile_numbers(order)).all()


def test_births_after_the_day_of_the_run_are_not_regular() -> None:
    made = _texts([f"4699052016{day}001" for day in ("0616", "0617")])
    whole = _texts([first + check_digit_18(first) for first in made])
    assert regular.valid_identity_numbers(whole, AS_OF).tolist() == [True, False]


def test_half_a_surrogate_pair_is_not_regular_and_harms_no_other() -> None:
    made = _texts(["王明", "\ud83d", "龙楼"])
    assert regular.plain_texts(made).tolist() == [True, False, True]
    assert regular.plain_names(made).tolist() == [True, False, True]


def test_nothing_is_regular_in_nothing() -> None:
    for find, _, _ in CASES.values():
        assert find(_texts([])).tolist() == []
