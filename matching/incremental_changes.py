"""Which records must be compared again? New ones, changed ones, and those whose normalised row or block others changed.

Hashes of 64 bits stand for rows; the state they are kept in is sealed.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from matching.arrays import Mask, codes_of, encode
from matching.incremental_memory import Flags, Hashes, RecordMarks

_ODD, _START = np.uint64(0x9E3779B97F4A7C15), np.uint64(0x2545F4914F6CDD1D)
_NULL = np.uint64(0x5BD1E995A3B1C9F7)
_PLACE, _SHARED = ("source_file", "source_sheet", "source_row"), ("mobile", "id_no")


def record_hashes(records: pd.DataFrame) -> tuple[Hashes, Hashes, Hashes]:
    """What each record says, and in which source (the place where it stands does not count); and its mobile and its
    identity number as the record gives them, 0 for none."""
    names = sorted(str(name) for name in records.columns if name not in (*_PLACE, "unique_id"))
    shared = {name: value_hashes(records[name]) for name in _SHARED}
    said = mixed((shared[name] if name in shared else value_hashes(records[name]) for name in names), len(records))
    mobile, number = (np.where(records[name].isna().to_numpy(), np.uint64(0), shared[name]) for name in _SHARED)
    return said, mobile, number


def what_counts(coded: pd.DataFrame) -> Flags:
    """Which of a record's mobile and identity number count (bit by bit), and are not set aside as too many names'.

    Nothing else of how a record reads depends on other records.
    """
    mobile, number = (codes_of(coded[name]) >= 0 for name in ("mobile_own", "id_written"))
    return np.asarray(mobile | number << 1, dtype=np.int8)


def value_hashes(column: pd.Series) -> Hashes:
    """A hash per row of the value alone, whatever other values there are."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, values = codes_of(column), column.cat.categories.to_numpy(dtype=object)
    else:
        codes, values = encode(column)
    texts = np.array([str(value) for value in values], dtype=object)
    return np.append(pd.util.hash_array(texts, categorize=False), _NULL)[codes]


def mixed(columns: Iterable[Hashes], n_rows: int) -> Hashes:
    """Wraps around on purpose: arithmetic modulo 2^64; the place of a column counts."""
    whole = np.full(n_rows, _START, dtype=np.uint64)
    for values in columns:
        whole = (whole ^ values) * _ODD
        whole ^= whole >> np.uint64(29)
    return whole


def read_anew(changed: Mask, mobile: Hashes, number: Hashes, gone: RecordMarks) -> Mask:
    """Rows to normalise again: changed ones, and all that hang together with changed or gone ones by a mobile or an
    identity number, for how many names give it is part of how it is read (`normalise.SHARED_NAMES`).

    The rows found are closed: whoever shares a value with one of them is among them.
    """
    again = changed.copy()
    values = [(mobile, gone.mobile), (number, gone.number)]
    for of_row, of_gone in values:
        again |= _is_among(of_row, of_gone)
    while True:
        before = int(again.sum())
        for of_row, _ in values:
            again |= _is_among(of_row, of_row[again])
        if int(again.sum()) == before:
            return again


def _is_among(values: Hashes, wanted: Hashes) -> Mask:
    return np.asarray(pd.Series(values).isin(wanted[wanted != 0]), dtype=bool)
