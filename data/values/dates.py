"""Which day, month or year is meant? Partial dates as ISO text whose length is the precision; month arithmetic.

Ways of writing met in rosters: domain §3.5; months clipped to their end and inclusive bounds: domain §0.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from data.values.text import fold_width

_FIRST_YEAR, _LAST_YEAR = 1850, 2100
_DEFAULT_NEWEST = date(2030, 12, 31)
_REPUBLIC_YEAR_0 = 1911
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九元", "0001234567891")
_HAN_TENS = re.compile("([一二三四五六七八九])?十([一二三四五六七八九])?")
_TIME_OF_DAY = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_REPUBLIC = re.compile(r"^民国(\d{1,3})(?=年|[-./]|$)")
#: Words beside a date that change nothing: 生, 出生, 入党, and notes in brackets without a digit.
_WORDS = re.compile(r"^(?:生于|于|公历|阳历|新历)|\([^()\d]*\)?|(?:出?生|生人|入党|加入|转正)$")
_LUNAR = re.compile(r"农历|阴历|旧历|夏历|\((?:农|阴|旧)\)|正月|腊月|冬月|闰|初[一二三四五六七八九十]|廿")
_FIRST_DIGITS = re.compile(r"\d{4}|\d{2}(?=年)")
_MARKS = r"\-./。、,·•・∙—–―‐−_\\~"
_SEPARATED = re.compile(
    rf"(\d{{4}}|\d{{2}})[{_MARKS}年]+(?:(\d{{1,2}})(?:[{_MARKS}月]+(?:(\d{{1,2}})[日号]?)?)?份?)?[{_MARKS}]*"
)
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR_ALONE = re.compile(r"(\d{4})")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?(?:\.0+)?")
#: Day 0 of spreadsheets as it works out after their imaginary 29 February 1900.
_SERIAL_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 7_306, 54_788  # 1920-01-01 to 2049-12-31


def parse_partial_date(text: str, *, newest: date = _DEFAULT_NEWEST) -> str | None:
    """ISO text of a date as people write it: 1998.7, 199807, 1998年7月, 98.7, 1998 7 1, 八五年七月, 1998-07-00.

    A two-digit year is the latest one not after the year of `newest`; if that day is still to come it is a slip, not
    a date of a century ago. A lunar date (农历) gives its year only. None for anything else and for impossible days.
    """
    if _ISO_DAY.fullmatch(text) and (iso := _iso(int(text[:4]), text[5:7], text[8:])):  # nearly every cell
        return iso
    plain = _TIME_OF_DAY.sub("", fold_width(text).strip())
    is_old_calendar = is_lunar(plain)
    plain = _HAN_TENS.sub(_tens_to_digits, plain).translate(_HAN_DIGITS)
    if is_old_calendar:
        found = _FIRST_DIGITS.search(plain)
        return _read(found[0], None, None, newest) if found else None
    # Spaces separate (1985 7 1) where nothing else does, else they are only wide setting (1998. 7. 1).
    for spaces in (".", ""):
        compact = re.sub(r"\s", "", re.sub(r"(?<=\d)\s+(?=\d)", spaces, plain))
        compact = _REPUBLIC.sub(lambda era: str(_REPUBLIC_YEAR_0 + int(era[1])), _WORDS.sub("", compact))
        found = _RUN_TOGETHER.fullmatch(compact) or _SEPARATED.fullmatch(compact)
        iso = _read(found[1], found[2], found[3], newest) if found else None
        if iso is None and (alone := _YEAR_ALONE.fullmatch(compact)):
            iso = _iso(int(alone[1]), None, None)
        if iso is not None:
            return iso
    return None


def is_lunar(text: str) -> bool:
    """Does the text say that its month and day are of the traditional calendar (农历, 阴历, 正月, 初八)?"""
    return _LUNAR.search(fold_width(text)) is not None


def _read(year_text: str, month: str | None, day: str | None, newest: date) -> str | None:
    """A year of two or four digits, with month and day; 00 stands for what was not known."""
    year = int(year_text)
    is_short = len(year_text) == 2
    if is_short:
        year += 2000 if 2000 + year <= newest.year else 1900
    if int(day or 0) == 0:
        day = None
    if int(month or 0) == 0:
        month = None
        if day:
            return None
    iso = _iso(year, month, day)
    return None if is_short and iso and earliest(iso) > newest else iso


def _tens_to_digits(found: re.Match[str]) -> str:
    """十 -> 10, 十二 -> 12, 二十 -> 20, 三十一 -> 31."""
    return f"{found[1] or '一'}{found[2] or '〇'}"


def _iso(year: int, month: str | None, day: str | None) -> str | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        whole = date(year, int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole[: 10 if day else 7 if month else 4]


def from_serial(number: float) -> str | None:
    """ISO day of a spreadsheet's serial number (1900 system) between 1920 and 2049; None outside."""
    if not _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        return None
    return (_SERIAL_EPOCH + timedelta(days=int(number))).isoformat()


def earliest(iso: str) -> date:
    """First day that an ISO partial date may mean; ValueError if it is not one."""
    return date.fromisoformat(iso + "-01-01"[len(iso) - 4 :] if len(iso) < 10 else iso)


def latest(iso: str) -> date:
    """Last day that an ISO partial date may mean; ValueError if it is not one."""
    first = earliest(iso)
    if len(iso) == 4:
        return date(first.year, 12, 31)
    if len(iso) == 7:
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first


def add_months(day: date, n: int) -> date:
    """The same day `n` months later (earlier if negative), clipped to the end of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Whole months passed from `start` to `end`: the largest n with add_months(start, n) <= end; negative if before."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1
