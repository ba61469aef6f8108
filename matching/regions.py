"""Which region does an enterprise's name begin with? Province, county and township, spelt out or short.

Counties and townships come from `data.reference.divisions`; others count only when written with 市, 县, 镇.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from data.reference.divisions import county_name, townships_of
from matching import enterprise_words as words
from matching.characters import readings

HAINAN, OUTSIDE = "海南", "外省"
#: Counties whose name is a common word too.
_AMBIGUOUS = tuple(sorted(words.AMBIGUOUS_COUNTIES))

#: 超市, 夜市 and the like end in 市 but are no city; 古镇 and 小镇 no township.
_OTHER_COUNTY = re.compile(
    r"[\u4e00-\u9fff]{2,3}?(?:(?<![超门夜都城菜鱼花集股早上书])市|县)(?:[\u4e00-\u9fff]{2,3}(?<![园社小景])区)?"
)
_OTHER_TOWN = re.compile(r"[\u4e00-\u9fff]{1,3}?(?:(?<![古小渔重水城市])镇|街道|(?<![老同故水])乡)")


class Region(NamedTuple):
    """Where a name says it is. tokens: its short names in order; is_spelt_out: the last was written with 市, 县, 镇."""

    province: str = ""
    county: str = ""
    township: str = ""
    tokens: tuple[str, ...] = ()
    is_spelt_out: bool = False

    def joined(self, other: Region) -> Region:
        """What the two say together; a township of another county is none of this region's."""
        if not (self.county or self.province):
            return other if not self.township else self
        if self.township or not other.township or (self.county and other.county not in ("", self.county)):
            return self
        return self._replace(township=other.township, tokens=(*self.tokens, other.township))

    def without_last(self) -> Region:
        """The region without its last word."""
        if self.township:
            return self._replace(township="", tokens=self.tokens[:-1])
        if self.county:
            stated = self.province if self.province in self.tokens else ""
            return self._replace(province=stated, county="", tokens=self.tokens[:-1])
        return Region()


def take_region(name: str, *, is_company: bool) -> tuple[Region, str]:
    """Region words at the start of a name, and the rest."""
    rest = name.removeprefix("中国")
    region = Region()
    found = _province_prefix().match(rest)
    if found and (is_company or found.group(1) == HAINAN or found.group(2)):
        province, rest = found.group(1), rest[found.end() :]
        region = Region(province, tokens=(province,), is_spelt_out=bool(found.group(2)))
    region, rest = _take_county(region, rest, is_company=is_company)
    found = _township_prefix(region.county).match(rest) if region.province in ("", HAINAN) else None
    if found is None and region.county and "公司" not in rest[:4]:
        found = _OTHER_TOWN.match(rest)
    if found and (len(rest) > found.end() or region.county):
        town = re.sub(r"(?:镇|乡|街道|区|地区)$", "", found.group(0)) or found.group(0)
        is_spelt_out = town != found.group(0)
        tokens = (*region.tokens, town)
        region = region._replace(township=town, tokens=tokens, is_spelt_out=is_spelt_out)
        rest = rest[found.end() :]
    return region, rest


def _take_county(region: Region, rest: str, *, is_company: bool) -> tuple[Region, str]:
    if region.province in ("", HAINAN) and (found := _county_prefix().match(rest)):
        county = found.group(1) or found.group(3)
        is_spelt_out = bool(found.group(2) or found.group(4))
        county = words.FORMER_COUNTIES.get(county, county)
        tokens = (*region.tokens, county)
        return Region(HAINAN, county, "", tokens, is_spelt_out), rest[found.end() :]
    if region.province in ("", HAINAN) and (county := misspelt_county(rest)):
        return _take_county(region, county + rest[len(county) :], is_company=is_company)
    found = _OTHER_COUNTY.match(rest)
    if found is None and is_company:
        found = _other_city_prefix().match(rest)
    if found is None or (not is_company and region.province == HAINAN):
        return region, rest
    county = re.split("市|(?<=.)县", found.group(0))[0]
    is_spelt_out = county != found.group(0)
    tokens = (*region.tokens, county)
    return Region(region.province or OUTSIDE, county, "", tokens, is_spelt_out), rest[found.end() :]


def county_in_brand(brand: str) -> str:
    """The county that a brand may begin with instead (东方鑫源: 东方); '' where no such word stands there, or alone."""
    if not brand.startswith(_AMBIGUOUS):
        return ""
    return next((name for name in _AMBIGUOUS if brand.startswith(name) and len(brand) > len(name) + 1), "")


def misspelt_county(rest: str) -> str:
    """The county that the first characters sound like (文常 -> 文昌), where 市, 县 or one of its townships follows."""
    for county in _sounding_like(rest[:2]):
        head, tail = rest[: len(county)], rest[len(county) :]
        if head == county or not tail or not all(map(_sound_alike, head[2:], county[2:])):
            continue
        if tail[0] in "市县" or _township_prefix(county).match(tail):
            return county
    return ""


