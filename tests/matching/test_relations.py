from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.relations import (
    Mark,
    Number,
    date_relation,
    employer_relation,
    mobile_relation,
    name_relation,
    number_relation,
)
from tests.matching.builders import id_number

VALID = id_number("1900-01-01", 123)


@pytest.mark.parametrize(
    ("left", "right", "level", "word", "marks"),
    [
        ("陈小明", "陈晓明", "same_reading", "", [(1, 1, "音同")]),
        ("陳小明", "陈小明", "variant", "繁简", [(0, 0, "繁简")]),
        ("髙山", "高山", "variant", "异体", [(0, 0, "异体")]),
        ("王jie", "王㛃", "same_reading", "", []),
        ("买买提·艾力", "买买提艾力", "variant", "异写", []),
        ("黄宁", "黄林", "near_reading", "", [(1, 1, "近音")]),
        ("林冶国", "林治国", "look_alike", "", [(1, 1, "形近")]),
        ("王大伟", "王伟大", "swapped", "", [(1, 2, "换位"), (2, 1, "换位")]),
        ("陈小明", "小明陈", "swapped", "", []),
        ("李俪丽", "李丽", "one_missing", "缺字", [(1, None, "缺字")]),
        ("李丽", "李俪丽", "one_missing", "缺字", [(None, 1, "多字")]),
        ("符阿?", "符阿奇", "unreadable", "", [(2, 2, "缺字")]),
        ("符阿?", "符阿?", "unreadable", "", [(2, 2, "缺字")]),
        ("王(女介)", "王㛃", "unreadable", "", []),
        ("陈伟明", "陈伟强", "one_of_many", "", [(2, 2, "错字")]),
        ("陈怡", "陈恰", "same_part", "", [(1, 1, "同偏旁")]),
        ("陈海玮", "陈梅伟", "near_reading", "音形相近", [(1, 1, "形近"), (2, 2, "音同")]),
        ("陈明(曾用名陈小妹)", "陈小妹", "former_name", "", []),
    ],
)
def test_names(left: str, right: str, level: str, word: str, marks: list[tuple[int | None, int | None, str]]) -> None:
    found = name_relation(left, right, level)
    assert found.word == word
    assert [mark[:3] for mark in found.marks] == marks


def number(written: str, *, is_valid: bool = False, status: str = "valid", shown: str | None = None) -> Number:
    return Number(written, written if shown is None else shown, status, is_valid)


def test_the_check_digit_tells_whose_slip_it_is() -> None:
    slip = number(VALID[:9] + str((int(VALID[9]) + 1) % 10) + VALID[10:])
    found = number_relation(number(VALID, is_valid=True), slip, "one_slip")
    assert found == ("错一位", (Mark(9, 9, "错一位", "r"),))
    assert number_relation(slip, number(VALID, is_valid=True), "one_slip").marks == (Mark(9, 9, "错一位", "l"),)
    assert number_relation(slip, slip._replace(written=VALID, shown=VALID), "one_slip").marks[0].wrong is None


def test_digits_swapped_missing_or_too_many() -> None:
    swapped = VALID[:6] + VALID[7] + VALID[6] + VALID[8:]
    assert number_relation(number(VALID), number(swapped), "one_slip").word == "换位"
    short = number(VALID[:5] + VALID[6:], shown="")
    assert number_relation(number(VALID), short, "one_slip").word == "缺一位"
    assert [mark.relation for mark in number_relation(short, number(VALID), "one_slip").marks] == ["多一位"]


def test_fifteen_digits_count_their_own_places() -> None:
    old = VALID[:6] + VALID[8:17]
    fifteen = number(old, is_valid=True, shown=VALID[:17] + "*")
    assert number_relation(number(VALID, is_valid=True), fifteen, "exact") == ("15位升18位", ())
    wrong = number(VALID[:10] + str((int(VALID[10]) + 1) % 10) + VALID[11:])
    assert number_relation(wrong, fifteen, "one_slip").marks == (Mark(10, 8, "错一位", "l"),)


@pytest.mark.parametrize(("status", "word"), [("masked", "掩码相符"), ("precision_loss", "精度丢失"), ("valid", "")])
def test_what_hides_digits(status: str, word: str) -> None:
    hidden = number(VALID[:14] + "****", status=status)
    assert number_relation(number(VALID, is_valid=True), hidden, "compatible") == (word, ())


def test_numbers_of_two_people_show_no_places() -> None:
    other = id_number("1905-12-30", 400)
    for level in ("really_different", "differs"):
        assert number_relation(number(VALID), number(other), level) == ("", ())


@pytest.mark.parametrize(
    ("left", "right", "level", "word"),
    [
        ("1903-05-07", "1903-07-05", "one_slip", "月日颠倒"),
        ("1903-05-07", "1903-05-08", "one_slip", "错一位"),
        ("1903-05-12", "1903-05-21", "one_slip", "换位"),
        ("1909-05-12", "1910-05-12", "one_slip", "差一年"),
        ("1903-05-07", "1903-05", "same_month", "缺日"),
        ("1903-05-07", "1903-09-17", "same_year", ""),
    ],
)
def test_dates(left: str, right: str, level: str, word: str) -> None:
    assert date_relation(left, right, level) == (word, ())


def test_mobiles() -> None:
    assert mobile_relation("13700000012", "13700000021", "one_slip").word == "换位"
    assert mobile_relation("13700000012", "13700000013", "one_slip").marks == (Mark(10, 10, "错一位"),)
    assert mobile_relation("13700000012", "13911111111", "different") == ("", ())


@pytest.mark.parametrize(
    ("left", "right", "level", "word"),
    [
        ("鑫源贸易有限公司文昌分公司", "鑫源贸易有限公司", "near", "分支机构"),
        ("鑫源酒店", "鑫源建材商行", "near", "行业不同"),
        ("鑫源商行", "鑫缘商行", "near", "音同"),
        ("金海湾酒店", "金海港酒店", "near", "错字"),
        ("鑫源商行", "文昌鑫源商行", "region_missing", "简称"),
        ("鑫源商行", "鑫海商行", "different", ""),
    ],
)
def test_employers(left: str, right: str, level: str, word: str) -> None:
    assert employer_relation(left, right, level) == (word, ())


NAMES = st.text(alphabet="陈王李小晓明鸣丽俪?", min_size=2, max_size=4)
LEVELS = st.sampled_from(["same_reading", "look_alike", "one_missing", "swapped", "unreadable", "variant"])
MIRRORED = {"缺字": "多字", "多字": "缺字"}


@given(NAMES, NAMES, LEVELS)
@settings(max_examples=50, deadline=None)
def test_the_other_side_sees_the_same(left: str, right: str, level: str) -> None:
    one, other = name_relation(left, right, level), name_relation(right, left, level)
    assert one.word == other.word
    assert len(one.marks) == len(other.marks)
    for mark in one.marks:
        assert mark.place_l is None or left[mark.place_l]
        assert mark.place_r is None or right[mark.place_r]
    if len(left) == len(right):
        turned = sorted((m.place_r, m.place_l, MIRRORED.get(m.relation, m.relation)) for m in one.marks)
        # An unreadable character is missing from whichever side one looks.
        assert [t[:2] for t in turned] == [m[:2] for m in sorted((*m[:2], m.relation) for m in other.marks)]
