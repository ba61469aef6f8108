"""Where on a sheet may headers stand? Rows that name fields of a contract, found by first characters, then by words.

Half a million rows must not be looked at one by one: a header has known words in several columns and hardly any cell
that begins with a digit, and that leaves few rows to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from string import ascii_letters

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.sources.layout.header import Vocabulary

Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]
#: What may stand before a header's words or between its first two: marks, brackets, white space, letters of a gloss.
_ODD = frozenset([*" \t\r\n\u3000\xa0*※:：。★(（[【「'‘", *ascii_letters, *map(chr, range(0xFF01, 0xFF5F))])
_POINTS = frozenset(".、．")
_MIN_HITS = 2


def filled_cells(cells: pd.DataFrame) -> Mask:
    """Which cells hold text; a grid never holds ''."""
    return cells.to_numpy(dtype=object).astype(bool)


def is_one_of(characters: Iterable[str]) -> Mask:
    """A table to look up by code point: is this character one of these?"""
    return _table(frozenset(characters))


@lru_cache(maxsize=64)
def _table(characters: frozenset[str]) -> Mask:
    """Made once for a contract: a province's towns hand in thousands of small sheets."""
    table = np.zeros(0x110000, dtype=bool)
    table[[ord(character) for character in characters]] = True
    table.flags.writeable = False
    return table


def first_characters(values: npt.NDArray[np.object_]) -> npt.NDArray[np.uint32]:
    """Code point of the first character of each text; a null gives that of N and must be masked by the caller."""
    return np.asarray(values, dtype="U1").view(np.uint32)


def header_rows(cells: pd.DataFrame, filled: Mask, vocabulary: Vocabulary) -> Rows:
    """Positions of the rows that name at least two fields, ascending: headers, and rows of words like them."""
    rows = _suspects(cells, filled, vocabulary)
    pairs = {word[:2] for word in vocabulary.words()}
    known: dict[str, set[int]] = {}
    for position in cells.columns:
        column = cells[position].iloc[rows]
        names = {text: name for text in _like_headers(set(column), pairs) if (name := vocabulary.sense(text))}
        for name in set(names.values()):
            hits = column.isin([text for text, own in names.items() if own == name])
            known.setdefault(name, set()).update(rows[hits.to_numpy()].tolist())
    n_hits = np.zeros(len(cells), dtype=np.int64)
    for found in known.values():
        n_hits[sorted(found)] += 1
    return np.flatnonzero(n_hits >= _MIN_HITS)


def _like_headers(texts: set[str | None], pairs: set[str]) -> list[str]:
    """The texts that may be a header by their first two characters; a column may hold half a million others."""
    second = _ODD | _POINTS | {""}
    return [
        text
        for text in texts
        if text and (text[:2] in pairs or text[0] in _ODD or text[1:2] in second or text[2:3] in _POINTS)
    ]


def _suspects(cells: pd.DataFrame, filled: Mask, vocabulary: Vocabulary) -> Rows:
    """Rows with at least two cells that begin as headers do, and no more than half as many that begin with a digit."""
    may_begin = is_one_of(_ODD | {word[0] for word in vocabulary.words()})
    is_digit = is_one_of("0123456789")
    n_alike = np.zeros(len(cells), dtype=np.int16)
    n_digits = np.zeros(len(cells), dtype=np.int16)
    for position in range(cells.shape[1]):
        first = first_characters(cells[position].to_numpy(dtype=object))
        n_alike += may_begin[first] & filled[:, position]
        n_digits += is_digit[first] & filled[:, position]
    by_words = (n_alike >= _MIN_HITS) & (n_digits * 2 <= n_alike)
    # A numbered header (1.姓名) begins with digits in every column but one, which no row with a name does.
    nearly_all = (n_digits >= _MIN_HITS) & (filled.sum(axis=1) - n_digits <= 1)
    return np.flatnonzero(by_words | _is_numbered(cells, np.flatnonzero(nearly_all)))


def _is_numbered(cells: pd.DataFrame, rows: Rows) -> Mask:
    """Which of the rows have at least two cells like 1.姓名 or 12、姓名; as a mask over all rows."""
    found = np.zeros(len(cells), dtype=np.int16)
    points = is_one_of(_POINTS)
    is_digit = is_one_of("0123456789")
    for position in cells.columns:
        column = np.asarray(cells[position].to_numpy(dtype=object)[rows], dtype="U4").view(np.uint32).reshape(-1, 4)
        second = points[column[:, 1]] & (column[:, 2] > 0) & ~is_digit[column[:, 2]]
        third = is_digit[column[:, 1]] & points[column[:, 2]] & (column[:, 3] > 0) & ~is_digit[column[:, 3]]
        found[rows] += is_digit[column[:, 0]] & (second | third)
    return found >= _MIN_HITS
