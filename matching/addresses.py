"""What does a home address say? County, township, village or street, team, house number, room; each may be missing.

Offices leave out the front (文昌市) or the number, and write 村委会 for 村: the parts are compared, not the text.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from data.reference.divisions import townships_of
from matching.characters import canonical_text, readings
from matching.enterprise_words import FORMER_COUNTIES
from matching.regions import hainan_counties, short_region


class Address(NamedTuple):
    """One address taken apart; '' means: not said. place is a reading (` hao sheng `): homophones are one village."""

    county: str
    township: str
    place: str
    team: str
    house: str
    room: str


_NUMERALS = "一二三四五六七八九"
_TEAM, _HOUSE = frozenset({"队", "生产队", "大队", "组", "小组", "村民小组"}), frozenset({"", "号"})
_UNITS = "村民小组|小组|组|生产队|大队|队|号楼|号|栋|幢|座|单元|楼|层|室|房"
_NUMBER = re.compile(rf"第?(\d+(?:-\d+)*)({_UNITS})?")
_HAN_NUMBER = re.compile(rf"[{_NUMERALS}十百零]+(?={_UNITS})")
_NOISE = re.compile(r"[^0-9A-Z\-\u3400-\u9fff]+")
_JOINT = re.compile(r"(?<=\d)(?:号?之|[~—–_/])(?=\d)")
_PROVINCE = re.compile(r"(?:[\u4e00-\u9fff]{2,3}省|[\u4e00-\u9fff]{2,5}自治区|海南(?!路|街|村))")
_OTHER_COUNTY = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:自治县|市|县)(?:[\u4e00-\u9fff]{2,3}?区(?!域))?")
_TOWN = re.compile(r"([\u4e00-\u9fff]{1,4}?)(?:镇|乡(?!村)|街道办事处|街道办|街道)")
_VILLAGE_WORD = (
    r"(?<=[\u3400-\u9fff]{2})(?:村民委员会|村委会|村委|居民委员会|居委会|自然村|社区|经济社|管理区|村(?!民?小?组))"
)
_VILLAGE = re.compile(_VILLAGE_WORD)
#: A township without its 镇 counts only where a village or street of its own follows: 椰林村 is no 椰林镇.
_NAMED_PLACE = re.compile(r"[\u3400-\u9fff]{2,}?(?:村|社区|居委|路|街|巷|大道)")


def parse_address(text: str) -> Address:
    """Take one address apart."""
    rest = _NOISE.sub("", canonical_text(unicodedata.normalize("NFKC", _JOINT.sub("-", text)).upper()))
    rest = _PROVINCE.sub("", rest, count=1) if _PROVINCE.match(rest) else rest
    county, rest = _take_county(rest)
    township, rest = _take_township(county, rest)
    rest = _HAN_NUMBER.sub(lambda found: str(_value(found.group())), rest)
    team, house = "", ""
    room: list[str] = []
    for number, unit in _NUMBER.findall(rest):
        if unit in _TEAM:
            team = team or number
        elif unit in _HOUSE and not house and not room:
            house = number
        else:
            room.append(number)
    place = _VILLAGE.sub("", _NUMBER.sub("", rest).replace("-", ""))
    sound = " ".join(next(iter(readings(character)), character) for character in place)
    return Address(county, township, f" {sound} " if sound else "", team, house, "-".join(room))


def _take_county(rest: str) -> tuple[str, str]:
    found = _county().match(rest) or _OTHER_COUNTY.match(rest)
    # The urban district is left out: 海口市美兰区 and 海口市 are one place.
    if not found:
        return "", rest
    county = short_region(re.split(r"(?<=市)", found.group())[0])
    # 琼山市府城镇 of 2001 is 海口市琼山区府城镇 of 2003: the county is told as it is called today.
    return FORMER_COUNTIES.get(county, county), rest[found.end() :]


def _take_township(county: str, rest: str) -> tuple[str, str]:
    found = _TOWN.match(rest)
    if found:
        return found.group(1), rest[found.end() :]
    known = next((town for town in _townships(county) if rest.startswith(town)), "")
    return (known, rest[len(known) :]) if known and _NAMED_PLACE.match(rest[len(known) :]) else ("", rest)


@cache
def _county() -> re.Pattern[str]:
    names = "|".join(sorted([*hainan_counties(), *FORMER_COUNTIES]))
    return re.compile(
        rf"(?:{names})(?:市(?:[\u4e00-\u9fff]{{2}}区)?|县|(?:黎族|苗族|黎族苗族)?自治县|(?![路街村镇乡]))"
    )


@cache
def _townships(county: str) -> tuple[str, ...]:
    """Short names of the townships of a county of Hainan, of all of them when none is said."""
    codes = [code for name, code in sorted(hainan_counties().items()) if county in ("", name)]
    return tuple(sorted({short_region(town) for code in codes for town in townships_of(code)}))


def _value(numeral: str) -> int:
    """二十一 -> 21, 一百零三 -> 103."""
    total = 0
    digit = 0
    for character in numeral:
        if character in "十百":
            total += max(digit, 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = _NUMERALS.find(character) + 1
    return total + digit
