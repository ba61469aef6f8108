"""Numbers of people are masked in free text, keys of records are not."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.privacy import mask_text
from reports.masking import masked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("号码469005190001011239属于他人", "号码469005********1239属于他人"),
        ("469005190001011X", "469005******011X"),  # two digits short
        ("4690051900010112391", "469005*********2391"),  # one too many
        ("传真 0898-63212345", "传真 0898-63212345"),
        ("8612900000001", "861******0001"),
        ("46900519000101123X", "469005********123X"),
        ("旧号 469005000101123", "旧号 469005*****1123"),
        ("电话:12900000001。", "电话:129****0001。"),
        ('{"key": "9f12900000001e"}', '{"key": "9f12900000001e"}'),
        ("2016-05-20 第12行", "2016-05-20 第12行"),
        ("469005********1239", "469005********1239"),
    ],
)
def test_mask_text(text: str, expected: str) -> None:
    assert mask_text(text) == expected


@given(
    st.text(alphabet="年x，a ", max_size=4), st.from_regex(r"\A[1-9]\d{16}[\dX]\Z"), st.sampled_from(["", "，", " 某"])
)
@settings(max_examples=40)
def test_no_identity_number_that_stands_alone_survives(before: str, number: str, after: str) -> None:
    text = mask_text(f"{before}，{number}{after}")
    assert not re.search(r"\d{17}[\dX]", text)


def test_a_column_keeps_its_nulls() -> None:
    column = pd.Series(["12900000001", None, "龙楼"], index=[5, 6, 7], dtype=object)
    assert masked(column).to_dict() == {5: "129****0001", 6: None, 7: "龙楼"}
