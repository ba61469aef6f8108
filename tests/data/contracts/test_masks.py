"""No number of a person is readable in an answer, and outside the clerk's own workbook no name."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contracts.field import ValueType
from data.contracts.masks import shown_to_anyone, shown_to_owner

_ID = "460022190001010010"


@pytest.mark.parametrize(
    ("text", "kind", "owner", "anyone"),
    [
        (None, ValueType.TEXT, "", ""),
        (_ID, ValueType.ID_NO, "460022********0010", "460022********0010"),
        ("4.60022190001010e+17", ValueType.ID_NO, "4.6002**********e+17", "4.6002**********e+17"),
        ("13900001234", ValueType.PHONE, "139****1234", "139****1234"),
        ("王小明", ValueType.NAME, "王小明", "王**"),
        # Columns that slipped: a number under a date, a name under a number.
        (_ID, ValueType.DATE, "460022********0010", "460022********0010"),
        ("460022 19000101 0010", ValueType.TEXT, "460022**********0010", "460022**********0010"),
        ("电话139-0000-1234", ValueType.TEXT, "电话139******1234", "电*139******1234"),
        ("ID460022190001010010X", ValueType.TEXT, "ID460022********0010X", "I*460022********0010*"),
        ("李小红", ValueType.PHONE, "***", "***"),
        ("八五年十三月", ValueType.DATE, "八五年十三月", "八五年十三月"),
        ("王小明生", ValueType.DATE, "王小明生", "王**生"),
        ("群众", ValueType.CODE, "群众", "群*"),
        ("长" * 100, ValueType.TEXT, "长" * 60 + "…", "长" + "*" * 59 + "…"),
    ],
)
def test_what_is_shown(text: str | None, kind: ValueType, owner: str, anyone: str) -> None:
    assert shown_to_owner(text, kind) == owner
    assert shown_to_anyone(text, kind) == anyone


@given(st.text(max_size=20), st.sampled_from([_ID, "13900001234", "46002219000101001X"]), st.sampled_from(ValueType))
def test_no_number_of_a_person_is_left_whole(beside: str, number: str, kind: ValueType) -> None:
    for shown in (shown_to_owner(beside + number, kind), shown_to_anyone(number + beside, kind)):
        assert number not in shown
        assert not re.search(r"\d{11}", shown)
