"""How do numbers, days and places go wrong? Functions of a text and a random whole number; None: not possible."""

from __future__ import annotations

from datetime import date, timedelta

_AREA_DIGITS, _CHECK = 6, 17
#: The lunar date of a day is 18 to 49 days behind; written into a solar field it is that much too early.
_LUNAR_LEAST, _LUNAR_SPREAD = 18, 32
#: Counties that became cities: 文昌 1995, 琼海 1992, 万宁 1996.
_OLD_COUNTIES = {"文昌市": "文昌县", "琼海市": "琼海县", "万宁市": "万宁县"}


def wrong_digit(number: str, draw: int) -> str | None:
    """One digit before the check digit is another."""
    place = draw % _CHECK
    other = (int(number[place]) + 1 + draw // _CHECK % 9) % 10
    return f"{number[:place]}{other}{number[place + 1 :]}"


def swapped_digits(number: str, draw: int) -> str | None:
    """Two unequal neighbours behind the area code exchanged."""
    places = [i for i in range(_AREA_DIGITS, _CHECK - 1) if number[i] != number[i + 1]]
    if not places:
        return None
    place = places[draw % len(places)]
    return number[:place] + number[place + 1] + number[place] + number[place + 2 :]


def masked(number: str, draw: int) -> str | None:
    """Birth masked, or birth and sequence, or all but the ends."""
    first, last = ((6, 14), (10, 17), (4, 14))[draw % 3]
    return number[:first] + "*" * (last - first) + number[last:]


def precision_loss(number: str, draw: int) -> str | None:
    """As a spreadsheet keeps it in a number cell: fifteen digits and three zeros."""
    return None if number.endswith("X") else number[:15] + "000"


def fifteen_digits(number: str, draw: int) -> str | None:
    """The old number, without century and check digit."""
    return number[:6] + number[8:17] if number[6:8] == "19" else None


def month_only(birth: str, draw: int) -> str | None:
    """Year and month."""
    return birth[:7] if len(birth) == 10 else None


def day_and_month(birth: str, draw: int) -> str | None:
    """Day and month exchanged, where that is another day."""
    year, month, day = birth.split("-")
    return f"{year}-{day}-{month}" if int(day) <= 12 and day != month else None


def lunar(birth: str, draw: int) -> str | None:
    """The lunar date in the solar field."""
    return (date.fromisoformat(birth) - timedelta(days=_LUNAR_LEAST + draw % _LUNAR_SPREAD)).isoformat()


def phone_digit(mobile: str, draw: int) -> str | None:
    """One digit behind the prefix is another."""
    place = 3 + draw % 8
    return f"{mobile[:place]}{(int(mobile[place]) + 1 + draw // 8 % 9) % 10}{mobile[place + 1 :]}"


def old_county(home: str, draw: int) -> str | None:
    """The county by its name before it became a city."""
    for now, before in _OLD_COUNTIES.items():
        if now in home:
            return home.replace(now, before)
    return None


def registration_digit(number: str, draw: int) -> str:
    """One digit of a registration number behind the registrar's is another."""
    place = _AREA_DIGITS + draw % (len(number) - _AREA_DIGITS)
    return f"{number[:place]}{(int(number[place]) + 1 + draw // 8 % 9) % 10}{number[place + 1 :]}"
