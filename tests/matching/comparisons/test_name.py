from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.characters import MISSING
from matching.comparisons.name import NameComparison, NameLevel
from matching.spellings import canonical_name

NAMES = st.text(alphabet="陈程王伟玮明鸣强未末?·峰峯欧阳吉()jie", min_size=1, max_size=7)


def level(left: str | None, right: str | None) -> int:
    columns = (pd.Series([left], dtype=object), pd.Series([right], dtype=object))
    return int(NameComparison("name", "name")._compute_vectorized(*columns)[0])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("陈伟", "陈伟", NameLevel.EXACT),
        ("陳偉", "陈伟", NameLevel.VARIANT),
        ("王海峯", "王海峰", NameLevel.VARIANT),
        ("林堃", "林坤", NameLevel.VARIANT),
        ("陈伟明", "陈玮鸣", NameLevel.SAME_READING),
        ("单田芳", "善田芳", NameLevel.SAME_READING),
        ("曾小红", "增小红", NameLevel.SAME_READING),
        ("曾小红", "层小红", NameLevel.SAME_READING),
        ("王jie", "王㛃", NameLevel.SAME_READING),
        ("朱世ben", "朱世犇", NameLevel.SAME_READING),
        ("王jie", "王jie", NameLevel.EXACT),
        ("王jie", "王强", NameLevel.SAME_SURNAME),
        ("王(女介)", "王㛃", NameLevel.UNREADABLE),
        ("王xiaojie", "王晓洁", NameLevel.SAME_READING),
        ("Chen Xiaoming", "陈小明", NameLevel.SAME_READING),
        ("XIAOMING CHEN", "陈晓鸣", NameLevel.SAME_READING),
        ("Chen Xiaoming", "CHEN XIAO MING", NameLevel.VARIANT),
        ("Chen Xiaoming", "陈大明", NameLevel.DIFFERENT),
        # A character by its parts, in brackets or not; the parts may make another than the right one.
        ("刘(吉吉)", "刘喆", NameLevel.UNREADABLE),
        ("陈火火火", "陈焱", NameLevel.UNREADABLE),
        ("弓长三丰", "张三丰", NameLevel.UNREADABLE),
        ("陈某明", "陈伟明", NameLevel.UNREADABLE),
        ("陈伟明(党员)", "陈伟明", NameLevel.VARIANT),
        # Southern ears: n l, zh z, ing in, eng en, hu f, 黄 王; but not 范 王.
        ("吴丽", "吴妮", NameLevel.NEAR_READING),
        ("陈志明", "陈自民", NameLevel.NEAR_READING),
        ("邢福辉", "邢湖飞", NameLevel.NEAR_READING),
        ("陈生根", "程森更", NameLevel.NEAR_READING),
        ("黄伟", "王伟", NameLevel.NEAR_READING),
        ("陈玉兰", "陈义兰", NameLevel.NEAR_READING),
        ("陈荣", "陈龙", NameLevel.SAME_SURNAME),
        ("范伟", "王伟", NameLevel.DIFFERENT),
        ("李未", "李末", NameLevel.LOOK_ALIKE),
        ("陈海", "陈梅", NameLevel.LOOK_ALIKE),
        ("陈宇明", "陈字明", NameLevel.LOOK_ALIKE),
        ("邢明", "刑明", NameLevel.SAME_READING),
        ("林材", "材林", NameLevel.SWAPPED),
        ("陈?", "陈伟", NameLevel.UNREADABLE),
        ("陈□明", "陈伟明", NameLevel.UNREADABLE),
        ("陈*明", "陈?明", NameLevel.UNREADABLE),
        ("陈?", "陈?", NameLevel.UNREADABLE),
        ("陈\ue000明", "陈伟明", NameLevel.UNREADABLE),
        ("陈明", "陈伟明", NameLevel.ONE_MISSING),
        ("欧明", "欧阳明", NameLevel.ONE_MISSING),
        ("冯陈小妹", "陈小妹", NameLevel.ONE_MISSING),
        ("陈明伟", "陈伟明", NameLevel.SWAPPED),
        ("小明陈", "陈小明", NameLevel.SWAPPED),
        ("小明欧阳", "欧阳小明", NameLevel.SWAPPED),
        ("陈小妹（曾用名陈阿妹）", "陈阿妹", NameLevel.FORMER_NAME),
        ("陈小妹（曾用名：陈妹）", "陈妹", NameLevel.FORMER_NAME),
        ("陈小妹(陈阿妹)", "陈阿妹", NameLevel.FORMER_NAME),
        ("陈小妹（曾用名陈妹）", "陈小妹", NameLevel.VARIANT),
        # One heard and one seen wrong, one unreadable beside it: every character is accounted for.
        ("陈海玮", "陈梅伟", NameLevel.NEAR_READING),
        ("陈?玮", "陈海伟", NameLevel.NEAR_READING),
        ("陈海强", "陈梅伟", NameLevel.SAME_SURNAME),
        ("陈怡", "陈恰", NameLevel.SAME_PART),
        ("陈江明", "陈海明", NameLevel.SAME_PART),
        ("陈青", "陈清", NameLevel.SAME_READING),
        ("怡", "恰", NameLevel.DIFFERENT),
        ("陈伟明", "陈伟强", NameLevel.ONE_OF_MANY),
        ("陈伟明", "黎伟明", NameLevel.ONE_OF_MANY),
        ("欧阳伟", "欧阳强", NameLevel.ONE_OF_MANY),
        ("陈伟", "陈强", NameLevel.SAME_SURNAME),
        ("陈", "陈伟", NameLevel.SAME_SURNAME),
        ("欧阳伟明", "欧阳志强", NameLevel.SAME_SURNAME),
        ("欧伟明", "欧阳志强", NameLevel.DIFFERENT),
        ("陈伟", "王强", NameLevel.DIFFERENT),
        ("陈伟", "王伟", NameLevel.DIFFERENT),
        ("阿依古丽·买买提", "阿依古丽·买买提江", NameLevel.ONE_MISSING),
        ("阿依古丽·买买提", "阿依古丽．买买提", NameLevel.VARIANT),
        ("阿依古丽·买买提", "阿依古丽买买提", NameLevel.VARIANT),
        ("阿依古丽·买买提", "阿依古丽", NameLevel.ONE_MISSING),
        ("王　明", "王明", NameLevel.VARIANT),
        ("??", "陈伟", -1),
        ("??", "??", -1),
        (None, "陈伟", -1),
        (None, None, -1),
    ],
)
def test_level(left: str | None, right: str | None, expected: int) -> None:
    assert level(left, right) == expected
    assert level(right, left) == expected


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_symmetric_and_equal_readable_names_are_exact(pairs: list[tuple[str, str]]) -> None:
    left = pd.Series([a for a, _ in pairs], dtype=object)
    right = pd.Series([b for _, b in pairs], dtype=object)
    comparison = NameComparison("name", "name")
    there, back = comparison._compute_vectorized(left, right), comparison._compute_vectorized(right, left)
    assert there.tolist() == back.tolist()
    for name, same in zip(left, comparison._compute_vectorized(left, left), strict=True):
        if MISSING not in canonical_name(name):
            assert same == NameLevel.EXACT


@given(st.lists(st.tuples(NAMES, NAMES), min_size=2, max_size=12))
@settings(max_examples=30, deadline=None)
def test_a_pair_has_the_same_level_in_any_company(pairs: list[tuple[str, str]]) -> None:
    left = pd.Series([a for a, _ in pairs], dtype=object)
    right = pd.Series([b for _, b in pairs], dtype=object)
    together = NameComparison("name", "name")._compute_vectorized(left, right).tolist()
    assert together == [level(a, b) for a, b in pairs]
