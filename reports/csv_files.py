"""How is a table written as CSV? As pandas and the csv module would, quoted only where it must be, column by column."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.values.coded import TEXT
from data.values.columns import map_unique
from data.values.lines import lines_of, texts_of

_QUOTED = r'[,"\r\n]'
#: What a float is written as: with nine decimals, so that the bars of a weight still add up.
NINE_DECIMALS = "{:.9f}".format


def write_csv(path: Path, rows: pd.DataFrame, float_text: Callable[[float], str] = NINE_DECIMALS) -> None:
    """UTF-8 without byte-order mark, '\\n', header, null as empty, floats as `float_text` says, zero without a sign."""
    with path.open("wb") as file:
        file.write(_header(rows))
        if len(rows):
            file.writelines(lines_of([_quoted(_texts(rows[name], float_text)) for name in rows.columns], ",", ""))


def _header(rows: pd.DataFrame) -> bytes:
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerow(rows.columns)
    return text.getvalue().encode()


def _texts(column: pd.Series, float_text: Callable[[float], str]) -> pa.Array:
    if pd.api.types.is_float_dtype(column.dtype):
        return texts_of(map_unique(column + 0.0, float_text))
    if pd.api.types.is_integer_dtype(column.dtype):
        return pa.array(column.to_numpy()).cast(TEXT)
    try:
        return texts_of(column)
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        # Not once a distinct value: 1, 1.0 and True are equal, and are not written alike.
        return texts_of([None if is_null else str(value) for value, is_null in zip(column, column.isna(), strict=True)])


def _quoted(texts: pa.Array) -> pa.Array:
    needs = pc.fill_null(pc.match_substring_regex(texts, _QUOTED), fill_value=False)
    if not pc.any(needs, min_count=0).as_py():
        return texts
    mark = pa.scalar('"', TEXT)
    inside = pc.replace_substring(texts, '"', '""')
    return pc.if_else(needs, pc.binary_join_element_wise(mark, inside, mark, pa.scalar("", TEXT)), texts)
