"""How do changed rows join the last snapshot? By their key: later rows take the place of earlier ones, deleted go."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.contracts.reasons.pulls import KEY_NOT_UNIQUE
from data.sources.pulls.columns import DELETED

_UNIT = "\x1f"


def merged(base: pa.Table | None, pulled: pa.Table, keys: list[str], *, source: str, where: str) -> pa.Table:
    """The rows of `base` that did not change and those of `pulled` that are not deleted, sorted by key.

    Keys that are whole numbers sort by size, others by code point. Without a key: the pulled rows as they came. The
    same record delivered twice counts once. Raises SourceFileError when the key does not tell records apart.
    """
    if not keys or not pulled.num_columns:
        return pulled if base is None else base
    names = _names(pulled, keys)
    is_repeated = _repeated(pulled, names, keys, source, where)
    is_kept = ~is_repeated
    if DELETED in pulled.column_names:
        is_kept &= ~pulled[DELETED].to_pandas()
    fresh = pulled.filter(pa.array(is_kept)).select([name for name in pulled.column_names if name != DELETED])
    if base is None:
        return _sorted(fresh, keys)
    unchanged = base.filter(pa.array(~_names(base, keys).isin(names))) if base.num_columns else base
    return _sorted(pa.concat_tables([unchanged, fresh], promote_options="default"), keys)


def _names(table: pa.Table, keys: list[str]) -> pd.Series:
    """The key of each row as one text."""
    parts = [pc.fill_null(table[key], "") for key in keys]
    names: pd.Series = (pc.binary_join_element_wise(*parts, _UNIT) if len(parts) > 1 else parts[0]).to_pandas()
    return names


def _repeated(pulled: pa.Table, names: pd.Series, keys: list[str], source: str, where: str) -> pd.Series:
    """Rows that repeat an earlier one word for word."""
    n_null = sum(pulled[key].null_count for key in keys)
    is_suspect = names.duplicated(keep=False)
    is_repeated = pd.Series(data=False, index=names.index)
    if is_suspect.any():
        suspects = pulled.filter(pa.array(is_suspect)).to_pandas()
        is_repeated[is_suspect] = suspects.duplicated().to_numpy()
    n_twice = int(names[~is_repeated].duplicated().sum())
    if n_null or n_twice:
        raise KEY_NOT_UNIQUE.refuse(source, where, n_null=n_null, n_twice=n_twice)
    return is_repeated


def _sorted(table: pa.Table, keys: list[str]) -> pa.Table:
    columns = [_by_size(table[key]) for key in keys]
    order = pa.table({str(place): column for place, column in enumerate(columns)})
    return table.take(pc.sort_indices(order, [(name, "ascending") for name in order.column_names]))


def _by_size(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole numbers as numbers, anything else as text."""
    if not pc.all(pc.match_substring_regex(column, r"^-?\d{1,18}$")).as_py():
        return column
    return column.cast(pa.int64())
