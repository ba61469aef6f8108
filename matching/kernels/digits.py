"""Kernels of what has a fixed number of digits: identity numbers, mobile numbers, dates. Eight digits are one word.

A byte of 0 is a digit that is not known. Sums of bytes never carry, so eight places are compared in a few operations.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matching.arrays import Levels
from matching.kernels.compiler import compiled, inlined

Rows = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]

_LOW = np.uint64(0x7F7F7F7F7F7F7F7F)
_HIGH = np.uint64(0x8080808080808080)
_ONES = np.uint64(0x0101010101010101)
_TWO_PLACES = np.uint64(0xFFFF)
_THREE_PLACES = np.uint64(0xFFFFFF)
_YEAR = np.uint64(0xFFFFFFFF)
_BYTE = np.uint64(0xFF)
_7, _8, _16, _24, _32, _48, _56 = (np.uint64(n) for n in (7, 8, 16, 24, 32, 48, 56))
_IS_WHOLE, _IS_VALID, _IS_ODD = np.uint64(1 << 16), np.uint64(1 << 17), np.uint64(1 << 18)
_NONE = np.uint64(0)

#: Pairs of numbers that are to be compared by edit distance, as texts.
ODD = -2
_NO_CODE = np.uint64(0xFFFFFFFF)
_ENOUGH_DIGITS, _WHOLE, _WIDTH = 10, 17, 18


@inlined
def _filled(word: np.uint64) -> np.uint64:
    """The high bit of each byte that is not 0."""
    return (((word & _LOW) + _LOW) | word) & _HIGH


@inlined
def _count(bits: np.uint64) -> int:
    return np.int64(((bits >> _7) * _ONES) >> _56)  # type: ignore[return-value]


@inlined
def _known(a: np.uint64, b: np.uint64) -> np.uint64:
    return _filled(a) & _filled(b)


@inlined
def _byte(word: np.uint64, place: int) -> np.uint64:
    return (word >> np.uint64(8 * place)) & _BYTE


@inlined
def _crossed(a: np.uint64, b: np.uint64, c: np.uint64, d: np.uint64) -> bool:
    """Do the neighbours a, b stand as b, a on the other side: c, d? Equal or unknown ones do not count."""
    return bool(a == d and b == c and a != b and a != _NONE and b != _NONE)


@inlined
def _has_swap(a: np.uint64, b: np.uint64, n_places: int) -> bool:
    """Are two neighbours of one word exchanged in the other?"""
    for place in range(n_places - 1):
        if _crossed(_byte(a, place), _byte(a, place + 1), _byte(b, place), _byte(b, place + 1)):
            return True
    return False


@compiled
def identity_levels(numbers: Words, left: Rows, right: Rows) -> Levels:  # noqa: C901 - compiled as one
    """numbers: three words a record: places 1-8, 9-16, then 17-18, flags and the code of the text as written."""
    out = np.empty(len(left), dtype=np.int8)
    for pair in range(len(left)):
        a0, a1, a2 = numbers[left[pair], 0], numbers[left[pair], 1], numbers[left[pair], 2]
        b0, b1, b2 = numbers[right[pair], 0], numbers[right[pair], 1], numbers[right[pair], 2]
        both = a2 & b2
        if ((a2 | b2) & _IS_ODD) != _NONE and (a2 & (_IS_WHOLE | _IS_ODD)) and (b2 & (_IS_WHOLE | _IS_ODD)):
            out[pair] = ODD
            continue
        a_last, b_last = a2 & _TWO_PLACES, b2 & _TWO_PLACES
        k0, k1, k2 = _known(a0, b0), _known(a1, b1), _known(a_last, b_last)
        n_known = _count(k0) + _count(k1) + _count(k2)
        n_differ = _count(k0 & _filled(a0 ^ b0)) + _count(k1 & _filled(a1 ^ b1)) + _count(k2 & _filled(a_last ^ b_last))
        has_swap = False
        if n_differ == 2 or n_differ == 3:
            has_swap = (
                _has_swap(a0, b0, 8)
                or _has_swap(a1, b1, 8)
                or _has_swap(a_last, b_last, 2)
                or _crossed(_byte(a0, 7), _byte(a1, 0), _byte(b0, 7), _byte(b1, 0))
                or _crossed(_byte(a1, 7), _byte(a2, 0), _byte(b1, 7), _byte(b2, 0))
            )
        slip = n_differ == 1 or (n_differ == 2 and has_swap)
        level = -1
        if n_known >= _ENOUGH_DIGITS and not slip:
            level = 5 if n_differ == 0 else 1
        if (both & _IS_WHOLE) != _NONE:
            is_valid = (both & _IS_VALID) != _NONE
            if slip:
                level = 4 if is_valid else 6
            elif n_differ == 2 or (n_differ == 3 and has_swap):
                level = 2 if is_valid else 3
            elif n_differ > 0 and is_valid:
                level = 0
            elif n_differ == 0 and n_known >= _WHOLE:
                level = 7
        if n_known == _WIDTH and (a2 >> _32) == (b2 >> _32):
            level = 7
        out[pair] = level
    return out


@compiled
def mobile_levels(numbers: Words, left: Rows, right: Rows) -> Levels:
    """numbers: two words a record: digits 1-8, then 9-11 and the code of the text, all ones for null."""
    out = np.empty(len(left), dtype=np.int8)
    for pair in range(len(left)):
        a0, a1 = numbers[left[pair], 0], numbers[left[pair], 1]
        b0, b1 = numbers[right[pair], 0], numbers[right[pair], 1]
        code_a, code_b = a1 >> _32, b1 >> _32
        if code_a == _NO_CODE or code_b == _NO_CODE:
            out[pair] = -1
            continue
        if code_a == code_b:
            out[pair] = 2
            continue
        a_last, b_last = a1 & _THREE_PLACES, b1 & _THREE_PLACES
        n_differ = _count(_known(a0, b0) & _filled(a0 ^ b0)) + _count(_known(a_last, b_last) & _filled(a_last ^ b_last))
        level = 1 if n_differ == 1 else 0
        if n_differ == 2 and (
            _has_swap(a0, b0, 8)
            or _has_swap(a_last, b_last, 3)
            or _crossed(_byte(a0, 7), _byte(a1, 0), _byte(b0, 7), _byte(b1, 0))
        ):
            level = 1
        out[pair] = level
    return out


@compiled
def date_levels(dates: Rows, digits: Words, years: Rows, left: Rows, right: Rows) -> Levels:
    """dates: per record twice the code of its date, plus one where it is settled; -1 for null.

    digits: eight digits per code, the first in the lowest byte. years: the year per code.
    """
    out = np.empty(len(left), dtype=np.int8)
    for pair in range(len(left)):
        date_a, date_b = dates[left[pair]], dates[right[pair]]
        if date_a < 0 or date_b < 0 or (date_a & date_b & 1):
            out[pair] = -1
            continue
        out[pair] = _date_level(digits[date_a >> 1], digits[date_b >> 1], years[date_a >> 1] - years[date_b >> 1])
    return out


@inlined
def _date_level(a: np.uint64, b: np.uint64, n_years_apart: int) -> int:
    known = _known(a, b)
    n_known, n_differ = _count(known), _count(known & _filled(a ^ b))
    if n_known >= 6 and n_differ == 0:
        return 4 if n_known == 8 else 3
    same_year = (a & _YEAR) == (b & _YEAR)
    if n_known >= 6:
        if n_differ == 1 or (n_differ == 2 and _has_swap(a, b, 8)):
            return 2
        if (
            n_known == 8
            and same_year
            and ((a >> _32) & _TWO_PLACES) == (b >> _48)
            and ((b >> _32) & _TWO_PLACES) == (a >> _48)
        ):
            return 2
        # Month and day agree where both are known.
        if abs(n_years_apart) == 1 and ((known & _filled(a ^ b)) >> _32) == _NONE:
            return 2
    return 1 if same_year else 0
