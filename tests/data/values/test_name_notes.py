"""Notes beside names come off; what describes a rare character stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.values.name_notes import split_name
from data.values.text import clean_name


@pytest.mark.parametrize(
    ("written", "name", "note"),
    [
        ("王海(女)", "王海", "女"),
        ("王海波（预备）", "王海波", "预备"),
        ("陈小虹(已故)", "陈小虹", "已故"),
        ("陈小虹【2015年3月去世】", "陈小虹", "2015年3月去世"),
        ("王海（小）", "王海", "小"),
        ("王海(二)", "王海", "二"),
        ("王海(A)", "王海", "A"),
        ("王海(书记)", "王海", "书记"),
        ("王海(副组长)", "王海", "副组长"),
        ("王海(3组)", "王海", "3组"),
        ("王海（红海村）", "王海", "红海村"),
        ("王海(曾用名：王小海)", "王海", "曾用名:王小海"),
        ("王海（曾用名 王小海）", "王海", "曾用名王小海"),
        ("王海(原名王大海)", "王海", "原名王大海"),
        ("王海（女、预备）", "王海", "女；预备"),
        ("王海(女)(已故)", "王海", "女；已故"),
        ("(预备)王海", "王海", "预备"),
        ("王海(女", "王海", "女"),
        ("王海-女", "王海", "女"),
        ("王海/预备党员", "王海", "预备党员"),
        ("王海 已故", "王海", "已故"),
        ("王 小 海（大）", "王小海", "大"),
        ("买买提·艾力（书记）", "买买提·艾力", "书记"),
        ("王□(女)", "王□", "女"),
        ("王海 1", "王海", "编号1"),
        ("王海2", "王海", "编号2"),
        ("王海（1）", "王海", "编号1"),
    ],
)
def test_a_note_comes_off_and_is_kept(written: str, name: str, note: str) -> None:
    assert split_name(written) == (name, note, True)


@pytest.mark.parametrize(
    "written", ["1.王海", "12、王海", "(3)王海", "3 王海", "①王海", "3王海", "王海()", "王海（黎族）"]
)
def test_line_numbers_and_ethnicity_come_off_and_are_not_kept(written: str) -> None:
    assert split_name(written) == ("王海", None, True)


@pytest.mark.parametrize(
    "written",
    [
        *("王(jie)", "王(女介)", "王(女)", "王海(木火)", "王(土口)海", "王(女)海", "王海(陈)", "王海(e)"),
        *("王海(女,陈)", "John(Jack)", "王海(1985.7)", "王海(13900001234)", "王海(原)"),
    ],
)
def test_what_is_no_listed_note_stays_as_written(written: str) -> None:
    assert split_name(written) == (written, None, False)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        *(("王 小 明", "王小明"), ("王 女", "王女"), ("王　海 女", "王海女"), ("John  Smith", "John Smith")),
        *(("50人", "50人"), ("12", "12"), ("2016年", "2016年"), ("3月份", "3月份"), ("王*", "王*"), ("陈?", "陈?")),
        *(("陳志強", "陳志強"), ("同上", None), ("", None)),
    ],
)
def test_a_name_without_a_note_is_the_clean_name(written: str, name: str | None) -> None:
    assert split_name(written) == (name, None, False)


_PIECES = st.lists(st.sampled_from(["王", "海", "女", "(", "）", " ", "1", ".", "已故", "-", "A", "jie"]), max_size=8)


@settings(max_examples=50)
@given(_PIECES.map("".join))
def test_splitting_twice_gives_no_other_name_than_a_clean_one(text: str) -> None:
    name, note, is_split = split_name(text)
    assert clean_name(name) == name
    assert is_split or (note is None and name == clean_name(text))
