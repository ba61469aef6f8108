"""What may leave the process? Masks for people, keyed hashes for records, a log formatter as the last net."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.digests import spelled

_UNIT = "\x1f"
_DIGEST_SIZE = 10
_ROWS_AT_ONCE = 100_000
#: A number standing alone that may be an identity or phone number, mistyped ones included. Record keys are hexadecimal
#: words, so letters next to the digits mean that it is part of a key.
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{10,}[\dXx](?![0-9A-Za-z])")
_SHORTEST_NUMBER = 11
_LONGEST_PHONE = 13  # with the country code


def mask_id(value: str | None) -> str:
    """First six and last four characters of an identity number; shorter than eleven: all stars. Null gives ''."""
    if not value:
        return ""
    if len(value) <= 10:
        return "*" * len(value)
    return f"{value[:6]}{'*' * (len(value) - 10)}{value[-4:]}"


def mask_phone(value: str | None) -> str:
    """First three and last four digits of a phone number; shorter than eight: all stars. Null gives ''."""
    if not value:
        return ""
    if len(value) <= 7:
        return "*" * len(value)
    return f"{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}"


def mask_text(text: str) -> str:
    """Free text with every number of eleven or more digits that stands alone masked, as a phone or identity number."""
    return text if len(text) < _SHORTEST_NUMBER else _LONG_NUMBER.sub(_mask_found, text)


def _mask_found(found: re.Match[str]) -> str:
    number = found.group(0)
    return mask_phone(number) if len(number) <= _LONGEST_PHONE else mask_id(number)


class MaskingFormatter(logging.Formatter):
    """Masks whatever looks like an identity number or a mobile number in a finished log line, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """The formatted line, masked."""
        return mask_text(super().format(record))


def keyed_hashes(columns: list[pd.Series], key: bytes) -> pd.Series:
    """One keyed BLAKE2b digest of 10 bytes per row over the given columns of text (null counts as empty), `spelled`.

    The key keeps the hash from being enumerated: identity numbers have little entropy (guard-rail 2).
    """
    keyed = hashlib.blake2b(key=key, digest_size=_DIGEST_SIZE)
    n_rows = len(columns[0])
    digests = np.empty(n_rows, dtype=object)
    for start in range(0, n_rows, _ROWS_AT_ONCE):
        texts = [_without_nulls(column.iloc[start : start + _ROWS_AT_ONCE]) for column in columns]
        rows = map(_UNIT.join, zip(*texts, strict=True))
        # All of them at once: a search for each would take as long as the hashes.
        digests[start : start + _ROWS_AT_ONCE] = spelled("\n".join(_digests(rows, keyed))).split("\n")
    return pd.Series(digests, index=columns[0].index, dtype=object)


def _without_nulls(column: pd.Series) -> npt.NDArray[np.object_]:
    values = column.to_numpy(dtype=object, copy=True)
    values[pd.isna(values)] = ""
    return values


def _digests(rows: Iterable[str], keyed: hashlib.blake2b) -> Iterator[str]:
    """Hex digests. Copying the keyed state is cheaper than making it; half a surrogate pair (JSON has them) passes."""
    for row in rows:
        digest = keyed.copy()
        digest.update(row.encode("utf-8", "surrogatepass"))
        yield digest.hexdigest()
