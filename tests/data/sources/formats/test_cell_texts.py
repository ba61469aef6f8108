from __future__ import annotations

from datetime import date, datetime, time

import pytest

from data.sources.formats.cell_texts import as_texts, tidy


@pytest.mark.parametrize(
    ("value", "text", "is_number"),
    [
        ("460022190001010010", "460022190001010010", False),
        (5.0, "5", True),
        (1998.1, "1998.1", True),
        (13900001234.0, "13900001234", True),
        (4.6002219000101e17, "4.6002219000101e+17", True),
        (float("inf"), "", True),
        (True, "是", False),
        (False, "否", False),
        (date(1985, 7, 1), "1985-07-01", False),
        (datetime(1985, 7, 1), "1985-07-01", False),
        (datetime(1985, 7, 1, 8, 30), "1985-07-01 08:30:00", False),
        (time(12, 0), "12:00:00", False),
    ],
)
def test_each_type_has_one_text_and_only_numbers_are_numbers(value: object, text: str, is_number: bool) -> None:
    texts, numeric = as_texts(["甲", value, ""])
    assert texts == ["甲", text, ""]
    assert numeric.tolist() == [False, is_number, False]


def test_tidy_takes_out_what_nobody_sees_and_leaves_the_rest_alone() -> None:
    untouched = ["王明", "李 丽"]
    assert tidy(untouched).texts == untouched
    tidied = tidy([" 王\u200b明\u3000", "\n", "#N/A", "#######", "#1楼", "a\tb"])
    assert tidied.texts == ["王明", None, None, None, "#1楼", "a\tb"]
    assert (tidied.n_invisible, tidied.errors) == (1, [2, 3])
