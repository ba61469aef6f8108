"""How is a cell of a count or of a sum read? The value as text, or the reason why there is none."""

from __future__ import annotations

import re

from data.contracts.reason import Reason
from data.contracts.reasons.cells import VALUE_UNREADABLE
from data.values.amounts import read_amount
from data.values.text import clean_text

_INTEGER = re.compile(r"(\d{1,12})(?:\.0+)?(?:人|名|天|日|个|年度?)?")


def read_integer(text: str) -> tuple[str | None, Reason | None]:
    """A whole number as digits; a unit of counting behind it and thousands separators are left away."""
    plain = clean_text(text)
    if plain is None:
        return None, None
    found = _INTEGER.fullmatch(plain.replace(",", "").replace(" ", ""))
    return (str(int(found[1])), None) if found else (None, VALUE_UNREADABLE)


def read_sum(text: str) -> tuple[str | None, Reason | None]:
    """Money in ten thousand yuan (`data.values.amounts`)."""
    if clean_text(text) is None:
        return None, None
    amount = read_amount(text)
    return (amount, None) if amount is not None else (None, VALUE_UNREADABLE)
