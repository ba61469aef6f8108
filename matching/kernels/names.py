"""Kernel of personal names: one pass over the characters of two names decides most pairs; sounds and shapes few.

Numbers here are those of `NameLevel`; the plain code in `comparisons/name_plain.py` says the same in arrays.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.arrays import Levels
from matching.kernels.compiler import compiled, inlined

Numbers = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]

#: Before the characters of a name: length, readable characters, surname, canonical name, place of its other forms.
_LENGTH, _READABLE, _SURNAME, _CANONICAL, _FORMS, HEAD = 0, 1, 2, 3, 4, 5
#: The words of a record: characters of 16 bits; then surname, length from bit 32, flags.
_CHARACTER, _WIDTH = np.uint64(0xFFFF), np.uint64(16)
_SURNAME_BITS, _LENGTH_AT, _LENGTH_BITS = np.uint64(0xFFFFFFFF), np.uint64(32), np.uint64(7)
_HAS_FORMS, _IS_LONG = np.uint64(1 << 40), np.uint64(1 << 41)
_NOTHING, _ONE, _TWO, _3 = np.uint64(0), np.uint64(1), np.uint64(2), np.uint64(3)
_LOW, _HIGH, _ONES = np.uint64(0x7FFF7FFF7FFF7FFF), np.uint64(0x8000800080008000), np.uint64(0x0001000100010001)
_DIFFERENT, _SAME_SURNAME, _ONE_OF_MANY, _SAME_PART, _ONE_MISSING, _NEAR_READING, _UNREADABLE = 0, 1, 2, 3, 4, 5, 6
_LOOK_ALIKE, _SAME_READING, _SWAPPED, _VARIANT, _EXACT = 7, 8, 9, 11, 12


@compiled
def name_levels(
    words: Words,
    starts: Numbers,
    names: Numbers,
    forms: Numbers,
    signs: Words,
    readings: Numbers,
    near_readings: Numbers,
    alike_starts: Numbers,
    alike: Numbers,
    parts: Numbers,
    missing: int,
    left: Numbers,
    right: Numbers,
) -> Levels:
    """words: two a record, its name's first four characters, then surname, length and flags; 0 where there is no name.

    starts: where each record's name begins in `names`; names: head and characters of each name. forms: number of
    entries, then level and canonical name of each. signs: what two characters must share to be near, alike or akin.
    alike: look-alikes of each character.
    """
    out = np.empty(len(left), dtype=np.int8)
    for pair in range(len(left)):
        l, r = left[pair], right[pair]  # noqa: E741 - left and right
        a_head, b_head = words[l, 1], words[r, 1]
        if a_head == _NOTHING or b_head == _NOTHING:
            out[pair] = -1
            continue
        level = _SAME_SURNAME if (a_head & _SURNAME_BITS) == (b_head & _SURNAME_BITS) else _DIFFERENT
        is_long = ((a_head | b_head) & _IS_LONG) != _NOTHING
        a, b = words[l, 0], words[r, 0]
        if not is_long and a == b:
            out[pair] = _EXACT if starts[l] == starts[r] else _VARIANT
            continue
        n_a, n_b = (a_head >> _LENGTH_AT) & _LENGTH_BITS, (b_head >> _LENGTH_AT) & _LENGTH_BITS
        if is_long or (n_a == n_b and _is_worth_it(signs, a, b)):
            level = max(
                level,
                _by_characters(
                    names,
                    starts[l],
                    starts[r],
                    readings,
                    near_readings,
                    alike_starts,
                    alike,
                    parts,
                    missing,
                ),
            )
        elif n_a == n_b:
            level = _ONE_OF_MANY if n_a >= _3 and _n_different(a, b) == 1 else level
        elif (n_a + _ONE == n_b and _is_less(a, b, n_a)) or (n_b + _ONE == n_a and _is_less(b, a, n_b)):
            level = _ONE_MISSING
        if ((a_head | b_head) & _HAS_FORMS) != _NOTHING:
            level = _with_forms(names, forms, starts[l], starts[r], level)
        out[pair] = level
    return out


@inlined
def _n_different(a: np.uint64, b: np.uint64) -> int:
    """How many of four characters differ?"""
    x = a ^ b
    return np.int64((((((x & _LOW) + _LOW) | x) & _HIGH) >> np.uint64(15)) * _ONES >> np.uint64(48))  # type: ignore[return-value]


@inlined
def _is_worth_it(signs: Words, a: np.uint64, b: np.uint64) -> bool:
    """May names of one length be alike or swapped? Mostly the first character that differs says no."""
    place = _NOTHING
    while ((a >> place) & _CHARACTER) == ((b >> place) & _CHARACTER):
        place += _WIDTH
    one, other = np.int64((a >> place) & _CHARACTER), np.int64((b >> place) & _CHARACTER)
    may_be = (signs[one, 0] & signs[other, 0]) | (signs[one, 1] & signs[other, 2])
    n_wrong = _n_different(a, b)
    if n_wrong == 1:
        return bool((may_be | (signs[one, 3] & signs[other, 3])) != _NOTHING)
    crossed = np.int64((b >> (place + _WIDTH)) & _CHARACTER) == one
    return bool(may_be != _NOTHING or (n_wrong == 2 and crossed))


@inlined
def _is_less(short: np.uint64, long: np.uint64, n_short: np.uint64) -> bool:
    """Is it the longer name without one character? Names of one character say too little."""
    place = _NOTHING
    while place < _WIDTH * n_short and ((short >> place) & _CHARACTER) == ((long >> place) & _CHARACTER):
        place += _WIDTH
    behind = long >> (place + _WIDTH) if place < np.uint64(48) else _NOTHING
    return bool(n_short >= _TWO and (short >> place if place < np.uint64(64) else _NOTHING) == behind)


@inlined
def _by_characters(
    names: Numbers,
    a: int,
    b: int,
    readings: Numbers,
    near_readings: Numbers,
    alike_starts: Numbers,
    alike: Numbers,
    parts: Numbers,
    missing: int,
) -> int:
    """Level of two names that begin at a and b, other forms and surname aside."""
    n_a, n_b = names[a + _LENGTH], names[b + _LENGTH]
    is_whole = names[a + _READABLE] == n_a and names[b + _READABLE] == n_b
    if a == b:
        return _EXACT if is_whole else _UNREADABLE
    if is_whole and names[a + _CANONICAL] == names[b + _CANONICAL]:
        return _VARIANT
    if n_a == n_b:
        return _of_one_length(
            names, a + HEAD, b + HEAD, n_a, is_whole, readings, near_readings, alike_starts, alike, parts, missing
        )
    if abs(n_a - n_b) == 1 and min(n_a, n_b) >= 2 and _is_one_missing(names, a + HEAD, b + HEAD, n_a, n_b):
        return _ONE_MISSING
    return _DIFFERENT


@inlined
def _with_forms(names: Numbers, forms: Numbers, a: int, b: int, level: int) -> int:
    if names[a + _FORMS] >= 0:
        level = _as_form(forms, names[a + _FORMS], names[b + _CANONICAL], level)
    if names[b + _FORMS] >= 0:
        level = _as_form(forms, names[b + _FORMS], names[a + _CANONICAL], level)
    return level


@inlined
def _of_one_length(  # noqa: C901 - compiled as one
    names: Numbers,
    a: int,
    b: int,
    n: int,
    is_whole: bool,
    readings: Numbers,
    near_readings: Numbers,
    alike_starts: Numbers,
    alike: Numbers,
    parts: Numbers,
    missing: int,
) -> int:
    """Level of two names of `n` characters that begin at a and b."""
    n_wrong, first, last, is_patched = 0, -1, -1, True
    for place in range(n):
        one, other = names[a + place], names[b + place]
        if one != other:
            n_wrong += 1
            first = place if first < 0 else first
            last = place
            is_patched = is_patched and (one == missing or other == missing)
    if n_wrong == 2 and _is_swapped(names, a + first, b + first, last - first):
        return _SWAPPED
    level = _ONE_OF_MANY if n_wrong == 1 and n >= 3 else _DIFFERENT
    if n_wrong == 1 and n > 1:
        one, other = names[a + first], names[b + first]
        if _is_alike(alike_starts, alike, one, other):
            level = _LOOK_ALIKE
        elif _share(parts, one, other):
            level = _SAME_PART
    if not is_whole and is_patched and n_wrong < n:
        level = max(level, _UNREADABLE)
    if is_whole and n_wrong > 0:
        if _is_sounding(readings, names, a, b, n):
            return _SAME_READING
        if level < _NEAR_READING and _is_sounding(near_readings, names, a, b, n):
            return _NEAR_READING
    may_be_mixed = 1 < n_wrong < n and level < _NEAR_READING
    if may_be_mixed and _is_mixed(names, a, b, n, near_readings, alike_starts, alike, missing):
        return _NEAR_READING
    return level


@inlined
def _is_mixed(
    names: Numbers,
    a: int,
    b: int,
    n: int,
    near_readings: Numbers,
    alike_starts: Numbers,
    alike: Numbers,
    missing: int,
) -> bool:
    """Is each character equal, heard alike, seen alike or unreadable?"""
    for place in range(n):
        one, other = names[a + place], names[b + place]
        if one == other or missing in (one, other):
            continue
        if not (_is_alike(alike_starts, alike, one, other) or _share(near_readings, one, other)):
            return False
    return True


@inlined
def _is_swapped(names: Numbers, a: int, b: int, distance: int) -> bool:
    return distance == 1 and names[a] == names[b + 1] and names[a + 1] == names[b]


@inlined
def _is_alike(alike_starts: Numbers, alike: Numbers, one: int, other: int) -> bool:
    for place in range(alike_starts[one], alike_starts[one + 1]):  # noqa: SIM110 - compiled
        if alike[place] == other:
            return True
    return False


@inlined
def _is_sounding(readings: Numbers, names: Numbers, a: int, b: int, n: int) -> bool:
    """Do the characters of each place share a reading?"""
    for place in range(n):
        one, other = names[a + place], names[b + place]
        if one != other and not _share(readings, one, other):
            return False
    return True


@inlined
def _share(readings: Numbers, one: int, other: int) -> bool:
    for i in range(readings.shape[1]):
        if readings[one, i] == 0:
            return False
        for j in range(readings.shape[1]):
            if readings[one, i] == readings[other, j]:
                return True
    return False


@inlined
def _is_one_missing(names: Numbers, a: int, b: int, n_a: int, n_b: int) -> bool:
    """One name is the other without one character: equal start and equal end cover it."""
    n = min(n_a, n_b)
    start = 0
    while start < n and names[a + start] == names[b + start]:
        start += 1
    end = 0
    while end < n and names[a + n_a - 1 - end] == names[b + n_b - 1 - end]:
        end += 1
    return start + end >= n


@inlined
def _as_form(forms: Numbers, place: int, canonical: int, level: int) -> int:
    """The level, or a better one that one of the other forms gives."""
    for entry in range(place + 1, place + 1 + 2 * forms[place], 2):
        if forms[entry + 1] == canonical and forms[entry] > level:
            level = forms[entry]
    return level
