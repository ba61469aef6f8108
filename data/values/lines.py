"""How do columns become lines of text, of a file or for a database, without a Python object a row?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.values.coded import TEXT

#: Lines put together at a time: bounds the memory whatever the length of the table.
_BLOCK = 50_000


def texts_of(values: Sequence[object] | pd.Series) -> pa.Array:
    """Texts or None (NaN) as Arrow has them. Raises ArrowTypeError when there is anything else."""
    return pa.array(values, TEXT, from_pandas=True)


def replaced(texts: pa.Array, escapes: Sequence[tuple[str, str]]) -> pa.Array:
    """The texts with every escape applied, one after the other; columns without such a sign are left as they are."""
    for sign, written in escapes:
        if pc.any(pc.match_substring(texts, sign), min_count=0).as_py():
            texts = pc.replace_substring(texts, sign, written)
    return texts


def lines_of(columns: Sequence[pa.Array], separator: str, null: str) -> Iterator[memoryview]:
    """The lines of columns of texts in UTF-8, each with its line feed, many at a time."""
    for start in range(0, len(columns[0]), _BLOCK):
        block = [column.slice(start, _BLOCK) for column in columns]
        last = pc.binary_join_element_wise(block[-1].fill_null(null), _text(""), _text("\n"))
        parts = [*block[:-1], last, _text(separator)]
        lines = pc.binary_join_element_wise(*parts, null_handling="replace", null_replacement=null)
        ends = memoryview(lines.buffers()[1]).cast("q")
        yield memoryview(lines.buffers()[2])[ends[0] : ends[len(lines)]]


def _text(text: str) -> pa.Scalar:
    return pa.scalar(text, TEXT)
