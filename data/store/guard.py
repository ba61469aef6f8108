"""Does a text carry an identity number or a mobile number? The last net before a database column (guard-rail 6).

`data.privacy.mask_text` masks every long number of a log line; here registration numbers and hexadecimal keys must
stay whole, so only numbers that read as a citizen's (a birth date in its place) or as a mobile number are masked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_MONTH_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])(?:"
    rf"(?P<id>[1-8]\d{{5}}(?:18|19|20)\d{{2}}{_MONTH_DAY}\d{{3}}[\dXx]|[1-8]\d{{5}}\d{{2}}{_MONTH_DAY}\d{{3}})"
    r"|(?P<mobile>1[3-9]\d{9})"
    r")(?![0-9A-Za-z])"
)


def masked(text: str) -> str:
    """The text with each such number masked: of an identity number 6 and 4 characters stay, of a mobile 3 and 4."""
    return _NUMBER.sub(_mask, text)


def carries_number(text: str) -> bool:
    """Whether `masked` would change the text."""
    return _NUMBER.search(text) is not None


def masked_json(value: object) -> object:
    """The same for every text inside a JSON value, keys included; a bare number becomes masked text."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, Mapping):
        return {masked(str(key)): masked_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [masked_json(item) for item in value]
    return masked(str(value)) if isinstance(value, int) and carries_number(str(value)) else value


def _mask(found: re.Match[str]) -> str:
    number = found.group(0)
    shown = 3 if found["mobile"] else 6
    return f"{number[:shown]}{'*' * (len(number) - shown - 4)}{number[-4:]}"
