"""Null words and names of domain §3.5 and §5.8."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.values.text import clean_name, clean_text


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "无", "不详", "—", "——", "同上", "〃", "-", "N/A", "null", "'"])
def test_blanks_and_null_words_are_none(blank: str) -> None:
    assert clean_text(blank) is None
    assert clean_name(blank) is None


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("  文昌市\n龙楼镇 ", "文昌市 龙楼镇"),
        ("ＡＢＣ１２３", "ABC123"),
        ("'0898", "0898"),
        ("无为县", "无为县"),
        ("\ufeff姓名\u200b", "姓名"),
        ("王\x00海\x9f", "王海"),
    ],
)
def test_clean_text(written: str, clean: str) -> None:
    assert clean_text(written) == clean


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("王　明", "王明"),
        ("王 小 明", "王小明"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("John  Smith", "John Smith"),
        ("陳志強", "陳志強"),
        ("王 □", "王□"),
        ("陈?", "陈?"),
        ("王\n明", "王明"),
    ],
)
def test_clean_name(written: str, clean: str) -> None:
    assert clean_name(written) == clean


@settings(max_examples=50)
@given(st.text(max_size=10))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_name(text)
    assert clean_name(once) == once
