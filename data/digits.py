"""How many digits of a number are written? As many as mean something: in text files, columns of JSON and models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Seventeen would give every bit back, and look like the number of a person; nothing here is known to a trillionth.
N_DIGITS = 12


def meaningful(value: float) -> float:
    """The number to N_DIGITS significant digits; not a number and infinities stay what they are."""
    return float(f"{value:.{N_DIGITS}g}")


def in_digits(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A JSON value with every float in it `meaningful`; a new one, mappings as dict and sequences as list."""
    if isinstance(value, float):
        return meaningful(value)
    if isinstance(value, Mapping):
        return {key: in_digits(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [in_digits(part) for part in value]
    return value
