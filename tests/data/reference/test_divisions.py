"""Division codes with their history and townships (domain §5.4)."""

from __future__ import annotations

import pytest

from data.reference import divisions


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("469005", "文昌市"),
        ("460022", "文昌市"),
        ("460005", "文昌市"),
        ("442122", "文昌市"),
        ("460025", "定安县"),
        ("460033", "乐东黎族自治县"),
        ("460400", "儋州市"),
        ("469003", "儋州市"),
        ("460000", "海南省"),
        ("999999", None),
    ],
)
def test_a_former_code_names_the_place_of_today(code: str, name: str | None) -> None:
    assert divisions.county_name(code) == name


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("文昌市", "469005"),
        ("文昌", "469005"),
        ("文昌县", "469005"),
        ("乐东黎族自治县", "469027"),
        ("乐东县", "469027"),
        ("儋州", "460400"),
        ("海南省", "460000"),
        ("北京市", None),
    ],
)
def test_a_county_is_found_by_its_name(name: str, code: str | None) -> None:
    assert divisions.county_code(name) == code


def test_the_table_is_whole() -> None:
    current = {divisions.current_code(str(code)) for code in range(460000, 470000)} - {None}
    counties = {code for code in current if code is not None and (code.startswith("469") or code.endswith("00"))}
    assert len(counties - {"460000"}) == 19
    assert all(divisions.current_code(str(code)) == code for code in current)


def test_townships() -> None:
    wenchang = divisions.townships_of("469005")
    assert len(wenchang) == 17
    assert wenchang[9] == "龙楼镇"
    assert set(wenchang) < set(divisions.townships_of("46"))
    assert divisions.townships_of("469001") == ()


@pytest.mark.parametrize(
    ("text", "area", "township"),
    [
        ("龙楼镇党员花名册", "469005", "龙楼镇"),
        ("中共文昌市龙楼镇委员会党员名册", "469005", "龙楼镇"),
        ("龙楼工商所摸底名单", "469005", "龙楼镇"),
        ("龙楼党委", "469005", "龙楼镇"),
        ("龙楼镇、东郊镇党员花名册", "469005", None),
        ("龙江镇党员花名册", "469005", None),
        ("龙门镇", "469005", None),
        ("龙门镇", "469021", "龙门镇"),
        ("党员花名册", "469005", None),
        ("", "469005", None),
    ],
)
def test_the_township_that_a_title_speaks_of(text: str, area: str, township: str | None) -> None:
    assert divisions.township_in(text, area) == township


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("龙楼", "龙楼镇"),
        ("龙楼镇", "龙楼镇"),
        ("龙楼工商所", "龙楼镇"),
        ("文昌市龙楼镇", "龙楼镇"),
        ("龙江镇", "龙江镇"),
        ("某处", "某处"),
    ],
)
def test_township_names_are_spelled_one_way(text: str, name: str) -> None:
    assert divisions.township_name(text, "469005") == name


@pytest.mark.parametrize(
    ("code", "years"),
    [
        ("460022", (1988, 1995)),
        ("460005", (1995, 2001)),
        ("469005", (2001, None)),
        ("460025", (1988, 2001)),
        ("460033", (1988, 2001)),
        ("442122", (1981, 1988)),
        ("460400", (2015, None)),
        ("999999", None),
    ],
)
def test_the_years_of_a_code(code: str, years: tuple[int | None, int | None] | None) -> None:
    assert divisions.years_in_force(code) == years


@pytest.mark.parametrize(
    ("code", "year", "before"),
    [
        ("460022", 2005, False),
        ("460022", 2006, True),
        ("460022", 1950, False),
        ("469005", 2090, False),
        ("110105", 2006, False),
    ],
)
def test_a_code_long_abolished_in_a_year(code: str, year: int, before: bool) -> None:
    assert divisions.was_abolished_before(code, year) is before


def test_the_tolerance_is_the_callers() -> None:
    assert divisions.was_abolished_before("460022", 1996, tolerance_years=0)
    assert not divisions.was_abolished_before("460022", 1995, tolerance_years=0)
