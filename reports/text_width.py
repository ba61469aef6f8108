"""How much room does a text need? A Han character or full-width sign takes two columns, the rest one."""

from __future__ import annotations

import unicodedata
from functools import cache


def text_width(text: str) -> int:
    """Columns of a terminal, or digits' widths in a spreadsheet."""
    return len(text) if text.isascii() else sum(map(_width, text))


@cache
def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
