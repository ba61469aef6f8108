"""How alike are two Chinese personal names? Exact, variant, sound- or look-alike, a character off, different."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.arrays import CHUNK_PAIRS, Codes, Levels, Mask, Positions, chunks, distinct_pairs, encode
from matching.characters import CharacterTable, character_table, surname_length
from matching.comparisons.base import MISSING_LEVEL, LevelComparison
from matching.spellings import OtherForms, canonical_name, other_forms

#: Han names have 2-4 characters; longer ones (with a dot, in letters) take the wide path, cut off at its width.
_WIDTHS = (5, 32)
_Rows = npt.NDArray[np.int32]


class NameLevel(IntEnum):
    """Levels of `NameComparison`."""

    DIFFERENT = 0
    SAME_SURNAME = 1
    ONE_OF_MANY = 2
    ONE_MISSING = 3
    NEAR_READING = 4
    UNREADABLE = 5
    LOOK_ALIKE = 6
    SAME_READING = 7
    SWAPPED = 8
    FORMER_NAME = 9
    VARIANT = 10
    EXACT = 11


#: What it means that one name is another form of the other, in the order of `OtherForms`: cut, joined, turned, former.
_FORM_LEVELS = (NameLevel.ONE_MISSING, NameLevel.UNREADABLE, NameLevel.SWAPPED, NameLevel.FORMER_NAME)


@dataclass(frozen=True)
class Names:
    """Distinct names as rows of characters: `codes` per record points into all other arrays.

    canonical: code of the name in standard characters, dots left out. forms: per kind of other form, its codes in the
    same vocabulary, one column a form, -1 for none.
    """

    codes: Codes
    canonical: Codes
    forms: dict[NameLevel, Codes]
    n_readable: npt.NDArray[np.int16]
    surname: Codes
    length: npt.NDArray[np.int16]
    from_start: _Rows
    from_end: _Rows
    table: CharacterTable


class NameComparison(LevelComparison[Names]):
    """Levels of two names as written.

    exact: equal, every character readable. variant: equal once traditional and variant characters, separators and
    spellings in pinyin are put in standard form. former_name: one is what the other says it was (曾用名). swapped: two
    neighbours have changed places, or the surname stands last. same_reading: at each position the characters share one
    of their readings. look_alike: one character is a look-alike of the other (`glyphs`). unreadable: a character is
    `?`, □, * or written by its parts, all others agree. near_reading: at each position one that southern speakers do
    not tell apart. one_missing: one character missing or inserted. one_of_many: one of three or more differs.
    """

    LEVELS = NameLevel

    def prepare(self, *columns: pd.Series) -> Names:
        """Distinct names in canonical characters, laid out from their start and from their end."""
        codes, values = encode(columns[0])
        written = [str(value) for value in values]
        dotted = [canonical_name(name) for name in written]
        texts = [_without_dots(name) for name in dotted]
        table = character_table(texts)
        width = min(max((len(text) for text in texts), default=1), _WIDTHS[-1])
        from_start, from_end = np.zeros((2, len(texts), width), dtype=np.int32)
        for row, text in enumerate(texts):
            characters = [table.rows[character] for character in text[:width]]
            from_start[row, : len(characters)] = characters
            from_end[row, : len(characters)] = characters[::-1]
        surname, _ = encode(pd.Series([name[: surname_length(name)] for name in dotted], dtype=object))
        canonical, forms = _coded_forms(texts, [other_forms(name) for name in written])
        length = np.array([min(len(text), width) for text in texts], dtype=np.int16)
        readable = ((from_start > 0) & (from_start != table.missing)).sum(axis=1).astype(np.int16)
        # A name without one readable character says nothing: it is missing.
        codes = np.where(np.append(readable > 0, False)[codes], codes, -1)
        return Names(codes, canonical, forms, readable, surname, length, from_start, from_end, table)

    def levels(self, prepared: Names, left: Positions, right: Positions) -> Levels:
        """Equal codes are exact; the kernel sees each other pair of distinct names once."""
        a, b = prepared.codes[left], prepared.codes[right]
        out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
        both = (a >= 0) & (b >= 0)
        equal = np.flatnonzero(both & (a == b))
        is_whole = prepared.n_readable[a[equal]] == prepared.length[a[equal]]
        out[equal] = np.where(is_whole, NameLevel.EXACT, NameLevel.UNREADABLE)
        unequal = both & (a != b)
        low, high, which = distinct_pairs(a[unequal], b[unequal])
        found = np.zeros(len(low), dtype=np.int8)
        longest = np.maximum(prepared.length[low], prepared.length[high])
        for narrower, width in zip((0, *_WIDTHS), _WIDTHS, strict=False):
            rows = np.flatnonzero((longest > narrower) & (longest <= width))
            for part in chunks(len(rows), CHUNK_PAIRS // 4):
                found[rows[part]] = _kernel(prepared, low[rows[part]], high[rows[part]], width)
        out[unequal] = found[which]
        return out


def _without_dots(name: str) -> str:
    return name.replace("·", "") or name


def _coded_forms(texts: list[str], forms: list[OtherForms]) -> tuple[Codes, dict[NameLevel, Codes]]:
    """Code of each canonical name, and of its other forms in the same vocabulary, kind by kind."""
    code = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    coded: dict[NameLevel, Codes] = {}
    for level, lists in zip(_FORM_LEVELS, zip(*forms, strict=True), strict=False):
        table = np.full((len(texts), max(map(len, lists))), -1, dtype=np.int64)
        for row, names in enumerate(lists):
            # A form that no record bears meets nothing.
            table[row, : len(names)] = [code.get(_without_dots(name), -1) for name in names]
        coded[level] = table[:, (table >= 0).any(axis=0)]
    return np.array([code[text] for text in texts], dtype=np.int64), coded


def _kernel(names: Names, a: Codes, b: Codes, width: int) -> Levels:
    """Levels of pairs of different names of at most `width` characters; each question goes to the rows it is about."""
    wide = min(width, names.from_start.shape[1])
    left, right = names.from_start[a, :wide], names.from_start[b, :wide]
    n_left, n_right = names.length[a], names.length[b]
    n_same = ((left == right) & (left > 0)).sum(axis=1)
    n_wrong = np.where(n_left == n_right, n_left - n_same, -1)
    is_whole = (names.n_readable[a] == n_left) & (names.n_readable[b] == n_right)
    out = np.zeros(len(a), dtype=np.int8)
    out[names.surname[a] == names.surname[b]] = NameLevel.SAME_SURNAME
    out[(n_wrong == 1) & (n_left >= 3)] = NameLevel.ONE_OF_MANY
    off = np.flatnonzero((np.abs(n_left - n_right) == 1) & (np.minimum(n_left, n_right) >= 2))
    out[off[_is_one_missing(names, a[off], b[off], wide)]] = NameLevel.ONE_MISSING
    patched = np.flatnonzero((n_wrong >= 0) & (n_same > 0) & ~is_whole)
    out[patched[_is_patched(names.table.missing, left[patched], right[patched])]] = NameLevel.UNREADABLE
    one = np.flatnonzero(n_wrong == 1)
    out[one[_is_look_alike(names.table, left[one], right[one])]] = NameLevel.LOOK_ALIKE
    heard = _may_sound(names.table.sounds, left, right, np.flatnonzero((n_wrong > 0) & is_whole))
    for level, readings in (
        (NameLevel.NEAR_READING, names.table.near_readings),
        (NameLevel.SAME_READING, names.table.readings),
    ):
        rows = heard[_is_sounding(readings, left[heard], right[heard])]
        out[rows] = np.maximum(out[rows], level)
    two = np.flatnonzero(n_wrong == 2)
    out[two[_is_swapped(left[two], right[two])]] = NameLevel.SWAPPED
    for level, forms in names.forms.items():
        out[_is_form(forms, names.canonical, a, b) & (out < level)] = level
    out[is_whole & (names.canonical[a] == names.canonical[b])] = NameLevel.VARIANT
    return out


def _is_one_missing(names: Names, a: Codes, b: Codes, width: int) -> Mask:
    """One name is the other without one character: equal start and equal end cover it."""
    start = _n_leading(names.from_start[a, :width], names.from_start[b, :width])
    end = _n_leading(names.from_end[a, :width], names.from_end[b, :width])
    return np.asarray(start + end >= np.minimum(names.length[a], names.length[b]), dtype=bool)


def _n_leading(left: _Rows, right: _Rows) -> Codes:
    same = (left == right) & (left > 0)
    return np.asarray(np.cumprod(same, axis=1, dtype=np.int64).sum(axis=1))


def _is_patched(missing: int, left: _Rows, right: _Rows) -> Mask:
    """An unreadable character agrees with any."""
    return np.asarray(((left == right) | (left == missing) | (right == missing)).all(axis=1), dtype=bool)


def _is_look_alike(table: CharacterTable, left: _Rows, right: _Rows) -> Mask:
    """Is the one character that differs a look-alike?"""
    rows, place = np.arange(len(left)), np.argmax(left != right, axis=1)
    return table.looks_alike(left[rows, place].astype(np.int64), right[rows, place].astype(np.int64))


def _may_sound(sounds: npt.NDArray[np.uint64], left: _Rows, right: _Rows, rows: Positions) -> Positions:
    """Which rows are left when those go whose characters, place by place, share no near reading for sure."""
    for place in range(left.shape[1]):
        one, other = left[rows, place], right[rows, place]
        rows = rows[(one == other) | ((sounds[one] & sounds[other]) > 0)]
    return rows


def _is_sounding(readings: _Rows, left: _Rows, right: _Rows) -> Mask:
    """Do the characters of each place share a reading?"""
    shared = left == right
    for k in range(readings.shape[1]):
        one = readings[left, k][:, :, None]
        shared |= ((one == readings[right]) & (one > 0)).any(axis=2)
    return np.asarray(shared.all(axis=1), dtype=bool)


def _is_swapped(left: _Rows, right: _Rows) -> Mask:
    """Of two characters that differ, each is its neighbour on the other side."""
    crossed = (left[:, :-1] == right[:, 1:]) & (left[:, 1:] == right[:, :-1]) & (left[:, :-1] != left[:, 1:])
    return np.asarray((crossed & (left[:, 1:] > 0)).any(axis=1), dtype=bool)


def _is_form(forms: Codes, canonical: Codes, a: Codes, b: Codes) -> Mask:
    """Is one name another form of the other?"""
    out = np.zeros(len(a), dtype=bool)
    for column in forms.T:
        out |= (column[a] == canonical[b]) | (column[b] == canonical[a])
    return out