def may_be_misspelt(first_two: str) -> bool:
    """May a text that begins so begin with a county written by its sound? What follows decides."""
    return bool(_sounding_like(first_two))


@cache
def _sounding_like(first_two: str) -> tuple[str, ...]:
    """Counties, sorted, whose first two characters sound like these; none for fewer characters."""
    if len(first_two) < 2:
        return ()
    return tuple(county for county in sorted(hainan_counties()) if all(map(_sound_alike, first_two, county)))


def _sound_alike(one: str, other: str) -> bool:
    return not set(readings(one)).isdisjoint(readings(other))


def _alternatives(names: list[str] | tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))) or r"(?!)"


@cache
def hainan_counties() -> dict[str, str]:
    """Short name of every county of Hainan -> its code (文昌 -> 469005)."""
    names = {code: county_name(code) for code in words.COUNTY_CODES}
    return {short_region(name): code for code, name in names.items() if name}


def short_region(name: str) -> str:
    """文昌市 -> 文昌, 乐东黎族自治县 -> 乐东, 龙楼镇 -> 龙楼; what would leave one character stays as it is."""
    short = re.sub(r"(?:(?:黎族|苗族|黎族苗族)?自治县|[省市县区镇乡]|街道)$", "", name)
    return short if len(short) > 1 else name


def county_of_area(area: str | None) -> str:
    """Short name of the county of a 6-digit area code, a district giving its city (460106 -> 海口); '' if unknown."""
    name = county_name(area or "")
    short = short_region(name) if name else ""
    if short in hainan_counties():
        return short
    city = county_name(f"{(area or '')[:4]}00")
    return short_region(city) if city else ""


def short_township(name: str | None) -> str:
    """龙楼镇, 龙楼工商所 -> 龙楼; '' for null."""
    return short_region(re.sub(r"(?:工商|市场监管|市场监督管理)?(?:分局|所)$", "", name)) if name else ""


@cache
def _townships() -> dict[str, tuple[str, ...]]:
    known = {name: tuple(map(short_region, townships_of(code))) for name, code in hainan_counties().items()}
    return {name: (*towns, *words.DISTRICTS.get(name, ())) for name, towns in known.items()}


@cache
def _province_prefix() -> re.Pattern[str]:
    return re.compile(rf"({HAINAN}|{_alternatives(words.PROVINCES)})(省|市|(?:壮族|回族|维吾尔)?自治区)?")


@cache
def _county_prefix() -> re.Pattern[str]:
    spelt = [*hainan_counties(), *words.FORMER_COUNTIES]
    bare = [name for name in spelt if name not in words.AMBIGUOUS_COUNTIES]
    suffix = "(市|县|(?:黎族|苗族|黎族苗族)?自治县|经济开发区)"
    return re.compile(rf"(?:({_alternatives(spelt)}){suffix}|({_alternatives(bare)})())")


@cache
def _other_city_prefix() -> re.Pattern[str]:
    return re.compile(_alternatives(words.OTHER_CITIES))


@cache
def _township_prefix(county: str) -> re.Pattern[str]:
    """Townships of one county, or of all when no county is known."""
    towns = _townships().get(county, ()) if county else tuple({town for each in _townships().values() for town in each})
    return re.compile(rf"(?:{_alternatives(towns)})(?:镇|乡|街道|区|地区)?")


@cache
def _places() -> str:
    towns = {town for each in _townships().values() for town in each}
    places = [*hainan_counties(), HAINAN, *towns, *words.OTHER_CITIES, *words.PROVINCES]
    return rf"(?:{_alternatives(places)})(?:市|县|镇|区)?"


class PlacePatterns(NamedTuple):
    """Expressions for whole columns of names. head: province, county and township as a name may begin with them; any:
    a place at all; strange: what may be a region that no table lists; store: a place's store, at the end."""

    head: str
    any: str
    strange: str
    store: str


@cache
def place_patterns() -> PlacePatterns:
    """The expressions; where they fit, `take_region` decides what is meant."""
    counties = [*hainan_counties(), *words.FORMER_COUNTIES]
    towns = _alternatives(sorted({town for each in _townships().values() for town in each}))
    head = rf"(?:{_province_prefix().pattern})?(?:{_county_prefix().pattern})?(?:{_township_prefix('').pattern})?"
    others = _alternatives([HAINAN, *words.PROVINCES, *words.OTHER_CITIES, *counties])
    strange = r"^.{0,4}(?:[^超门夜都城菜鱼花集股早上书]市|县|镇|乡|街道)|^[省市县镇乡区]"
    return PlacePatterns(f"^{head}", f"^(?:{others}|{towns})", strange, f"{_places()}店$")


@cache
def region_suffix() -> re.Pattern[str]:
    """A place at the end of a text."""
    return re.compile(rf"{_places()}$")


@cache
def chain_store() -> re.Pattern[str]:
    """A name, then the place of one of its stores: 鑫源超市 + 龙楼店."""
    return re.compile(rf"^(.{{2,}}?)({_places()}店)$")
