from __future__ import annotations

import pytest

from matching.characters import MISSING, readings
from matching.spellings import OtherForms, canonical_name, other_forms


@pytest.mark.parametrize("name", ["王jie", "王JIE", "王jié", "王(jie)", "王（jie）", "王ｊｉｅ"])
def test_a_syllable_is_one_character_that_reads_so(name: str) -> None:
    written = canonical_name(name)
    assert len(written) == 2
    assert readings(written[1]) == ("jie",)
    assert canonical_name(written) == written


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王xq", "王" + MISSING),
        ("王(女介)", "王" + MISSING),
        ("王（女介）英", "王" + MISSING + "英"),
        ("陈小[火+华]", "陈小" + MISSING),
        ("陳偉(黨員)", "陈伟"),
        ("陈伟（女）", "陈伟"),
        ("陈小妹(曾用名：陈妹)", "陈小妹"),
        ("陈小妹 原名陈妹", "陈小妹"),
        ("陈某某", "陈" + MISSING + MISSING),
        ("陈(左女右介)", "陈" + MISSING),
        ("陈(女字旁加介)", "陈" + MISSING),
        ("陈(三个火)", "陈" + MISSING),
        ("刘(吉吉)", "刘" + MISSING),
        ("王　明", "王明"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("John Smith", "John Smith"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
    ],
)
def test_spellings(name: str, expected: str) -> None:
    assert canonical_name(name) == expected


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("王xiaojie", ["wang", "xiao", "jie"]),
        ("Chen Xiaoming", ["chen", "xiao", "ming"]),
        ("Xiaoming Chen", ["chen", "xiao", "ming"]),
        ("CHEN XIAO-MING", ["chen", "xiao", "ming"]),
        ("Lü Bù", ["lv", "bu"]),
        # Only the first syllable of a word begins with a vowel, or an apostrophe says so.
        ("Li Fangan", ["li", "fan", "gan"]),
        ("Li Fang'an", ["li", "fang", "an"]),
    ],
)
def test_letters_are_read_by_syllables(name: str, read: list[str]) -> None:
    assert [readings(character)[0] for character in canonical_name(name)] == read


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("陈伟", OtherForms(turned=("伟陈",))),
        ("欧阳明", OtherForms(turned=("明欧阳",))),
        ("弓长三", OtherForms(joined=("张三",), turned=("长三弓",))),
        ("刘(吉吉)", OtherForms(joined=("刘哲",))),
        ("陈小[火+华]", OtherForms(joined=("陈小烨",))),
        ("阿依古丽·买买提", OtherForms(cut=("阿依古丽",))),
        ("陈小妹(曾用名陈妹)", OtherForms(turned=("小妹陈",), former=("陈妹",))),
        ("陈小妹（已婚，原名：陳妹）", OtherForms(turned=("小妹陈",), former=("陈妹",))),
        ("陈小妹(陈妹)", OtherForms(turned=("小妹陈",), former=("陈妹",))),
        ("陈小妹(陈家村)", OtherForms(turned=("小妹陈",))),
        ("John Smith", OtherForms()),
        ("陈?", OtherForms()),
    ],
)
def test_other_forms(name: str, forms: OtherForms) -> None:
    assert other_forms(name) == forms
