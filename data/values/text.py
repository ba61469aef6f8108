"""What did the clerk mean by this text? Widths, spaces, null words and names; nothing is guessed or repaired.

Rules: domain §3.5 (「无」「—」「同上」 are blanks) and §5.8 (names).
"""

from __future__ import annotations

import re
import unicodedata

#: What forms ask people to write into an empty cell, and what exports write there (compared in lower case).
NULL_WORDS = frozenset(
    (
        *("无", "不详", "未知", "不清楚", "暂无", "空", "同上", "〃", "″", "—", "--", "-", "——", "―", "/", "\\", "、"),
        *("n/a", "na", "null", "none", "nan", "nil", "#n/a", "#ref!", "#value!", "#name?"),
    )
)

#: Characters without a width that exports leave behind, and the quote that marks text in a spreadsheet.
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_QUOTE = "'‘’`"
_SPACE_NOT_BETWEEN_LATIN = re.compile(r"(?<![A-Za-z.])\s+|\s+(?![A-Za-z])")
_MIDDLE_DOTS = re.compile("[\u00b7\u2022\u2027\u30fb\u2219\u22c5]")
_DOT_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f])\.(?=[^\x00-\x7f])")


def fold_width(text: str) -> str:
    """NFKC (full-width to half-width, compatibility forms) without invisible characters."""
    if text.isascii() and text.isprintable():
        return text
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def clean_text(text: str | None) -> str | None:
    """NFKC text with single spaces and no space at its ends; None for a blank or a null word (无, —, 同上 ...)."""
    if text is None:
        return None
    clean = " ".join(fold_width(text).split()).lstrip(_QUOTE).strip()
    return None if not clean or clean.lower() in NULL_WORDS else clean


def clean_name(text: str | None) -> str | None:
    """A person's name as written: spaces around Han dropped, middle dots unified to ·; else unchanged.

    Traditional and variant characters and the signs □ and ? of a missing character stay: comparing them is
    matching's work, and the name as written is evidence.
    """
    clean = clean_text(text)
    if clean is None:
        return None
    spaced = _SPACE_NOT_BETWEEN_LATIN.sub("", _MIDDLE_DOTS.sub("·", clean))
    return _DOT_BETWEEN_HAN.sub("·", spaced) or None
