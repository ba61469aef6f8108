"""Sums in ten thousand yuan, as reports write them."""

from __future__ import annotations

import pytest

from data.contracts.parse_numbers import read_sum
from data.contracts.reasons.cells import VALUE_UNREADABLE
from data.values.amounts import read_amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,234.5", "1234.5"), ("１２", "12"), ("0", "0"), ("12.500000", "12.5"), ("3亿元", "30000"), ("5000元", "0.5"),
        ("80万", "80"), ("¥7万元", "7"), ("-5", None), ("若干", None), ("", None), ("1.2.3", None),
    ],
)  # fmt: skip
def test_amounts(text: str, amount: str | None) -> None:
    assert read_amount(text) == amount


def test_a_blank_is_nothing_and_a_word_is_unreadable() -> None:
    assert read_sum("—") == (None, None)
    assert read_sum("12万元") == ("12", None)
    assert read_sum("保密") == (None, VALUE_UNREADABLE)
