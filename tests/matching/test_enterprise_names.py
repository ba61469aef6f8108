from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.enterprise_columns import parse_names
from matching.enterprise_names import ParsedName, former_name, parse_name
from matching.enterprise_words import COMPANY, COOPERATIVE, NO_FORM, SHOP

# text, province, county, township, brand, trade words, form, branch
GRAMMAR = [
    ("文昌龙楼鑫源商行", "海南", "文昌", "龙楼", "鑫源", "商行", SHOP, ""),
    ("海南省文昌市龙楼镇鑫源商行", "海南", "文昌", "龙楼", "鑫源", "商行", SHOP, ""),
    ("龍樓鑫源商行", "", "", "龙楼", "鑫源", "商行", SHOP, ""),
    ("海南鑫源贸易有限公司", "海南", "", "", "鑫源", "贸易", COMPANY, ""),
    ("鑫源商行（龙楼）", "", "", "龙楼", "鑫源", "商行", SHOP, ""),
    ("文昌鑫源商行(龙楼镇)", "海南", "文昌", "龙楼", "鑫源", "商行", SHOP, ""),
    ("文昌龙楼鑫源商行(东郊)", "海南", "文昌", "龙楼", "鑫源", "商行", SHOP, ""),
    ("海南鑫源贸易有限公司(原文昌大成贸易公司)", "海南", "", "", "鑫源", "贸易", COMPANY, ""),
    ("鑫源（海南）实业有限公司", "海南", "", "", "鑫源", "", COMPANY, ""),
    ("海南鑫源贸易有限公司文昌分公司", "海南", "", "", "鑫源", "贸易", COMPANY, "文昌分公司"),
    ("鑫源超市龙楼店", "", "", "", "鑫源", "超市", NO_FORM, "龙楼店"),
    ("顺风速运文昌营业部", "", "", "", "顺风", "速运", NO_FORM, "文昌营业部"),
    ("文昌东郊椰林湾水产养殖专业合作社", "海南", "文昌", "东郊", "椰林湾", "水产养殖", COOPERATIVE, ""),
    ("文昌县建筑工程公司", "海南", "文昌", "", "", "建筑工程", COMPANY, ""),
    ("琼山市红星电器店", "海南", "海口", "", "红星", "电器", SHOP, ""),
    ("乐东黎族自治县黄流镇新风养殖场", "海南", "乐东", "黄流", "新风", "养殖场", NO_FORM, ""),
    ("北京华信科技有限公司", "北京", "", "", "华信", "科技", COMPANY, ""),
    ("深圳市南山区华强电子有限公司", "外省", "深圳", "", "华强", "电子", COMPANY, ""),
    ("东方红超市", "", "", "", "东方红", "超市", NO_FORM, ""),
    ("东方市红星超市", "海南", "东方", "", "红星", "超市", NO_FORM, ""),
    ("湖南土菜馆", "", "", "", "湖南土菜", "", NO_FORM, ""),
    ("龙楼商店", "", "", "", "龙楼", "商店", SHOP, ""),
    ("小镇咖啡", "", "", "", "小镇", "咖啡", NO_FORM, ""),
    ("陈小明（个体）", "", "", "", "陈小明", "", SHOP, ""),
]


@pytest.mark.parametrize(("text", "province", "county", "township", "brand", "trade", "form", "branch"), GRAMMAR)
def test_grammar(
    text: str, province: str, county: str, township: str, brand: str, trade: str, form: int, branch: str
) -> None:
    parsed = parse_name(text)
    assert (parsed.province, parsed.region, parsed.township) == (province, county, township)
    assert (parsed.brand, parsed.trade, parsed.form, parsed.branch) == (brand, trade, form, branch)
    assert parsed.is_employer


@pytest.mark.parametrize(
    ("text", "core", "duty"),
    [
        ("文昌市鑫源商行 经理", "文昌市鑫源商行", "经理"),
        ("鑫源商行、会计", "鑫源商行", "会计"),
        ("鑫源商行副总经理兼会计", "鑫源商行", "副总经理兼会计"),
        ("在龙楼鑫源商行打工", "龙楼鑫源商行", "打工"),
        ("鑫源商行（店主）", "鑫源商行", ""),
        ("老板娘餐馆", "老板娘餐馆", ""),
    ],
)
def test_duty_is_taken_off(text: str, core: str, duty: str) -> None:
    parsed = parse_name(text)
    assert (parsed.core, parsed.duty) == (core, duty)


@pytest.mark.parametrize(
    "text",
    ["务农", "无业", "已退休", "文昌中学退休教师", "在家务农", "个体户", "自由职业者", "（无）", "  ", "外出务工人员"],
)
def test_no_employer(text: str) -> None:
    assert not parse_name(text).is_employer


def test_public_body_keeps_its_township_as_name() -> None:
    town, county = parse_name("文昌市龙楼镇人民政府"), parse_name("文昌市人民政府")
    assert (town.is_public, town.brand, town.township) == (True, "龙楼人民政府", "")
    assert (county.brand, county.region) == ("人民政府", "文昌")


def test_trades_meet_by_kind() -> None:
    def kinds(text: str) -> int:
        return parse_name(text).industry

    assert kinds("老王饭店") & kinds("老王酒家")
    assert kinds("椰风网络科技有限公司") & kinds("椰风软件公司")
    assert not kinds("椰风网络科技有限公司") & kinds("椰风环保科技有限公司")
    assert not kinds("诚信药店") & kinds("诚信五金店")


def test_frame_follows_the_column() -> None:
    texts = pd.Series(["鑫源商行", None, "务农", "鑫源商行"], index=[4, 2, 9, 1])
    parsed = parse_names(texts)
    assert parsed.index.tolist() == [4, 2, 9, 1]
    assert parsed["brand"].tolist() == ["鑫源", "", "", "鑫源"]
    assert parsed["is_employer"].tolist() == [True, False, False, True]
    assert parse_names(texts.iloc[:0]).columns.tolist() == list(ParsedName._fields)


PIECES = st.lists(
    st.sampled_from(
        [
            "海南",
            "文昌市",
            "龙楼",
            "龙楼镇",
            "鑫源",
            "湾",
            "贸易",
            "超市",
            "有限公司",
            "分公司",
            "店",
            "（个体）",
            "经理",
            " ",
            "A1",
            "东方",
            "?",
        ]
    ),
    max_size=6,
).map("".join)


@settings(max_examples=50, deadline=None)
@given(PIECES)
def test_any_text_can_be_taken_apart(text: str) -> None:
    parsed = parse_name(text)
    assert parsed == parse_name(f" {text} ")
    assert parsed.brand in parsed.core
    assert parsed.is_employer == bool(parsed.core)


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("海南鑫茂建材有限公司(原海南鑫茂贸易有限公司)", "海南鑫茂贸易有限公司"),
        ("鑫茂商行【曾用名：大成商行】", "大成商行"),
        ("原鑫茂商行", None),
        ("鑫茂商行(原址)", None),
        ("鑫茂商行(龙楼)", None),
    ],
)
def test_former_names_stated_beside_the_present_one(text: str, former: str | None) -> None:
    assert former_name(text) == former


def test_a_duty_said_with_a_verb_is_no_part_of_the_name() -> None:
    parsed = parse_name("文昌椰海实业有限公司任会计")
    assert (parsed.brand, parsed.duty) == ("椰海", "会计")


def test_credit_cooperatives_have_one_name() -> None:
    cores = {parse_name(f"文昌市{name}").core for name in ("农村信用合作联社", "农村信用社", "信用联社", "农信社")}
    assert len(cores) == 1
