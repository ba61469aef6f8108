"""Values that must come back as they were: keys to resume from and watermarks, as JSON with their type."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

_READERS: dict[str, Callable[[str], object]] = {
    "int": int,
    "str": str,
    "Decimal": Decimal,
    "float": float,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "UUID": UUID,
}
#: Type and text.
Mark = list[str]
_SECONDS_OF_DAY = 86_400


def marked(value: object) -> Mark:
    """The value with its type. Raises TypeError for a type that cannot be a key or a watermark."""
    kind = type(value).__name__
    if kind not in _READERS:
        raise TypeError(kind)
    text = value.isoformat() if isinstance(value, date) else repr(value) if isinstance(value, float) else str(value)
    return [kind, text]


def unmarked(mark: Sequence[str]) -> object:
    """The value again."""
    kind, text = mark
    return _READERS[kind](text)


def earlier(value: object, seconds: float) -> object:
    """A moment so much earlier, also one written as ISO text; of a day, whole days; a counter as it is."""
    if isinstance(value, datetime):
        return value - timedelta(seconds=seconds)
    if isinstance(value, date):
        return value - timedelta(days=math.ceil(seconds / _SECONDS_OF_DAY))
    moment = moment_of(value) if isinstance(value, str) else None
    return value if moment is None else _as_written(moment - timedelta(seconds=seconds), str(value))


def moment_of(text: str) -> datetime | None:
    """The moment of an ISO text, None if it is none."""
    try:
        return datetime.fromisoformat(text) if "-" in text else None
    except ValueError:
        return None


def _as_written(moment: datetime, pattern: str) -> str:
    """The moment in the form of another text: a day alone, with T or a blank, with Z."""
    if len(pattern) <= len("2016-06-16"):
        return moment.date().isoformat()
    text = moment.isoformat(sep=pattern[10])
    return text.replace("+00:00", "Z") if pattern.endswith("Z") else text
