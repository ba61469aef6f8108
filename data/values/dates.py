"""Which day, month or year is meant? Partial dates as ISO text whose length is the precision; month arithmetic.

Ways of writing met in rosters: domain §3.5; months clipped to their end and inclusive bounds: domain §0.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from data.values.text import fold_width

#: Days that are kept worked out: a century and a half has so many, and every column of dates asks for the same ones.
_KEPT_DAYS = 2**16
#: Years that dates are read in.
FIRST_YEAR, LAST_YEAR = 1850, 2100
_MOST_DAYS = 31
_DEFAULT_NEWEST = date(2030, 12, 31)
_REPUBLIC_YEAR_0 = 1911
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九元", "0001234567891")
_HAN_TENS = re.compile("([一二三四五六七八九])?十([一二三四五六七八九])?")
_TIME_OF_DAY = re.compile(
    r"(?:T|\s+)(?:[上下]午)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]M)?(?:Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE
)
_REPUBLIC = re.compile(r"^民国(\d{1,3})(?=年|[-./]|$)")
#: Words beside a date that change nothing, and notes in brackets without a digit.
_WORDS = re.compile(
    r"^(?:生于|于|自|从|约|大约|大概|公历|阳历|新历)|\([^()\d]*\)?|(?:出?生|生人|入党|加入|转正)$"
    r"|(?<=[年月\d])(?:[上中下]旬|[上下]半年|初|底|末|春|夏|秋|冬|左右|前后)$"
)
_LUNAR = re.compile(r"农历|阴历|旧历|夏历|\((?:农|阴|旧)\)|正月|腊月|冬月|闰|初[一二三四五六七八九十]|廿")
_FIRST_DIGITS = re.compile(r"\d{4}|\d{2}(?=年)")
_MARKS = r"\-./。、,·•・∙—–―‐−_\\~"
_SEPARATED = re.compile(
    rf"(?!\d\d-\d{{1,2}}月-)(\d{{4}}|\d{{2}})[{_MARKS}年]+(?:(\d{{1,2}})(?:[{_MARKS}月]+(?:(\d{{1,2}})[日号]?)?)?份?)?[{_MARKS}]*"
)
#: 1985-07-01, 1985.7, 1985.07.01, 1985/7/1, 1985年7月, 1985年7月1日, 198507, 19850701.
_USUAL = re.compile(r"([0-9]{4})(?:[-./年]([0-9]{1,2})(?:月|[-./月]([0-9]{1,2})日?)?|([0-9]{2})([0-9]{2})?)")
_YEAR_ALONE = re.compile(r"(\d{4})")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?(?:\.0+)?")
#: From one date to another, or to today; the year of the second has four digits, so that 1985-7-8 is no range.
_RANGE = re.compile(r"(.*\d{4}.*?)\s*(?:[-—–―‐−~]+|至|到)\s*(?:\d{4}.*|至?今|现在|目前)")
#: The day before the year: 1-7-1985, and as databases export it, 01-7月-85 and 1-Jul-85.
_YEAR_LAST = re.compile(rf"(\d{{1,2}})[{_MARKS}](\d{{1,2}})[{_MARKS}](\d{{4}})")
_MONTH_NAMED = re.compile(
    rf"(\d{{1,2}})[{_MARKS}]?(\d{{1,2}}月|[A-Z]{{3}})[A-Z]*[{_MARKS}]*(\d{{4}}|\d{{2}})", re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"([A-Z]{3})[A-Z]*[. ]*(\d{1,2}),?\s*(\d{4})", re.IGNORECASE)
_MONTHS = {
    name: str(n)
    for n, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], start=1
    )
}
#: Day 0 of spreadsheets as it works out after their imaginary 29 February 1900.
_SERIAL_EPOCH = date(1899, 12, 30)
#: How many days later the serial numbers of old Macintosh workbooks begin.
DAYS_TO_1904 = 1_462
_FIRST_SERIAL, _LAST_SERIAL = 7_306, 54_788  # 1920-01-01 to 2049-12-31


class Doubt(StrEnum):
    """Why less was taken from a date than was written."""

    LUNAR = "lunar"
    IMPOSSIBLE_DAY = "impossible_day"
    RANGE = "range"
    DAY_OR_MONTH = "day_or_month"
    TO_COME = "to_come"


class ReadDate(NamedTuple):
    """A date as read: ISO text whose length is the precision (None: not a date), and what was in doubt."""

    iso: str | None
    doubt: Doubt | None = None


_UNREAD = ReadDate(None)


def parse_partial_date(text: str, *, newest: date = _DEFAULT_NEWEST) -> str | None:
    """The ISO text of `read_date`."""
    return read_date(text, newest=newest).iso


def read_date(text: str, *, newest: date = _DEFAULT_NEWEST) -> ReadDate:
    """A date as people write it: 1998.7, 199807, 1998年7月, 98.7, 1998 7 1, 八五年七月, 1998-07-00, 01-7月-85.

    A two-digit year is the latest one not after the year of `newest`; if that day is still to come it is a slip, not
    a date of a century ago. A lunar date (农历) gives its year only, an impossible day (30 February) its month, a range
    its start, and 3/4/1985 its year. Nothing is read for anything else and for impossible months.

    1998.1 in text is January: whoever types text types 1998.10 for October, and only a number cell drops the zero.
    A reader of number cells has to ask before it comes here.
    """
    # Nearly every cell; whatever is odd about the others is looked at below.
    if (usual := _USUAL.fullmatch(text)) and (iso := _iso(int(usual[1]), usual[2] or usual[4], usual[3] or usual[5])):
        return ReadDate(iso)
    plain = _TIME_OF_DAY.sub("", fold_width(text).strip())
    is_old_calendar = is_lunar(plain)
    plain = _HAN_TENS.sub(_tens_to_digits, plain).translate(_HAN_DIGITS)
    if is_old_calendar:
        found = _FIRST_DIGITS.search(plain)
        return ReadDate(_read(found[0], None, None, newest).iso, Doubt.LUNAR) if found else _UNREAD
    if (read := _year_first(plain, newest)).iso or (read := _year_last(plain, newest)).iso:
        return read
    if (span := _RANGE.fullmatch(plain)) and (start := _year_first(span[1], newest).iso):
        return ReadDate(start, Doubt.RANGE)
    return _UNREAD


def _year_first(plain: str, newest: date) -> ReadDate:
    # Spaces separate (1985 7 1) where nothing else does, else they are only wide setting (1998. 7. 1).
    for spaces in (".", ""):
        compact = re.sub(r"\s", "", re.sub(r"(?<=\d)\s+(?=\d)", spaces, plain))
        compact = _REPUBLIC.sub(lambda era: str(_REPUBLIC_YEAR_0 + int(era[1])), _WORDS.sub("", compact))
        found = _RUN_TOGETHER.fullmatch(compact) or _SEPARATED.fullmatch(compact)
        read = _read(found[1], found[2], found[3], newest) if found else _UNREAD
        if read.iso is None and (alone := _YEAR_ALONE.fullmatch(compact)):
            read = ReadDate(_iso(int(alone[1]), None, None))
        if read.iso is not None or read.doubt is Doubt.TO_COME:
            return read
    return _UNREAD


def _year_last(plain: str, newest: date) -> ReadDate:
    """The day or the month before the year; where both could be either, only the year is certain."""
    if found := _MONTH_FIRST.fullmatch(plain):
        return _read(found[3], _MONTHS.get(found[1].title()), found[2], newest)
    compact = re.sub(r"\s", "", plain)
    if found := _MONTH_NAMED.fullmatch(compact):
        month = found[2].rstrip("月") if found[2].endswith("月") else _MONTHS.get(found[2].title())
        return _read(found[3], month, found[1], newest)
    if not (found := _YEAR_LAST.fullmatch(compact)):
        return _UNREAD
    ways = {_iso(int(found[3]), *pair) for pair in ((found[1], found[2]), (found[2], found[1]))} - {None}
    if len(ways) == 1:
        return ReadDate(ways.pop())
    return ReadDate(found[3], Doubt.DAY_OR_MONTH) if ways else _UNREAD


def is_lunar(text: str) -> bool:
    """Does the text say that its month and day are of the traditional calendar (农历, 阴历, 正月, 初八)?"""
    return _LUNAR.search(fold_width(text)) is not None


def _read(year_text: str, month: str | None, day: str | None, newest: date) -> ReadDate:
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
            return _UNREAD
    iso, doubt = _iso(year, month, day), None
    if iso is None and day and int(day) <= _MOST_DAYS:
        iso, doubt = _iso(year, month, None), Doubt.IMPOSSIBLE_DAY
    if iso is None:
        return _UNREAD
    if is_short and earliest(iso) > newest:
        return ReadDate(None, Doubt.TO_COME)
    return ReadDate(iso, doubt)


def _tens_to_digits(found: re.Match[str]) -> str:
    """十 -> 10, 十二 -> 12, 二十 -> 20, 三十一 -> 31."""
    return f"{found[1] or '一'}{found[2] or '〇'}"


def _iso(year: int, month: str | None, day: str | None) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
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


@lru_cache(maxsize=_KEPT_DAYS)
def earliest(iso: str) -> date:
    """First day that an ISO partial date may mean; ValueError if it is not one."""
    return date.fromisoformat(iso + "-01-01"[len(iso) - 4 :] if len(iso) < 10 else iso)


@lru_cache(maxsize=_KEPT_DAYS)
def latest(iso: str) -> date:
    """Last day that an ISO partial date may mean; ValueError if it is not one."""
    first = earliest(iso)
    if len(iso) == 4:
        return date(first.year, 12, 31)
    if len(iso) == 7:
        return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first


@lru_cache(maxsize=_KEPT_DAYS)
def add_months(day: date, n: int) -> date:
    """The same day `n` months later (earlier if negative), clipped to the end of the month."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Whole months passed from `start` to `end`: the largest n with add_months(start, n) <= end; negative if before."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1
