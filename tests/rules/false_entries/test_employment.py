"""Which employers can be asked for in a register."""

from __future__ import annotations

import pytest

from rules.false_entries.employment import is_covered, is_specific

WENCHANG = frozenset({"469005"})


@pytest.mark.parametrize(
    "text",
    [
        "个体",
        "个体工商户",
        "个体经营",
        "自由职业",
        "务农",
        "在家务农",
        "外地打工",
        "外出务工人员",
        "私营企业主",
        "小店",
        "退休人员",
        "自主创业",
        "海鲜档",
    ],
)
def test_general_words_name_no_employer(text: str) -> None:
    assert not is_specific(text, 4)


@pytest.mark.parametrize("text", ["文昌海风商行", "阿强小吃店", "海南蓝鲸实业有限公司", "个体户老王海鲜店"])
def test_names_of_employers(text: str) -> None:
    assert is_specific(text, 4)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("文昌海风商行", True),
        ("文昌市龙楼镇海风商行", True),
        ("海南蓝鲸实业有限公司", True),
        ("海南省文昌市海风商行", True),
        ("海口海风商行", False),
        ("海南省琼海市海风商行", False),
        ("广东省湛江市蓝鲸商行", False),
        ("北京蓝鲸科技有限公司", False),
        ("东方红商行", True),
        ("东方市蓝鲸商行", False),
        ("蓝鲸商行", True),
    ],
)
def test_places_the_register_covers(text: str, covered: bool) -> None:
    assert is_covered(text, WENCHANG) is covered
