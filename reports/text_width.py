"""How much room does a text need? A Han character or full-width sign takes two columns, the rest one."""

from __future__ import annotations

import unicodedata


def text_width(text: str) -> int:
    """Columns of a terminal, or digits' widths in a spreadsheet."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
