from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import recordlinkage
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.comparisons.employer import (
    DIFFERENT,
    EQUAL,
    MISSING,
    NEAR,
    REGION_MISSING,
    SAME_REGION,
    EmployerComparison,
    employer_levels,
)

PAIRS = [
    ("鑫源商行 经理", "鑫源商行", EQUAL),
    ("陈小明（个体）", "陈小明", EQUAL),
    ("龍樓鑫源商行", "龙楼鑫源商行", EQUAL),
    ("文昌龙楼鑫源商行", "文昌鑫源商行", SAME_REGION),
    ("海南鑫源贸易有限公司", "海南省鑫源贸易公司", SAME_REGION),
    ("文昌龙楼鑫源商行", "鑫源商行", REGION_MISSING),
    ("海南鑫源贸易有限公司", "文昌鑫源贸易公司", REGION_MISSING),
    ("海南鑫茂建材有限公司(原海南鑫源贸易公司)", "海南鑫源贸易有限公司", SAME_REGION),
    ("鑫茂商行(原鑫源商行)", "鑫海商行（原鑫源商行）", EQUAL),
    ("鑫茂商行(原鑫源商行)", "鑫海商行", DIFFERENT),
    ("文昌市教育局", "教育局", REGION_MISSING),
    ("鑫源商行", "鑫缘商行", NEAR),
    ("金海湾酒店", "金海港酒店", NEAR),
    ("鑫源酒店", "鑫源建材商行", NEAR),
    ("鑫源贸易有限公司文昌分公司", "鑫源贸易有限公司", NEAR),
    ("鑫源商行", "鑫海商行", DIFFERENT),
    ("文昌龙楼鑫源商行", "海口鑫源商行", DIFFERENT),
    ("文昌龙楼鑫源商行", "文昌东郊鑫源商行", DIFFERENT),
    ("北京华信科技有限公司", "上海华信科技有限公司", DIFFERENT),
    ("北京华信科技有限公司", "北京天宇科技有限公司", DIFFERENT),
    # 东方 is a county and an everyday word: the brand may begin with it, unless the other side is of another county.
    ("东方鑫源商行", "鑫源商行", NEAR),
    ("东方鑫源商行", "文昌鑫源商行", DIFFERENT),
    ("东方鑫源商行", "文昌东方鑫源商行", REGION_MISSING),
    ("东方八所鑫源商行", "文昌鑫源商行", DIFFERENT),
    ("文昌中学", "龙楼中学", DIFFERENT),
    ("龙楼镇人民政府", "文昌市人民政府", DIFFERENT),
    ("务农", "务农", MISSING),
    ("退休", "鑫源商行", MISSING),
    (None, "鑫源商行", MISSING),
]
TEXTS = st.one_of(
    st.none(),
    st.sampled_from([text for pair in PAIRS for text in pair[:2]]),
    st.lists(
        st.sampled_from(["海南", "文昌", "龙楼", "海口", "鑫源", "鑫缘", "金海湾", "超市", "药店", "公司"]),
        min_size=1,
        max_size=4,
    ).map("".join),
)


@pytest.mark.parametrize(("left", "right", "level"), PAIRS)
def test_levels(left: str | None, right: str | None, level: int) -> None:
    assert employer_levels(_column([left]), _column([right])).tolist() == [level]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=12))
def test_symmetric_and_each_pair_on_its_own(pairs: list[tuple[str | None, str | None]]) -> None:
    left, right = (_column(list(side)) for side in zip(*pairs, strict=True))
    levels = employer_levels(left, right)
    np.testing.assert_array_equal(levels, employer_levels(right, left))
    alone = [int(employer_levels(_column([a]), _column([b]))[0]) for a, b in pairs]
    assert levels.tolist() == alone


@settings(max_examples=50, deadline=None)
@given(TEXTS)
def test_equal_text_is_the_top_level_or_missing(text: str | None) -> None:
    assert employer_levels(_column([text]), _column([text]))[0] in (EQUAL, MISSING)


def test_usable_with_the_toolkit() -> None:
    left = pd.DataFrame({"employer": ["鑫源商行", "务农"]}, index=["a", "b"])
    right = pd.DataFrame({"unit": ["文昌鑫源商行", "鑫源商行"]}, index=["x", "y"])
    compare = recordlinkage.Compare(features=[EmployerComparison("employer", "unit", label="employer")])
    pairs = pd.MultiIndex.from_tuples([("a", "x"), ("a", "y"), ("b", "x")])
    assert compare.compute(pairs, left, right)["employer"].tolist() == [REGION_MISSING, EQUAL, MISSING]


def _column(values: list[str | None]) -> pd.Series:
    return pd.Series(values, dtype=object)
