"""How do values of databases and documents become cells? Exact text, column by column; null stays None.

Nothing is numeric afterwards: an integer of a database has all its digits, unlike a number in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import cast
from uuid import UUID

import pyarrow as pa
import pyarrow.compute as pc

from data.values.text import INVISIBLE

#: Moments with a time zone are told as days and hours of the offices that keep the register.
_BEIJING = timezone(timedelta(hours=8))
#: Types whose `str` is what a person would write.
_PLAIN = (int, time, timedelta, UUID)


def text_column(values: Sequence[object]) -> tuple[pa.Array, int]:
    """The values as text or null, and how many invisible characters were taken out of them."""
    is_text = {type(value) for value in values} <= {str, type(None)}
    texts: Sequence[str | None] = cast(Sequence[str | None], values) if is_text else [text_of(v) for v in values]
    n_invisible = 0
    joined = "".join(text for text in texts if text)
    if INVISIBLE.search(joined):
        n_invisible = len(INVISIBLE.findall(joined))
        texts = [INVISIBLE.sub("", text) if text else text for text in texts]
    try:
        column = pc.utf8_trim_whitespace(pa.array(texts, pa.string()))
    except UnicodeEncodeError:
        # Half of a surrogate pair, which JSON can write and UTF-8 cannot.
        whole = [text.encode("utf-8", "replace").decode() if text else text for text in texts]
        column = pc.utf8_trim_whitespace(pa.array(whole, pa.string()))
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column), n_invisible


def text_of(value: object) -> str | None:
    """The shortest exact text of one value; None for null and for what is no text (bytes, objects)."""
    match value:
        case None | bytes() | bytearray() | memoryview() | dict():
            return None
        case str():
            return value
        case bool():
            return "是" if value else "否"
        case Decimal():
            return _decimal(value)
        case float():
            return _decimal(Decimal(repr(value)))
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case list() | tuple():
            texts = [text_of(item) for item in value]
            return "；".join(text for text in texts if text) or None
        case _:
            return str(value) if isinstance(value, _PLAIN) else None


def _decimal(value: Decimal) -> str | None:
    """All digits, no exponent; 5.00 is 5, but 1998.10 keeps its nought: it may be a month."""
    if not value.is_finite():
        return None
    return str(int(value)) if value == value.to_integral_value() else format(value, "f")


def _moment(value: datetime) -> str:
    local = value.astimezone(_BEIJING).replace(tzinfo=None) if value.tzinfo else value
    return local.date().isoformat() if local.time() == time() else local.isoformat(sep=" ", timespec="seconds")
