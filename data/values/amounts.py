"""What sum does a cell mean? Money in ten thousand yuan, as annual reports state it (at most six decimals)."""

from __future__ import annotations

import re
from decimal import Decimal

from data.values.text import fold_width

_AMOUNT = re.compile(r"(\d{1,12}(?:\.\d{1,12})?)(亿元?|万元?|元)?")
_IN_TEN_THOUSANDS = {"亿": Decimal(10_000), "万": Decimal(1), "元": Decimal("0.0001"), "": Decimal(1)}
_SIX_DECIMALS = Decimal("0.000001")


def read_amount(text: str) -> str | None:
    """The sum in ten thousand yuan as plain decimal text; a cell that names no unit is in them already. None when the
    text is no sum; a loss (negative) is none either.

    1,234.5 -> 1234.5; 3亿元 -> 30000; 5000元 -> 0.5
    """
    plain = fold_width(text).replace(",", "").replace(" ", "").removeprefix("¥").removeprefix("人民币")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return None
    amount = (Decimal(found[1]) * _IN_TEN_THOUSANDS[(found[2] or "")[:1]]).quantize(_SIX_DECIMALS)
    return f"{amount:f}".rstrip("0").rstrip(".")
