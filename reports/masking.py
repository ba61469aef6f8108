"""The last net before anything is written: long numbers inside free text are masked, keys in hexadecimal are not."""

from __future__ import annotations

import pandas as pd

from data.privacy import mask_text
from data.values.columns import map_unique


def masked(column: pd.Series) -> pd.Series:
    """`mask_text` over a text column; null stays None."""
    return map_unique(column, mask_text)
