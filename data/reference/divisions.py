"""Which county has this code, which townships does it have, and which of them does a text name?

Tables and their sources: `divisions.csv` and `townships.csv` beside this file (domain §5.4). The area part of an
identity number says where the number was first issued, never where somebody lives: it is not asked here.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_SUFFIX = re.compile(r"(?:镇|乡|街道)$")
#: Offices that stand for the township they sit in: 龙楼工商所 is the office of 龙楼镇.
_OFFICES = "镇|乡|街道|工商所|市场监管所|市场监督管理所|所|党委|镇党委|镇政府|镇人民政府|工商行政管理所"


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@lru_cache
def _divisions() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in _rows("divisions.csv")}


@lru_cache
def _codes_by_name() -> dict[str, str]:
    current = [row for row in _divisions().values() if row["code"] == row["place"]]
    return {row[column]: row["code"] for column in ("short_name", "name") for row in current}


def current_code(code: str) -> str | None:
    """The code that the place of a current or former code has today (460022 -> 469005); None if unknown."""
    row = _divisions().get(code)
    return row["place"] if row else None


def years_in_force(code: str) -> tuple[int | None, int | None] | None:
    """Years [from, to) of a code; None inside: open or not known. None for an unknown code."""
    row = _divisions().get(code)
    return (_year(row["valid_from"]), _year(row["valid_to"])) if row else None


def was_abolished_before(code: str, year: int, tolerance_years: int = 10) -> bool:
    """Had the code been abolished for longer than the tolerance in that year? Unknown codes had not.

    A number is issued with the code of its day, some years late too (domain §5.4); who was born before the code
    existed got the number as an adult.
    """
    years = years_in_force(code)
    return years is not None and years[1] is not None and year > years[1] + tolerance_years


def _year(text: str) -> int | None:
    return int(text) if text else None


def county_name(code: str) -> str | None:
    """Today's name of the place of a current or former 6-digit code (460022 -> 文昌市); None if unknown."""
    row = _divisions().get(code)
    return row["name"] if row else None


def county_code(name: str) -> str | None:
    """Current code of a place by name, with or without 市, 县 and peoples (文昌, 乐东县); None if unknown."""
    codes = _codes_by_name()
    return codes.get(name) or codes.get(re.sub(r"(?<=..)[市县区省]$", "", name))


@lru_cache
def townships_of(area: str) -> tuple[str, ...]:
    """Names of the townships known in a county (6 digits) or in all counties of a prefix (`46`), sorted by code."""
    return tuple(dict.fromkeys(row["name"] for row in _rows("townships.csv") if row["county"].startswith(area)))


def township_in(text: str, area: str) -> str | None:
    """The one known township of the area that a title or a sheet name speaks of; None if it names none or several.

    龙楼镇党员花名册 -> 龙楼镇; 龙楼党委 -> 龙楼镇; 龙江镇 in area 469005 -> None.
    """
    found = {name for name in townships_of(area) if _speaks_of(name, text)}
    return found.pop() if len(found) == 1 else None


def township_name(text: str, area: str) -> str:
    """The township as the table spells it (龙楼, 龙楼工商所, 文昌市龙楼镇 -> 龙楼镇); unknown text as it is."""
    return _spellings(area).get(text, text)


def _speaks_of(name: str, text: str) -> bool:
    return name in text or re.search(rf"{re.escape(_stem(name))}(?:{_OFFICES})", text) is not None


def _stem(name: str) -> str:
    return _SUFFIX.sub("", name)


@lru_cache
def _spellings(area: str) -> dict[str, str]:
    """Every accepted spelling of the area's townships; a spelling that two townships share stays as written."""
    spellings: dict[str, str | None] = {}
    county = county_name(area) or ""
    for name in townships_of(area):
        stem = _stem(name)
        for word in {name, stem, *(stem + office for office in _OFFICES.split("|"))}:
            for spelling in {word, county + word}:
                spellings[spelling] = name if spellings.get(spelling, name) == name else None
    return {spelling: name for spelling, name in spellings.items() if name}
