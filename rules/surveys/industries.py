"""In which section of GB/T 4754 is an entity, and in which sector of the size classes? Read from code, letter or words.

Both editions are kept: 2011 (in force on the report's day) and 2017; they number the divisions after N differently.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

#: Letter and name of every section; the letters are the same in both editions (domain rules §5.5).
SECTIONS: Mapping[str, str] = {
    "A": "农、林、牧、渔业",
    "B": "采矿业",
    "C": "制造业",
    "D": "电力、热力、燃气及水生产和供应业",
    "E": "建筑业",
    "F": "批发和零售业",
    "G": "交通运输、仓储和邮政业",
    "H": "住宿和餐饮业",
    "I": "信息传输、软件和信息技术服务业",
    "J": "金融业",
    "K": "房地产业",
    "L": "租赁和商务服务业",
    "M": "科学研究和技术服务业",
    "N": "水利、环境和公共设施管理业",
    "O": "居民服务、修理和其他服务业",
    "P": "教育",
    "Q": "卫生和社会工作",
    "R": "文化、体育和娱乐业",
    "S": "公共管理、社会保障和社会组织",
    "T": "国际组织",
}
#: The edition of 2017 is in force from this day (GB/T 4754-2017, implementation date).
EDITION_2017_FROM = date(2017, 10, 1)

#: The last division (two digits) of every section, A to T.
_LAST_DIVISIONS = {
    "2011": (5, 12, 43, 46, 50, 52, 60, 62, 65, 69, 70, 72, 75, 78, 81, 82, 84, 89, 95, 96),
    "2017": (5, 12, 43, 46, 50, 52, 60, 62, 65, 69, 70, 72, 75, 79, 82, 83, 85, 90, 96, 97),
}
#: Sectors of the size rule by section; several where the letter alone leaves it open, none where the rule has no row.
_OF_SECTION: Mapping[str, tuple[str, ...]] = {
    "A": ("agriculture",),
    **dict.fromkeys("BCD", ("industry",)),
    "E": ("construction",),
    "F": ("wholesale", "retail"),
    "G": ("transport", "storage", "post"),
    "H": ("lodging", "catering"),
    "I": ("information", "software"),
    "K": ("real_estate", "property", "other"),
    "L": ("leasing",),
    **dict.fromkeys("MNOR", ("other",)),
}
_OF_DIVISION: Mapping[int, tuple[str, ...]] = {
    51: ("wholesale",),
    52: ("retail",),
    53: (),
    **dict.fromkeys((54, 55, 56, 57, 58), ("transport",)),
    59: ("storage",),
    60: ("post",),
    61: ("lodging",),
    62: ("catering",),
    63: ("information",),
    64: ("information",),
    65: ("software",),
}
#: 701 development, 702 property management; agents and leasing of flats are the rest.
_OF_GROUP: Mapping[str, tuple[str, ...]] = {"701": ("real_estate",), "702": ("property",)}
#: Words of divisions as registers write them; the longest that occurs decides.
_WORDS: Mapping[str, str] = {
    "批发": "51",
    "零售": "52",
    "批发和零售": "F",
    "批发零售": "F",
    "铁路运输": "53",
    "道路运输": "54",
    "水上运输": "55",
    "仓储": "59",
    "装卸搬运和仓储": "59",
    "交通运输、仓储和邮政": "G",
    "邮政": "60",
    "快递": "60",
    "住宿": "61",
    "餐饮": "62",
    "住宿和餐饮": "H",
    "住宿餐饮": "H",
    "信息传输": "63",
    "电信": "63",
    "软件": "65",
    "软件和信息技术服务": "65",
    "信息传输、软件和信息技术服务": "I",
    "房地产开发": "701",
    "物业管理": "702",
    "社会工作": "SOCIAL",
    "农业": "A",
    "林业": "A",
    "畜牧": "A",
    "渔业": "A",
    "农林牧渔": "A",
    "采矿": "B",
    "制造": "C",
    "金融": "J",
    "房地产": "K",
    "教育": "P",
    "卫生": "Q",
    "租赁和商务服务": "L",
    "居民服务": "O",
}
_CODE = re.compile(r"(?P<letter>[A-T])?(?P<digits>\d{2,4})?(?=\D|$)")


@dataclass(frozen=True)
class Industry:
    """section: letter, None where nothing readable is stated. sectors: rows of the size rule that may apply; empty with
    a section means that the rule does not cover it (finance, education, railways ...)."""

    section: str | None
    sectors: tuple[str, ...]


UNKNOWN_INDUSTRY = Industry(None, ())


def edition(as_of: date) -> str:
    """The edition of GB/T 4754 in force: `2011` or `2017`."""
    return "2017" if as_of >= EDITION_2017_FROM else "2011"


@lru_cache(maxsize=8192)
def read_industry(text: str, of_edition: str) -> Industry:
    """`F`, `F5112`, `5112`, `51`, 批发业, 批发和零售业; a letter that contradicts the digits counts before them."""
    code = _CODE.match(text.strip().upper())
    letter, digits = (code["letter"], code["digits"]) if code else (None, None)
    if letter is None and digits is None:
        return _of_words(text, of_edition)
    found = _of_digits(digits, of_edition) if digits else UNKNOWN_INDUSTRY
    if letter is not None and found.section != letter:
        return Industry(letter, _OF_SECTION.get(letter, ()))
    return found


def _of_words(text: str, of_edition: str) -> Industry:
    plain = text.replace("业", "").replace(" ", "")
    names = {name.replace("业", ""): letter for letter, name in SECTIONS.items()}
    hits = [word for word in {**{w.replace("业", ""): c for w, c in _WORDS.items()}, **names} if word and word in plain]
    if not hits:
        return UNKNOWN_INDUSTRY
    word = max(hits, key=lambda one: (len(one), one))
    code = {**{w.replace("业", ""): c for w, c in _WORDS.items()}, **names}[word]
    if code == "SOCIAL":
        return Industry("Q", ("other",))
    return read_industry(code, of_edition)


def _of_digits(digits: str, of_edition: str) -> Industry:
    division = int(digits[:2])
    last = _LAST_DIVISIONS[of_edition]
    place = next((i for i, end in enumerate(last) if division <= end), None)
    if place is None or division == 0:
        return UNKNOWN_INDUSTRY
    section = list(SECTIONS)[place]
    if section == "K":
        return Industry(section, _OF_GROUP.get(digits[:3], ("other",) if len(digits) > 2 else _OF_SECTION["K"]))
    if section == "Q":
        # Social work is the second division of Q; health is outside the rule.
        return Industry(section, ("other",) if division == last[place] else ())
    return Industry(section, _OF_DIVISION.get(division, _OF_SECTION.get(section, ())))
