"""The last net before anything is written: long numbers inside free text are masked, keys in hexadecimal are not."""

from __future__ import annotations

import re

import pandas as pd

from data.privacy import mask_id, mask_phone
from data.values.columns import map_unique

#: A number standing alone that may be an identity or phone number, mistyped ones included. Record keys are hexadecimal
#: words, so letters next to the digits mean that it is part of a key.
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d{10,}[\dXx](?![0-9A-Za-z])")
_LONGEST_PHONE = 13  # with the country code


def mask_numbers(text: str) -> str:
    """The text with every number of eleven or more digits that stands alone masked, as a phone or identity number."""
    return _LONG_NUMBER.sub(_mask, text)


def _mask(found: re.Match[str]) -> str:
    number = found.group(0)
    return mask_phone(number) if len(number) <= _LONGEST_PHONE else mask_id(number)


def masked(column: pd.Series) -> pd.Series:
    """`mask_numbers` over a text column; null stays None."""
    return map_unique(column, mask_numbers)
