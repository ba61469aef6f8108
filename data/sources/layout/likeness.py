"""Which known word is an unknown header like? A hint for messages; nothing is ever read by likeness."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher


def nearest(word: str, known: Iterable[str], cutoff: float) -> str | None:
    """The known word most like this one (share of characters in the same order, 0 to 1), the first among equals.

    身份正号 and 身份证号: 0.75. None below the cutoff, or for a word that is one of the known.
    """
    best, best_share = None, cutoff
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word)
    for other in known:
        matcher.set_seq1(other)
        if other == word:
            return None
        if matcher.real_quick_ratio() < best_share or matcher.quick_ratio() < best_share:
            continue
        share = matcher.ratio()
        if share > best_share or (best is None and share >= best_share):
            best, best_share = other, share
    return best
