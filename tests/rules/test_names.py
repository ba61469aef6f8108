"""Names, numbers and organisation names that are written alike."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.names import are_ids_near, are_names_near, name_key, parse_org, township_core

NUMBER = "469005190001010012"
NUMBERS = st.text("0123456789", min_size=18, max_size=18)


@pytest.mark.parametrize(
    ("other", "near"),
    [
        (NUMBER, True),
        ("469005190001010013", True),  # the check digit alone
        ("469005190001010021", True),  # neighbours swapped
        ("46900519000101001", True),  # one left out
        ("4690051900010100112", True),  # one doubled
        ("469005190001010101", False),  # two digits
        ("469005190001100012", True),  # neighbours swapped inside
        ("469005191001000012", False),  # distant digits swapped
        ("4690051900010100", False),  # two left out
    ],
)
def test_a_slip_of_a_number(other: str, near: bool) -> None:
    assert are_ids_near(NUMBER, other) is near


@given(NUMBERS, NUMBERS)
def test_slips_are_symmetric(left: str, right: str) -> None:
    assert are_ids_near(left, right) == are_ids_near(right, left)


@pytest.mark.parametrize(
    ("left", "right", "near"),
    [
        ("符一心", "符一新", True),
        ("陈伟", "陈维", True),
        ("陈伟", "林维", False),
        ("符一心", "韩三木", False),
        ("王?明", "王晓明", True),
        ("王小明", "王小", True),  # a character left out
        ("吉琼容", "吉容", True),
        ("王小明", "小明", False),  # the surname is not what gets lost
        ("王明", "王", False),
        ("?", "王", False),
    ],
)
def test_near_names(left: str, right: str, near: bool) -> None:
    assert are_names_near(left, right) is near


def test_name_keys_are_simplified_and_keep_null() -> None:
    names = pd.Series(["陳偉", "阿依·古丽", None], dtype=object, index=[4, 2, 9])
    assert name_key(names).to_dict() == {4: "陈伟", 2: "阿依古丽", 9: None}
    assert name_key(pd.Series([None], dtype=object)).tolist() == [None]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("文昌市龙楼镇红海村党支部", "红海村支部", True),
        ("中共文昌市龙楼镇红海村支部委员会", "龙楼镇红海村党支部", True),
        ("文昌龙楼镇机关党支部", "文昌文城镇机关党支部", False),
        ("文昌龙楼镇机关党支部", "龙楼镇机关党支部", True),
        ("红海村党支部", "宝陵村党支部", False),
        ("龙楼镇党委", "龙楼镇红海村党支部", False),
    ],
)
def test_names_of_one_organisation(left: str, right: str, same: bool) -> None:
    assert parse_org(left).may_be(parse_org(right)) is same
    assert parse_org(right).may_be(parse_org(left)) is same


def test_a_branch_without_a_township_lies_where_its_row_says() -> None:
    assert not parse_org("红海村支部", "文城镇").may_be(parse_org("龙楼镇红海村党支部"))


@pytest.mark.parametrize("name", ["龙楼", "龙楼镇", "龙楼镇人民政府", "龙楼工商所", "龙楼市场监管所"])
def test_township_without_its_kind(name: str) -> None:
    assert township_core(name) == "龙楼"
