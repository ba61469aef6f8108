"""How does the engine hold a column? Once, as int32 codes over one vocabulary of both sides; the texts lie in Arrow.

A coded column is a categorical one: every comparison, blocking rule and count takes its codes as they are.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from data.values.coded import Coded, is_coded
from data.values.columns import none_for_null
from matching.arrays import Small
from matching.engine_spec import EngineSpec

_TEXT = pd.ArrowDtype(pa.large_string())


def code_columns(frame: pd.DataFrame, spec: EngineSpec) -> pd.DataFrame:
    """The columns that a specification reads, coded; same rows, same order."""
    return pd.DataFrame({name: coded(frame[name]) for name in columns_read(spec)}, index=frame.index)


def columns_read(spec: EngineSpec) -> list[str]:
    """Names of the columns that blocking rules, comparisons and term frequencies read, sorted."""
    named = [column for rule in spec.blocking for column in rule.columns]
    for comparison in spec.comparisons:
        named += [*comparison.columns, *filter(None, [comparison.term_frequency])]
    return sorted(set(named))


def texts_read(spec: EngineSpec) -> set[str]:
    """Those of them whose texts somebody looks at; of the others it only matters which are equal."""
    compared = {column for comparison in spec.comparisons for column in comparison.columns}
    return compared | {rule.any_of for rule in spec.blocking if rule.any_of is not None}


def coded(column: pd.Series) -> pd.Series:
    """A column of text or None as codes; one that is coded already stays as it is."""
    if is_coded(column):
        return column
    return Coded.of(column).series(column.index)


def of_codes(codes: Small, values: pa.Array, index: pd.Index | None = None) -> pd.Series:
    """The column with these codes (-1 null) over these distinct texts."""
    return Coded(codes, values).series(index)


def of_keys(codes: Small) -> pd.Series:
    """A column of which only the codes are kept (-1 null)."""
    kind = pd.CategoricalDtype(pd.RangeIndex(int(codes.max(initial=-1)) + 1))
    # mypy: the stubs know neither arrays of codes nor `validate`.
    return pd.Series(pd.Categorical.from_codes(codes, dtype=kind, validate=False))  # type: ignore[call-arg, arg-type]


def stacked(columns: Iterable[pd.Series]) -> tuple[Small, pa.Array]:
    """Columns one below the other: code per row (-1 null) and the distinct texts in Arrow."""
    encoded = pa.concat_arrays([arrow_text(column) for column in columns]).dictionary_encode()
    return encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), encoded.dictionary


def arrow_text(column: pd.Series) -> pa.Array:
    """A column as texts in Arrow; without a copy where they lie there already."""
    if isinstance(column.dtype, pd.ArrowDtype):
        whole = pa.chunked_array(column.array.__arrow_array__()).cast(_TEXT.pyarrow_dtype).combine_chunks()
        return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)
    texts = none_for_null(column)
    return pa.array(texts.to_numpy(dtype=object), _TEXT.pyarrow_dtype, from_pandas=True)
