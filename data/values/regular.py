"""Which texts are already as their reader would write them? Whole columns at once, by array arithmetic.

Nine cells in ten are regular; the careful readers are asked only about the rest. A mask may miss a regular text (its
reader then finds it so), but must never claim one that its reader would change or remark on: a test holds them
together.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.values.columns import Objects
from data.values.dates import FIRST_YEAR, LAST_YEAR
from data.values.phones import PLACEHOLDERS
from data.values.text import NULL_WORDS

Mask = npt.NDArray[np.bool_]
_Bytes = npt.NDArray[np.uint8]
_Numbers = npt.NDArray[np.int64]

#: Han of the first block and printable ASCII: NFKC leaves them as they are. Spaces and quotes are for the reader.
_PLAIN_TEXT = r"^[\x{4E00}-\x{9FA5}0-9A-Za-z][\x{4E00}-\x{9FA5}!-~]*$"
_PLAIN_NAME = r"^[\x{4E00}-\x{9FA5}]{2,4}$"
_NO_PERSON = "某|先生|女士|同志"
_NINE = ord("9") - ord("0")
_ID_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_ID_CHECKS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_CREDIT_ALPHABET = b"0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))
_NOT_IN_ALPHABET = 255
_DIGITS_OF_DAY = (0, 1, 2, 3, 5, 6, 8, 9)
_MONTH_DAYS = np.array((0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31))


def plain_texts(texts: Objects) -> Mask:
    """Texts that `clean_text` leaves alone: Han and ASCII without spaces, and no null word."""
    strings = _strings(texts)
    return _mask(pc.match_substring_regex(strings, _PLAIN_TEXT)) & ~_is_null_word(strings)


def plain_names(texts: Objects) -> Mask:
    """Names of two to four Han with nothing beside them."""
    strings = _strings(texts)
    is_name = _mask(pc.match_substring_regex(strings, _PLAIN_NAME)) & ~_is_null_word(strings)
    return is_name & ~_mask(pc.match_substring_regex(strings, _NO_PERSON))


def plain_days(texts: Objects) -> Mask:
    """Days of the calendar as ISO text, in the years that dates are read in."""
    return _of_width(_strings(texts), 10, _are_days)


def plain_mobiles(texts: Objects) -> Mask:
    """Mobile numbers of eleven digits that are somebody's."""
    strings = _strings(texts)
    placeholders = pa.array(sorted(PLACEHOLDERS), type=strings.type)
    return _of_width(strings, 11, _are_mobiles) & ~_mask(pc.is_in(strings, value_set=placeholders))


def valid_identity_numbers(texts: Objects, as_of: date) -> Mask:
    """Numbers of 18 characters with the right check character and a birth up to `as_of` (GB 11643-1999)."""
    newest = as_of.year * 10_000 + as_of.month * 100 + as_of.day
    return _of_width(_strings(texts), 18, lambda written: _are_identity_numbers(written, newest))


def valid_business_numbers(texts: Objects) -> Mask:
    """Credit codes (GB 32100-2015) and 15-digit registration numbers (GS 15-2006) with the right check character."""
    strings = _strings(texts)
    return _of_width(strings, 18, _are_credit_codes) | _of_width(strings, 15, _are_registration_numbers)


def _strings(texts: Objects) -> pa.LargeStringArray:
    """The texts for Arrow; one with half a surrogate pair, which no file can hold, is '' there and so never regular."""
    try:
        return pa.array(texts, type=pa.large_string())
    except UnicodeEncodeError:
        return pa.array([text if _is_encodable(text) else "" for text in texts], type=pa.large_string())


def _is_encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _mask(found: pa.BooleanArray) -> Mask:
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)


def _is_null_word(strings: pa.LargeStringArray) -> Mask:
    null_words = pa.array(sorted(NULL_WORDS), type=strings.type)
    return _mask(pc.is_in(pc.utf8_lower(strings), value_set=null_words))


def _of_width(strings: pa.LargeStringArray, width: int, test: Callable[[_Bytes], Mask]) -> Mask:
    """The test over the texts of `width` bytes, given as one array of bytes with a row for each text."""
    mask = _mask(pc.equal(pc.binary_length(strings), width))
    chosen = strings.filter(pa.array(mask))
    if len(chosen):
        buffer = chosen.buffers()[2]
        start = chosen.offset * width
        mask[mask] = test(
            np.frombuffer(buffer, dtype=np.uint8, offset=start, count=len(chosen) * width).reshape(-1, width)
        )
    return mask


def _are_days(written: _Bytes) -> Mask:
    year, month, day = (_number(written[:, first:last] - ord("0")) for first, last in ((0, 4), (5, 7), (8, 10)))
    digits = written[:, _DIGITS_OF_DAY] - ord("0")
    is_written_so = (digits <= _NINE).all(axis=1) & (written[:, 4] == ord("-")) & (written[:, 7] == ord("-"))
    return np.asarray(is_written_so & (year >= FIRST_YEAR) & (year <= LAST_YEAR) & _is_day(year, month, day))


def _are_mobiles(written: _Bytes) -> Mask:
    digits = written - ord("0")
    return np.asarray((digits <= _NINE).all(axis=1) & (digits[:, 0] == 1) & (digits[:, 1] >= 3))


def _are_identity_numbers(written: _Bytes, newest: int) -> Mask:
    digits = written[:, :17] - ord("0")
    total = _weighted(digits, _ID_WEIGHTS)
    year, month, day = (_number(digits[:, first:last]) for first, last in ((6, 10), (10, 12), (12, 14)))
    is_born = _is_day(year, month, day) & (year * 10_000 + month * 100 + day <= newest)
    is_right = written[:, 17] == _ID_CHECKS[total % 11]
    return np.asarray((digits <= _NINE).all(axis=1) & is_right & is_born)


def _are_credit_codes(written: _Bytes) -> Mask:
    places = np.full(256, _NOT_IN_ALPHABET, dtype=np.uint8)
    places[np.frombuffer(_CREDIT_ALPHABET, dtype=np.uint8)] = np.arange(len(_CREDIT_ALPHABET))
    values = places[written]
    total = _weighted(values[:, :17], _CREDIT_WEIGHTS)
    is_written_so = (values != _NOT_IN_ALPHABET).all(axis=1) & (values[:, 2:8] <= _NINE).all(axis=1)
    return np.asarray(is_written_so & ((total + values[:, 17]) % len(_CREDIT_ALPHABET) == 0))


def _are_registration_numbers(written: _Bytes) -> Mask:
    digits = written - ord("0")
    product = np.full(len(digits), 10, dtype=np.int64)
    for place in range(14):
        total = (product + digits[:, place]) % 10
        product = np.where(total == 0, 10, total) * 2 % 11
    return np.asarray((digits <= _NINE).all(axis=1) & ((product + digits[:, 14]) % 10 == 1))


def _weighted(digits: _Bytes, weights: tuple[int, ...]) -> _Numbers:
    """Sum over the places of digit times weight."""
    total = np.zeros(len(digits), dtype=np.int64)
    for place, weight in enumerate(weights):
        total += digits[:, place].astype(np.int64) * weight
    return total


def _number(digits: _Bytes) -> _Numbers:
    return _weighted(digits, tuple(10 ** (digits.shape[1] - 1 - place) for place in range(digits.shape[1])))


def _is_day(year: _Numbers, month: _Numbers, day: _Numbers) -> Mask:
    """Is there such a day in the Gregorian calendar?"""
    is_leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _MONTH_DAYS[np.clip(month, 0, 12)] + (is_leap & (month == 2))
    return np.asarray((year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= last))
