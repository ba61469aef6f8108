"""Likeness of words: a hint, nothing is read by it."""

from __future__ import annotations

import pytest

from data.sources.layout.likeness import nearest

KNOWN = ["公民身份号码", "身份证号", "手机号码", "入党时间"]


@pytest.mark.parametrize(
    ("word", "cutoff", "found"),
    [
        ("身份正号", 0.7, "身份证号"),
        ("手机号吗", 0.7, "手机号码"),
        ("身份证号", 0.7, None),
        ("所长意见", 0.5, None),
        ("入党地点", 0.7, None),
        ("入党地点", 0.5, "入党时间"),
        ("", 0.7, None),
    ],
)
def test_nearest(word: str, cutoff: float, found: str | None) -> None:
    assert nearest(word, KNOWN, cutoff) == found


def test_of_equals_the_first() -> None:
    assert nearest("甲乙丙", ["甲乙丁", "甲乙戊"], 0.5) == "甲乙丁"
