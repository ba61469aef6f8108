"""What do identity numbers say, column by column? Number, shown digits, three parts, birth and sex.

Most numbers are eighteen digits; their parts are cut out of Arrow columns. The others are read one distinct value each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.values.columns import Codes, Objects, map_unique, spread
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
    """One item a row, None for null.

    shown: 18 characters with * for each digit that is not known; head, body, ends: two of its three parts each, None
    where a digit is not known. born: the day of `id18`; counted_sex: of `id18`; shown_birth: what the digits show, by
    day or by month or by year.
    """

    id18: Objects
    shown: Objects
    head: Objects
    body: Objects
    ends: Objects
    born: Objects
    shown_birth: Objects
    counted_sex: Objects


def number_columns(written: pd.Series, is_lost: Mask, is_whole: Mask) -> NumberColumns:
    """Columns of identity numbers as written.

    is_lost: rows whose number a spreadsheet damaged, behind the fifteenth digit, whatever stands there now. is_whole:
    rows whose number is neither damaged nor masked; only they have an id18, and what it tells.
    """
    codes, uniques = pd.factorize(written, use_na_sentinel=True)
    distinct = np.asarray(uniques, dtype=object)
    id18, shown = _each(distinct, to_id18), _each(distinct, id_shown)
    digits, sex_digit = _cut(shown, (6, 14)), _cut(id18, (16, 17))
    born = map_unique(pd.Series(_cut(id18, (6, 14)), dtype=object), _birth_of_digits).to_numpy()
    sex = map_unique(pd.Series(sex_digit, dtype=object), lambda digit: sex_of(f"{_NOBODY * 2}0000{digit}0")).to_numpy()
    shown_birth = map_unique(pd.Series(digits, dtype=object), _shown_birth).to_numpy()
    parts = [spread(part, codes) for part in (shown, *_parts(shown))]
    rows = np.flatnonzero(is_lost)
    damaged = map_unique(
        pd.Series(parts[0][rows], dtype=object), lambda text: text[:-_LOST_DIGITS] + "*" * _LOST_DIGITS
    )
    for part, values in zip(parts, (damaged.to_numpy(), *_parts(damaged.to_numpy())), strict=True):
        part[rows] = values
    of_whole: Codes = np.where(is_whole, codes, -1)
    return NumberColumns(
        id18=spread(id18, of_whole),
        shown=parts[0],
        head=parts[1],
        body=parts[2],
        ends=parts[3],
        born=spread(born, of_whole),
        shown_birth=spread(shown_birth, codes),
        counted_sex=spread(sex, of_whole),
    )


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


def _strings(texts: Objects) -> pa.Array:
    """The texts for Arrow, to which half a surrogate pair is no text: such a text counts as blank."""
    try:
        return pa.array(texts, type=pa.large_string())
    except UnicodeEncodeError:
        return pa.array(
            [None if text is None or not text.isascii() else text for text in texts], type=pa.large_string()
        )


def _each(distinct: Objects, function: Callable[[str], str | None]) -> Objects:
    """The function of every number; whole numbers are what it would give back."""
    found = pc.match_substring_regex(_strings(distinct), _WHOLE).fill_null(fill_value=False)
    rest = np.flatnonzero(~found.to_numpy(zero_copy_only=False))
    values = distinct.copy()
    values[rest] = [function(text) for text in distinct[rest]]
    return values


def _cut(texts: Objects, *spans: tuple[int, int]) -> Objects:
    """Pieces of each text, joined; None for null."""
    strings = _strings(texts)
    pieces = [pc.utf8_slice_codeunits(strings, start, stop) for start, stop in spans]
    joined = pieces[0] if len(pieces) == 1 else pc.binary_join_element_wise(*pieces, pa.scalar("", pa.large_string()))
    return np.asarray(joined.to_numpy(zero_copy_only=False), dtype=object)


def _parts(shown: Objects) -> tuple[Objects, Objects, Objects]:
    """One wrong digit spoils only one of three parts: any two parts make a blocking key that survives it."""
    return (
        _if_known(_cut(shown, (0, 14))),
        _if_known(_cut(shown, (6, 17))),
        _if_known(_cut(shown, (0, 6), (14, 17))),
    )


def _if_known(texts: Objects) -> Objects:
    hidden = pc.match_substring(_strings(texts), "*").fill_null(fill_value=False)
    texts[hidden.to_numpy(zero_copy_only=False)] = None
    return texts


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
