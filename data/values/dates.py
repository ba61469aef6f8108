"""Which day, month or year is meant? Partial dates as ISO text whose length is the precision; month arithmetic.

Ways of writing met in rosters: domain §3.5; months clipped to their end and inclusive bounds: domain §0.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from data.values.text import fold_width

_FIRST_YEAR, _LAST_YEAR = 1850, 2100
_DEFAULT_NEWEST_YEAR = 2030
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAN_TENS = re.compile("([一二三四五六七八九])?十([一二三四五六七八九])?")
_TIME_OF_DAY = re.compile(r"[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_SEPARATED = re.compile(r"(\d{4}|\d{2})[-./年。、,](?:(\d{1,2})(?:[-./月。、,](?:(\d{1,2})[日号]?)?)?份?)?")
_YEAR_ALONE = re.compile(r"(\d{4})")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?")
#: Day 0 of spreadsheets as it works out after their imaginary 29 February 1900.
_SERIAL_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 7_306, 54_788  # 1920-01-01 to 2049-12-31


def parse_partial_date(text: str, *, newest_year: int = _DEFAULT_NEWEST_YEAR) -> str | None:
    """ISO text of a date as people write it: 1998.7, 199807, 1998年7月, 98.7, 1998-7-1, 八五年七月, 19850701, 1998.

    A two-digit year is the latest one not after `newest_year`. None for anything else and for impossible days.
    """
    plain = _TIME_OF_DAY.sub("", fold_width(text).strip())
    plain = re.sub(r"\s", "", _HAN_TENS.sub(_tens_to_digits, plain).translate(_HAN_DIGITS))
    found = _RUN_TOGETHER.fullmatch(plain) or _SEPARATED.fullmatch(plain)
    if found is None:
        alone = _YEAR_ALONE.fullmatch(plain)
        return _iso(int(alone[1]), None, None) if alone else None
    year = int(found[1])
    if len(found[1]) == 2:
        year += 2000 if 2000 + year <= newest_year else 1900
    return _iso(year, found[2], found[3])


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
