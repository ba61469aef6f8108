"""How is a cell shown to whom? To the clerk in the own workbook without its numbers, elsewhere without names either.

A cell may hold what its header does not promise (columns slip), so every text is masked for numbers of any kind.
"""

from __future__ import annotations

import re

from data.contracts.field import ValueType
from data.privacy import mask_id, mask_phone

_NUMBERS = (ValueType.ID_NO, ValueType.CREDIT_CODE, ValueType.REG_NO)
#: An identity number or a mobile number anywhere in a text, also in groups and right beside letters.
_ID_IN_GROUPS = re.compile(r"\d{6}[ .-]?\d{8}[ .-]?\d{3}[\dXx]")
_PHONE_IN_GROUPS = re.compile(r"1\d{2}[ .-]?\d{4}[ .-]?\d{4}")
_LONG_NUMBER = re.compile(r"\d{11,}[Xx]?")
#: What dates are written with; whatever else a date cell holds may be a name.
_DATE_WORDS = frozenset("年月日号生出〇零一二三四五六七八九十廿卅元正冬腊初农历阴公民国上中下旬底末")
#: More of a cell than this helps nobody to find it.
_MAX_SHOWN = 60


def shown_to_owner(text: str | None, kind: ValueType) -> str:
    """For the workbook of the clerk who gave the file: identity numbers and phones masked, the rest as written."""
    if not text:
        return ""
    plain = text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"
    if kind in _NUMBERS:
        return mask_id(plain)
    if kind is ValueType.PHONE:
        return mask_phone(plain)
    for pattern in (_ID_IN_GROUPS, _LONG_NUMBER):
        plain = pattern.sub(lambda found: mask_id(found[0]), plain)
    return _PHONE_IN_GROUPS.sub(lambda found: mask_phone(found[0]), plain)


def shown_to_anyone(text: str | None, kind: ValueType) -> str:
    """For terminals, logs and JSON: the same, and of words only the first letter, so that no name is read."""
    plain = shown_to_owner(text, kind)
    kept = _DATE_WORDS if kind is ValueType.DATE else frozenset[str]()
    is_number = kind in _NUMBERS or kind is ValueType.PHONE
    return plain[:1] + "".join(
        "*" if letter.isalpha() and letter not in kept and not (is_number and letter.isascii()) else letter
        for letter in plain[1:]
    )
