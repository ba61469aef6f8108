"""Levels of names in plain array code: what the compiled kernel says, for where there is no compiler."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from matching.arrays import CHUNK_PAIRS, Codes, Levels, Mask, Positions, chunks, distinct_pairs
from matching.characters import CharacterTable
from matching.comparisons.base import MISSING_LEVEL
from matching.comparisons.name_forms import NameLevel
from matching.comparisons.name_layout import CANONICAL, FORMS, HEAD, LENGTH, READABLE, SURNAME, Names

#: Han names have 2-4 characters; longer ones (with a dot, in letters) take the wide path.
_WIDTHS = (5, 32)
_Rows = npt.NDArray[np.int32]


def name_levels(prepared: Names, left: Positions, right: Positions) -> Levels:
    """Equal names are exact; each other pair of distinct names is looked at once."""
    names = prepared.names
    a, b = prepared.starts[left].astype(np.int64), prepared.starts[right].astype(np.int64)
    out = np.full(len(left), MISSING_LEVEL, dtype=np.int8)
    both = (a >= 0) & (b >= 0)
    equal = np.flatnonzero(both & (a == b))
    is_whole = names[a[equal] + READABLE] == names[a[equal] + LENGTH]
    out[equal] = np.where(is_whole, NameLevel.EXACT, NameLevel.UNREADABLE)
    unequal = both & (a != b)
    low, high, which = distinct_pairs(a[unequal], b[unequal])
    found = np.zeros(len(low), dtype=np.int8)
    longest = np.maximum(names[low + LENGTH], names[high + LENGTH])
    for narrower, width in zip((0, *_WIDTHS), _WIDTHS, strict=False):
        rows = np.flatnonzero((longest > narrower) & (longest <= width))
        for part in chunks(len(rows), CHUNK_PAIRS // 4):
            found[rows[part]] = _unequal(prepared, low[rows[part]], high[rows[part]], width)
    out[unequal] = found[which]
    return out


def _characters(names: _Rows, starts: Codes, width: int, *, is_backwards: bool = False) -> _Rows:
    """One row of characters a name, 0 behind its end."""
    length = names[starts + LENGTH][:, None]
    place = np.arange(width)[None, :]
    source = length - 1 - place if is_backwards else place
    inside = place < length
    return np.where(inside, names[(starts + HEAD)[:, None] + np.where(inside, source, 0)], 0)


def _unequal(prepared: Names, a: Codes, b: Codes, width: int) -> Levels:
    """Levels of pairs of different names of at most `width` characters; each question goes to the rows it is about."""
    names, table = prepared.names, prepared.table
    left, right = _characters(names, a, width), _characters(names, b, width)
    n_left, n_right = names[a + LENGTH], names[b + LENGTH]
    n_same = ((left == right) & (left > 0)).sum(axis=1)
    n_wrong = np.where(n_left == n_right, n_left - n_same, -1)
    is_whole = (names[a + READABLE] == n_left) & (names[b + READABLE] == n_right)
    out = np.zeros(len(a), dtype=np.int8)
    out[names[a + SURNAME] == names[b + SURNAME]] = NameLevel.SAME_SURNAME
    out[(n_wrong == 1) & (n_left >= 3)] = NameLevel.ONE_OF_MANY
    off = np.flatnonzero((np.abs(n_left - n_right) == 1) & (np.minimum(n_left, n_right) >= 2))
    out[off[_is_one_missing(names, a[off], b[off], width)]] = NameLevel.ONE_MISSING
    patched = np.flatnonzero((n_wrong >= 0) & (n_same > 0) & ~is_whole)
    out[patched[_is_patched(table.missing, left[patched], right[patched])]] = NameLevel.UNREADABLE
    one = np.flatnonzero((n_wrong == 1) & (n_left > 1))
    for level, alike in ((NameLevel.SAME_PART, table.shares_part), (NameLevel.LOOK_ALIKE, table.looks_alike)):
        found = one[_is_alike(alike, left[one], right[one])]
        out[found] = np.maximum(out[found], level)
    several = np.flatnonzero((n_wrong > 1) & (n_same > 0))
    mixed = several[_is_mixed(table, left[several], right[several])]
    out[mixed] = np.maximum(out[mixed], NameLevel.NEAR_READING)
    heard: Positions = np.flatnonzero((n_wrong > 0) & is_whole)
    heard = _may_sound(table.sounds, left, right, heard)
    for level, readings in ((NameLevel.NEAR_READING, table.near_readings), (NameLevel.SAME_READING, table.readings)):
        rows = heard[_is_sounding(readings, left[heard], right[heard])]
        out[rows] = np.maximum(out[rows], level)
    two = np.flatnonzero(n_wrong == 2)
    out[two[_is_swapped(left[two], right[two])]] = NameLevel.SWAPPED
    out = np.maximum(out, np.maximum(_form_levels(prepared, a, b), _form_levels(prepared, b, a)))
    out[is_whole & (names[a + CANONICAL] == names[b + CANONICAL])] = NameLevel.VARIANT
    return out


def _is_one_missing(names: _Rows, a: Codes, b: Codes, width: int) -> Mask:
    """One name is the other without one character: equal start and equal end cover it."""
    start = _n_leading(_characters(names, a, width), _characters(names, b, width))
    end = _n_leading(_characters(names, a, width, is_backwards=True), _characters(names, b, width, is_backwards=True))
    return np.asarray(start + end >= np.minimum(names[a + LENGTH], names[b + LENGTH]), dtype=bool)


def _n_leading(left: _Rows, right: _Rows) -> Codes:
    same = (left == right) & (left > 0)
    return np.asarray(np.cumprod(same, axis=1, dtype=np.int64).sum(axis=1))


def _is_patched(missing: int, left: _Rows, right: _Rows) -> Mask:
    """An unreadable character agrees with any."""
    return np.asarray(((left == right) | (left == missing) | (right == missing)).all(axis=1), dtype=bool)


def _is_alike(alike: Callable[[Codes, Codes], Mask], left: _Rows, right: _Rows) -> Mask:
    """Is the one character that differs like the other?"""
    rows, place = np.arange(len(left)), np.argmax(left != right, axis=1)
    return alike(left[rows, place].astype(np.int64), right[rows, place].astype(np.int64))


def _is_mixed(table: CharacterTable, left: _Rows, right: _Rows) -> Mask:
    """Is each character equal, heard alike, seen alike or unreadable?"""
    rows = np.arange(len(left))
    for place in range(left.shape[1]):
        one, other = left[rows, place].astype(np.int64), right[rows, place].astype(np.int64)
        agrees = (one == other) | (one == table.missing) | (other == table.missing)
        agrees |= table.looks_alike(one, other) | table.sounds_alike(one, other)
        rows = rows[agrees]
    return np.isin(np.arange(len(left)), rows)


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


def _form_levels(prepared: Names, a: Codes, b: Codes) -> Levels:
    """The best level that b gives as another form of a; 0 where it is none."""
    out = np.zeros(len(a), dtype=np.int8)
    rows = np.flatnonzero(prepared.names[a + FORMS] >= 0)
    place, canonical = prepared.names[a[rows] + FORMS], prepared.names[b[rows] + CANONICAL]
    for nth in range(int(prepared.forms[place].max(initial=0))):
        more = np.flatnonzero(nth < prepared.forms[place])
        level, code = (prepared.forms[place[more] + 1 + 2 * nth + which] for which in (0, 1))
        out[rows[more]] = np.maximum(out[rows[more]], np.where(code == canonical[more], level, 0))
    return out
