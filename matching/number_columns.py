"""What do identity numbers say, column by column? Number, shown digits, three parts, birth and sex.

Most numbers are eighteen digits; their parts are cut out of Arrow columns. The others are read one distinct value each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.values.coded import TEXT, Coded, Codes32
from data.values.identifiers import birth_of, sex_of, to_id18
from matching.arrays import Mask

_ID_LENGTH, _OLD_LENGTH = 18, 15
_LOST_DIGITS = 3
_NO_DIGIT = re.compile(r"\D")
_WHOLE = "^[0-9]{17}[0-9X]$"
_NOBODY = "000000"  # stands before a birth where the area does not matter
_FIRST_YEAR, _LAST_YEAR = "1880", "2099"


@dataclass(frozen=True)
class NumberColumns:
    """One item a row.

    shown: 18 characters with * for each digit that is not known; head, body, ends: two of its three parts each, null
    where a digit is not known. born: the day of `id18`; counted_sex: of `id18`; shown_birth: what the digits show, by
    day or by month or by year.
    """

    id18: Coded
    shown: Coded
    head: Coded
    body: Coded
    ends: Coded
    born: Coded
    shown_birth: Coded
    counted_sex: Coded


def number_columns(written: Coded, is_lost: Mask, is_whole: Mask) -> NumberColumns:
    """Columns of identity numbers as written.

    is_lost: rows whose number a spreadsheet damaged, behind the fifteenth digit, whatever stands there now. is_whole:
    rows whose number is neither damaged nor masked; only they have an id18, and what it tells.
    """
    id18, shown = _each(written.values, to_id18), _each(written.values, id_shown)
    whole, sex_digit = written.where(is_whole), _cut(id18, (16, 17))
    codes, known = _damaged(written, is_lost, shown)
    return NumberColumns(
        id18=Coded.of_texts(whole.codes, id18).used(),
        shown=Coded.of_texts(codes, known).used(),
        head=Coded.of_texts(codes, _if_known(_cut(known, (0, 14)))),
        body=Coded.of_texts(codes, _if_known(_cut(known, (6, 17)))),
        ends=Coded.of_texts(codes, _if_known(_cut(known, (0, 6), (14, 17)))),
        born=Coded.of_texts(whole.codes, _cut(id18, (6, 14))).map(_birth_of_digits),
        shown_birth=Coded.of_texts(written.codes, _cut(shown, (6, 14))).map(_shown_birth),
        counted_sex=Coded.of_texts(whole.codes, sex_digit).map(lambda digit: sex_of(f"{_NOBODY * 2}0000{digit}0")),
    )


def _damaged(written: Coded, is_lost: Mask, shown: pa.Array) -> tuple[Codes32, pa.Array]:
    """What is shown of each distinct number and, behind these, of those that some row has damaged; codes into both."""
    rows = np.flatnonzero(is_lost & (written.codes >= 0))
    distinct, which = np.unique(written.codes[rows], return_inverse=True)
    codes = written.codes.copy()
    codes[rows] = len(shown) + which
    stars = pa.scalar("*" * _LOST_DIGITS, TEXT)
    kept = _cut(shown.take(pa.array(distinct)), (0, _ID_LENGTH - _LOST_DIGITS))
    return codes, pa.concat_arrays([shown, pc.binary_join_element_wise(kept, stars, pa.scalar("", TEXT))])


def id_shown(text: str) -> str | None:
    """An identity number as 18 characters with `*` for unknown digits; None when it cannot be laid out so.

    A masked or damaged number keeps the digits it shows; 15 digits get the century and leave the check digit open.
    """
    if len(text) == _OLD_LENGTH:
        text = (to_id18(text) or f"{text[:6]}19{text[6:]}*")[:-1] + "*"
    if len(text) != _ID_LENGTH:
        return None
    digits = _NO_DIGIT.sub("*", text[:-1])
    return digits + (text[-1] if text[-1].isdigit() or text[-1] == "X" else "*")


def _each(distinct: pa.Array, function: Callable[[str], str | None]) -> pa.Array:
    """The function of every number; whole numbers are what it would give back."""
    is_rest = pc.invert(pc.match_substring_regex(distinct, _WHOLE))
    told = [function(text) for text in distinct.filter(is_rest).to_pylist()]
    return pc.replace_with_mask(distinct, is_rest, pa.array(told, TEXT))


def _cut(texts: pa.Array, *spans: tuple[int, int]) -> pa.Array:
    """Pieces of each text, joined; null for null."""
    pieces = [pc.utf8_slice_codeunits(texts, start, stop) for start, stop in spans]
    return pieces[0] if len(pieces) == 1 else pc.binary_join_element_wise(*pieces, pa.scalar("", TEXT))


def _if_known(texts: pa.Array) -> pa.Array:
    """One wrong digit spoils only one of three parts: any two parts make a blocking key that survives it."""
    return pc.if_else(pc.match_substring(texts, "*"), pa.scalar(None, TEXT), texts)


def _birth_of_digits(digits: str) -> str | None:
    return birth_of(f"{_NOBODY}{digits}0000")


def _shown_birth(digits: str) -> str | None:
    """The birth that eight digits, known or not, show: by day or by month or by year."""
    day = _birth_of_digits(digits) if "*" not in digits else None
    if day is not None:
        return day
    is_year = digits[:4].isdigit() and _FIRST_YEAR <= digits[:4] <= _LAST_YEAR
    if "*" in digits[:6] or not "01" <= digits[4:6] <= "12":
        return digits[:4] if is_year else None
    return f"{digits[:4]}-{digits[4:6]}" if _FIRST_YEAR <= digits[:4] <= _LAST_YEAR else None
