from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import enterprise_columns
from matching import enterprise_words as words
from matching.enterprise_columns import parse_names
from matching.enterprise_names import ParsedName, parse_name
from matching.regions import hainan_counties

PLACES = ("", "中国", "海南", "海南省", "湖南", "龙楼", "大茂镇", "文常", "五只山", "东方", "杭州", *hainan_counties())
SUFFIXES = ("", "市", "县", "镇", "黎族自治县", "经济开发区")
BRANDS = ("", "鑫", "鑫源", "东方红", "超城", "嘉積", "某某", "A1", "好又多", "八所鑫源")
TAILS = (
    "",
    "有限公司",
    "商行",
    "超市",
    "小学",
    "人民政府",
    "分公司",
    "文昌店",
    "经理",
    "(海口)",
    *list(words.TAIL_WORDS)[::25],
)


@st.composite
def names(draw: st.DrawFn) -> str:
    parts = (PLACES, SUFFIXES, PLACES, BRANDS, TAILS, TAILS)
    return "".join(draw(st.sampled_from(part)) for part in parts)


@settings(max_examples=50, deadline=None)
@given(st.lists(names(), min_size=1, max_size=60))
def test_a_column_says_what_each_name_says_alone(texts: list[str]) -> None:
    found = parse_names(pd.Series(texts, dtype=object))
    assert [ParsedName(*row) for row in found.itertuples(index=False)] == [parse_name(text) for text in texts]


def test_names_of_region_brand_trade_and_form_are_not_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["文昌市鑫源建材有限公司", "海南文昌龙楼鑫源商行", "鑫源建材", "嘉積海鲜酒楼", "文常鑫源商行"]
    wanted = [parse_name(text) for text in texts]

    def refuse(text: str) -> ParsedName:
        raise AssertionError(text)

    monkeypatch.setattr(enterprise_columns, "parse_name", refuse)
    found = parse_names(pd.Series(texts, dtype=object))
    assert [ParsedName(*row) for row in found.itertuples(index=False)] == wanted


def test_null_and_the_index_stay() -> None:
    found = parse_names(pd.Series(["鑫源商行", None, "鑫源商行", np.nan], index=[7, 8, 9, 10], dtype=object))
    assert found.index.tolist() == [7, 8, 9, 10]
    assert found["is_employer"].tolist() == [True, False, True, False]
    assert found["brand"].tolist() == ["鑫源", "", "鑫源", ""]
