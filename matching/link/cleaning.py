"""How are the distinct texts of a column cleaned? Those that no step changes all at once, the others one by one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.values.text import NULL_WORDS
from matching.link.spec import LinkColumn
from matching.link.steps import apply_steps

_DIGITS, _LOWER, _UPPER, _HAN, _HYPHEN, _SPACE = "0-9", "a-z", "A-Z", r"\x{4e00}-\x{9fff}", "-", " "
_LETTERS = {_LOWER, _UPPER, _HAN}
_WORD = {_DIGITS, *_LETTERS}
_ANY = {*_WORD, _HYPHEN}

#: Which characters a step leaves as they are, wherever they stand; a space stands for single ones between others.
KEPT: dict[str, set[str]] = {
    "nfkc": {*_ANY, _SPACE},
    "null_words": {*_ANY, _SPACE},
    "strip": {*_ANY, _SPACE},
    "lower": {_DIGITS, _LOWER, _HAN, _HYPHEN, _SPACE},
    "upper": {_DIGITS, _UPPER, _HAN, _HYPHEN, _SPACE},
    "no_accents": {*_ANY, _SPACE},
    "no_spaces": _ANY,
    "no_punctuation": {*_WORD, _SPACE},
    "digits": {_DIGITS},
    "letters": _LETTERS,
    "alphanumeric": _WORD,
    "postcode": {_DIGITS, _UPPER, _HAN},
    "sort_words": _ANY,
    "words": _ANY,
    "identity_number": {_DIGITS, _UPPER},
}
#: Steps that make nothing of a word that stands for an empty cell.
_NULL_STEPS = frozenset({"null_words", "identity_number"})


def clean(texts: pa.Array, column: LinkColumn) -> pa.Array:
    """Each of the distinct texts after the column's steps; null where nothing is left."""
    is_kept = _unchanged(texts, column)
    changed = texts.filter(pc.invert(is_kept)).to_pylist()
    null = frozenset(column.null)
    made = [None if text in null else apply_steps(text, column.steps) for text in changed]
    return pc.replace_with_mask(texts, pc.invert(is_kept), pa.array(made, texts.type))


def _unchanged(texts: pa.Array, column: LinkColumn) -> pa.Array:
    """Which texts come out of all steps as they are?"""
    is_null = _said_null(texts, column)
    if not column.steps:
        return pc.invert(is_null)
    kept = set.intersection({*_ANY, _SPACE}, *(KEPT.get(step, set()) for step in column.steps))
    characters = "".join(sorted(kept - {_HYPHEN, _SPACE})) + ("-" if _HYPHEN in kept else "")
    if not characters:
        return pa.array([False] * len(texts), pa.bool_())
    between = f"( [{characters}]+)*" if _SPACE in kept else ""
    is_plain = pc.match_substring_regex(texts, f"^[{characters}]+{between}$")
    return pc.and_(is_plain, pc.invert(is_null))


def _said_null(texts: pa.Array, column: LinkColumn) -> pa.Array:
    """Which texts may stand for an empty cell? They are few and short, and only these are looked up."""
    words = pa.array(
        sorted({*column.null, *(NULL_WORDS if _NULL_STEPS.intersection(column.steps) else ())}), texts.type
    )
    longest = pc.max(pc.binary_length(words)).as_py() or 0
    rows = np.flatnonzero(np.asarray(pc.less_equal(pc.binary_length(texts), longest)))
    short = texts.take(pa.array(rows))
    is_word = pc.or_(pc.is_in(short, words), pc.is_in(pc.utf8_lower(short), words))
    found = np.zeros(len(texts), dtype=bool)
    found[rows] = np.asarray(is_word, dtype=bool)
    return pa.array(found)
