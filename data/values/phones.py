"""Which phone numbers stand in this cell? Mobile numbers first, then landlines; placeholders are nobody's number.

Rules: domain §5.7.
"""

from __future__ import annotations

import re

from data.values.text import fold_width

_BETWEEN_NUMBERS = re.compile(r"[/、,;|或\n\r]+")
#: Numbers that a program wrote as decimals (14212345678.0) or in powers of ten with every digit (1.4212345678E+10).
_DECIMAL = re.compile(r"(?<=\d{7})\.0+(?!\d)")
_POWER_OF_TEN = re.compile(r"(?<!\d)(1)\.(\d{10})E\+?10(?!\d)", re.IGNORECASE)
_INSIDE_NUMBER = re.compile(r"[\s\-()—–.]+")
_MOBILE = re.compile(r"(?<!\d)(?:\+?(?:00)?86|17951|12593|0)?(1[3-9]\d{9})(?!\d)")
_ONE_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(?<!\d)(?:(0(?:10|2\d|[3-9]\d{2}))([2-9]\d{6,7})|([2-9]\d{6,7}))(?!\d)")
#: Numbers that forms are filled with when there is none.
PLACEHOLDERS = frozenset(("13800138000", "13800000000", "13900000000"))


def parse_phones(text: str | None) -> tuple[str, ...]:
    """The numbers of a cell in order, mobiles (11 digits) before landlines (`0898-63330000`, or local digits).

    Prefixes +86, 0086, 86 and 17951 are dropped, several numbers in one cell split; placeholders are left out. Of
    a power of ten all eleven digits must be there.
    """
    if not text:
        return ()
    if _ONE_MOBILE.fullmatch(text):  # nearly every cell
        return () if _is_placeholder(text) else (text,)
    plain = _POWER_OF_TEN.sub(r"\1\2", _DECIMAL.sub("", fold_width(text)))
    pieces = [piece for part in _BETWEEN_NUMBERS.split(plain) for piece in _numbers_apart(part)]
    mobiles = [number for piece in pieces for number in _MOBILE.findall(piece) if not _is_placeholder(number)]
    landlines = [
        f"{area}-{local}" if area else alone
        for piece in pieces
        for area, local, alone in _LANDLINE.findall(piece)
        if not _is_placeholder(local or alone)
    ]
    return tuple(dict.fromkeys([*mobiles, *landlines]))


def _numbers_apart(part: str) -> list[str]:
    """One piece with its inner spaces and dashes removed, or, when that runs two numbers together, its words."""
    whole = _INSIDE_NUMBER.sub("", part)
    if _MOBILE.search(whole) or _LANDLINE.search(whole):
        return [whole]
    return [_INSIDE_NUMBER.sub("", word) for word in part.split()]


def _is_placeholder(number: str) -> bool:
    return number in PLACEHOLDERS or len(set(number)) == 1
