from __future__ import annotations

import pytest

from matching.regions import (
    Region,
    county_in_brand,
    county_of_area,
    hainan_counties,
    short_region,
    short_township,
    take_region,
)


@pytest.mark.parametrize(
    ("name", "tokens", "rest"),
    [
        ("文昌龙楼鑫源商行", ("文昌", "龙楼"), "鑫源商行"),
        ("海南省文昌市龙楼镇鑫源商行", ("海南", "文昌", "龙楼"), "鑫源商行"),
        ("儋县红星商店", ("儋州",), "红星商店"),
        ("海口龙华鑫源商行", ("海口", "龙华"), "鑫源商行"),
        ("定安龙楼商行", ("定安",), "龙楼商行"),
        ("琼海市博鳌镇海风酒店", ("琼海", "博鳌"), "海风酒店"),
        # A county that sounds right, where 市 or one of its townships follows; otherwise it may be a brand.
        ("文常龙楼鑫源商行", ("文昌", "龙楼"), "鑫源商行"),
        ("琼嗨市鑫源商行", ("琼海",), "鑫源商行"),
        ("文常鑫源商行", (), "文常鑫源商行"),
        # An everyday word is a county with 市 or 县.
        ("东方鑫源商行", (), "东方鑫源商行"),
        ("东方市鑫源商行", ("东方",), "鑫源商行"),
        ("昌江鑫源商行", ("昌江",), "鑫源商行"),
        ("陵水鑫源商行", ("陵水",), "鑫源商行"),
        ("鑫源商行", (), "鑫源商行"),
        ("超市", (), "超市"),
    ],
)
def test_take_region(name: str, tokens: tuple[str, ...], rest: str) -> None:
    region, left = take_region(name, is_company=False)
    assert (region.tokens, left) == (tokens, rest)


@pytest.mark.parametrize(
    ("brand", "county"),
    [("东方鑫源", "东方"), ("三沙海丰", "三沙"), ("东方红", ""), ("东方", ""), ("鑫源东方", ""), ("", "")],
)
def test_county_in_brand(brand: str, county: str) -> None:
    assert county_in_brand(brand) == county


def test_bare_places_outside_count_for_companies_only() -> None:
    assert take_region("湖南土菜馆", is_company=False) == (Region(), "湖南土菜馆")
    region, rest = take_region("湖南大成食品有限公司", is_company=True)
    assert (region.province, rest) == ("湖南", "大成食品有限公司")


def test_last_word_goes_back() -> None:
    region, _ = take_region("海南文昌龙楼商店", is_company=False)
    assert region.without_last() == Region("海南", "文昌", "", ("海南", "文昌"), False)
    assert region.without_last().without_last() == Region("海南", "", "", ("海南",), False)
    assert region.without_last().without_last().without_last() == Region()


@pytest.mark.parametrize(
    ("area", "county"),
    [("469005", "文昌"), ("460022", "文昌"), ("460106", "海口"), ("460400", "儋州"), (None, ""), ("990000", "")],
)
def test_county_of_area(area: str | None, county: str) -> None:
    assert county_of_area(area) == county


@pytest.mark.parametrize(("name", "short"), [("龙楼镇", "龙楼"), ("龙楼工商所", "龙楼"), ("龙楼", "龙楼"), (None, "")])
def test_short_township(name: str | None, short: str) -> None:
    assert short_township(name) == short


def test_short_region() -> None:
    assert [short_region(name) for name in ("文昌市", "乐东黎族自治县", "琼中黎族苗族自治县")] == [
        "文昌",
        "乐东",
        "琼中",
    ]
    assert len(hainan_counties()) == 19
