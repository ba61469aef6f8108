"""The person model's comparisons for tables that nobody normalised: they derive what they need from one column."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.model import IdStatus
from data.values.columns import none_for_null
from data.values.identifiers import clean_id, id_status, to_id18
from matching.arrays import Levels, Positions
from matching.comparisons.base import LevelComparison
from matching.comparisons.identity_number import IdentityNumberComparison, IdLevel, Numbers, numbers_of
from matching.comparisons.simple import PlaceComparison, PlaceLevel
from matching.number_columns import id_shown
from matching.plain_numbers import PLAIN, WIDTH, pass_checks
from matching.texts import Coded, Codes32, bytes_of, text_codes

#: Births after this day fail the checks of a number; a table tells no date of its own, so any past birth is allowed.
_LAST_BIRTH = date(2099, 12, 31)
#: Eighteen places of which some are not shown: nothing is to be cleaned, laid out or checked.
_MASKED = re.compile(r"[0-9*]{17}[0-9X*]")


class WrittenIdentityNumberComparison(LevelComparison[Numbers]):
    """A citizen identity number as written: 15 or 18 places, masked, with slips. Levels of IdentityNumberComparison."""

    LEVELS = IdLevel

    def prepare(self, *columns: pd.Series) -> Numbers:
        """Read every distinct number once: those of eighteen places all at once, the others one by one."""
        codes, texts = text_codes(columns[0])
        is_plain = pc.match_substring_regex(texts, PLAIN)
        odd = np.flatnonzero(~np.asarray(is_plain, dtype=bool))
        read = [_read(text) for text in texts.take(pa.array(odd)).to_pylist()]
        is_valid = np.zeros(len(texts) + 1, dtype=bool)
        plain = bytes_of(texts.filter(is_plain))[0].reshape(-1, WIDTH)
        is_valid[:-1][np.asarray(is_plain, dtype=bool)] = pass_checks(plain, _LAST_BIRTH)
        is_valid[odd] = [number.is_valid for number in read]
        written, shown, whole = (
            _each(codes, texts, odd, values)
            for values in (
                [number.written for number in read],
                [number.shown for number in read],
                [number.whole for number in read],
            )
        )
        is_changed = not written[1].equals(texts)
        return numbers_of(_distinct(*written) if is_changed else (codes, texts), shown, whole, is_valid[codes])

    def levels(self, prepared: Numbers, left: Positions, right: Positions) -> Levels:
        """As the person model grades them."""
        return self._inner().levels(prepared, left, right)

    def _inner(self) -> IdentityNumberComparison:
        columns = ["written", "shown", "whole", "valid"]
        return IdentityNumberComparison(columns, columns)


class _Odd(NamedTuple):
    """What a number says that is not simply eighteen places."""

    written: str | None
    shown: str | None
    whole: str | None
    is_valid: bool


def _read(text: str) -> _Odd:
    if "*" in text and _MASKED.fullmatch(text):
        return _Odd(text, text, None, is_valid=False)
    written = clean_id(text)
    status = id_status(written, _LAST_BIRTH)
    whole = None if status is IdStatus.MASKED else to_id18(written)
    return _Odd(written, None if written is None else id_shown(written), whole, status is IdStatus.VALID)


def _each(codes: Codes32, texts: pa.LargeStringArray, rows: Positions, values: list[str | None]) -> Coded:
    """The texts with those of some rows replaced; a text replaced by nothing is nobody's any more."""
    is_odd = np.zeros(len(texts), dtype=bool)
    is_odd[rows] = True
    is_gone = np.zeros(len(texts) + 1, dtype=bool)
    is_gone[rows] = [value is None for value in values]
    told = pc.replace_with_mask(texts, is_odd, pa.array([value or "" for value in values], texts.type))
    return np.where(is_gone[codes], np.int32(-1), codes), told


def _distinct(codes: Codes32, texts: pa.LargeStringArray) -> Coded:
    """The same with one code for equal texts, and no text without a record."""
    encoded = texts.take(pa.array(codes, mask=codes < 0)).dictionary_encode()
    return np.asarray(encoded.indices.fill_null(-1), dtype=np.int32), encoded.dictionary


class WrittenPlaceComparison(LevelComparison[Codes32]):
    """Columns: county and township as written; a township is compared within its county."""

    LEVELS = PlaceLevel

    def prepare(self, *columns: pd.Series) -> Codes32:
        """Codes of the county and of county and township together."""
        area, township = columns
        key = area.astype(str) + "/" + township.astype(str)
        known = np.asarray(area.notna() & township.notna(), dtype=bool)
        return PlaceComparison(["a", "b"], ["a", "b"]).prepare(area, none_for_null(key.astype(object).where(known)))

    def levels(self, prepared: Codes32, left: Positions, right: Positions) -> Levels:
        """As the person model grades them."""
        return PlaceComparison(["a", "b"], ["a", "b"]).levels(prepared, left, right)
