"""How does a pulled table look to the contract? As any raw table: headers are column names, rows count from one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

from data.contracts.feeds import CONTRACTS, MAY_BE_EMPTY
from data.contracts.reasons.headers import NO_ROWS
from data.sources.layout.header import map_headers
from data.sources.raw import RawTable
from data.sources.spec import SourceSpec

#: Columns of the pull's own begin with it; no database or document names a column so.
_OWN = "\x00"


def raw_table(
    source: str,
    where: str,
    spec: SourceSpec,
    table: pa.Table,
    *,
    n_invisible: int,
    n_untaken: Mapping[str, int],
) -> RawTable:
    """The rows of a pull, without the pull's own columns. source_row: position in the order of the key, from one.

    Raises SourceFileError when a column of the contract is missing, or a feed that cannot be empty has no row.
    """
    if not table.num_rows and spec.kind not in MAY_BE_EMPTY:
        raise NO_ROWS.refuse(source, where)
    contract = CONTRACTS[spec.kind]
    headers = sorted(name for name in table.column_names if not name.startswith(_OWN))
    if headers or table.num_rows:
        # Refused here, before a snapshot without these columns is kept.
        map_headers(headers, contract, spec.columns, source=source, where=where)
        cells = table.select(headers).to_pandas(split_blocks=True, self_destruct=True)
    else:
        # An endpoint without records names no columns; nothing is missing from nothing.
        headers = [spec.columns.get(field.name, field.title) for field in contract.fields]
        cells = pd.DataFrame(columns=headers, dtype=object)
    return RawTable(
        source=source,
        source_file=where,
        source_sheet="",
        headers=headers,
        cells=cells.set_axis(range(len(headers)), axis=1),
        numeric=np.zeros(cells.shape, dtype=bool),
        source_row=np.arange(1, len(cells) + 1, dtype=np.int64),
        title_lines=[],
        n_dropped={},
        n_invisible=n_invisible,
        n_untaken=dict(n_untaken),
    )


def content_digest(tables: Iterable[RawTable]) -> str:
    """Digest of headers and rows, whatever the order of tables and rows: has a source changed since the last run?"""
    parts = sorted(_digest_of(table) for table in tables)
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def _digest_of(table: RawTable) -> str:
    rows = np.sort(pd.util.hash_pandas_object(table.cells, index=False).to_numpy())
    whole = hashlib.sha256("\x1f".join([*table.headers, *table.title_lines]).encode())
    whole.update(np.packbits(table.numeric.any(axis=0)).tobytes() + rows.tobytes())
    return whole.hexdigest()
