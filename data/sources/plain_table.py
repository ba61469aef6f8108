"""How is a table read that no contract describes? Text, workbook or Parquet: a header, then text or None in each cell.

For `longlou link`, whose tables are anybody's. Told by content, never by extension; the first sheet with rows counts.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from data.contracts.reasons.files import EMPTY_FILE, NOT_A_TABLE, UNREADABLE
from data.errors import InputRefused
from data.sources.formats.content import grids
from data.sources.formats.delimited import DELIMITERS, first_records
from data.sources.formats.workbook import WORKBOOKS
from data.sources.plain_csv import read_plain_csv
from data.values.columns import map_unique, none_for_null
from data.words import tr

_PARQUET = b"PAR1"
_COLUMNS_AT_A_TIME = 2
_TEXT = pa.large_string()


def read_plain_table(path: Path) -> pd.DataFrame:
    """Columns named by the header, rows without any text left out, cells stripped text or null; the texts lie in Arrow.

    Raises SourceFileError or InputRefused, naming the file, when it cannot be read or a header stands twice.
    """
    name = path.name
    try:
        with path.open("rb") as file:
            is_parquet = file.read(len(_PARQUET)) == _PARQUET
        data = b"" if is_parquet else path.read_bytes()
    except OSError as error:
        raise UNREADABLE.refuse(name, name, why=error.strerror) from None
    if is_parquet:
        return _parquet(path)
    if not data.startswith(WORKBOOKS) and (plain := read_plain_csv(data, _delimiter)) is not None:
        return in_arrow(plain)
    return read_any_table(data, name)


def read_any_table(data: bytes, name: str) -> pd.DataFrame:
    """The long way: whatever holds a table, cell by cell, repaired or refused with what is wrong."""
    sheets = grids(data, name, name, delimiter_of=_delimiter)
    return _table(next((grid.cells for grid in sheets if len(grid.cells)), pd.DataFrame()), name)


def _delimiter(text: str) -> str:
    """The delimiter that divides the first line most."""
    top = text.lstrip("\r\n")
    return max(DELIMITERS, key=lambda delimiter: max(map(len, first_records(top, delimiter, 1)), default=0))


def _table(cells: pd.DataFrame, name: str) -> pd.DataFrame:
    filled = np.flatnonzero(cells.notna().to_numpy().any(axis=1)) if cells.size else np.zeros(0, dtype=np.int64)
    if not len(filled):
        raise EMPTY_FILE.refuse(name, name)
    header = list(cells.iloc[filled[0]])
    named = [number for number, cell in enumerate(header) if cell is not None]
    table = cells.iloc[filled[1:], named].reset_index(drop=True)
    table.columns = pd.Index([str(header[number]) for number in named])
    return in_arrow(pa.Table.from_pandas(_refuse_twice(table, name), preserve_index=False))


def in_arrow(table: pa.Table) -> pd.DataFrame:
    """The table as a frame whose texts stay where they are; a column without any text is one of text too."""
    texts = [column.cast(_TEXT) for column in table.columns]
    frame: pd.DataFrame = pa.table(texts, names=table.column_names).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def _parquet(path: Path) -> pd.DataFrame:
    """Two columns at a time: what a column is read from is gone before the next one comes."""

    def texts_of(column: str) -> pa.ChunkedArray | pa.Array:
        with pq.ParquetFile(path) as own:
            return _texts(own.read([column]).column(0))

    try:
        with pq.ParquetFile(path) as file:
            # What pandas writes of rows that have no name of their own.
            header = [name for name in file.schema_arrow.names if not name.startswith("__index_level_")]
        _refuse_twice(pd.DataFrame(columns=header), path.name)
        with ThreadPoolExecutor(_COLUMNS_AT_A_TIME, thread_name_prefix="reading") as pool:
            texts = list(pool.map(texts_of, header))
    except (ValueError, OSError):
        raise NOT_A_TABLE.refuse(path.name, path.name) from None
    return in_arrow(pa.table(texts, names=header))


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray | pa.Array:
    return (_stripped(column) if _is_text(column.type) else _told(column)).cast(_TEXT)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _stripped(column: pa.ChunkedArray) -> pa.ChunkedArray:
    trimmed = pc.utf8_trim_whitespace(column)
    is_blank = pc.equal(trimmed, "")
    return pc.if_else(is_blank, pa.scalar(None, column.type), trimmed) if pc.any(is_blank).as_py() else trimmed


def _told(column: pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Numbers in their shortest form (5.0 is 5), days in ISO, everything else as Python writes it."""
    if pa.types.is_integer(column.type):
        return column.cast(_TEXT)
    values = none_for_null(column.to_pandas().astype(object))
    texts = map_unique(values, lambda value: _cell(value).strip() or None)
    return pa.array(texts.to_numpy(dtype=object), _TEXT, from_pandas=True)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")


def _refuse_twice(table: pd.DataFrame, name: str) -> pd.DataFrame:
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise InputRefused(
            tr(f"表“{name}”：表头“{twice[0]}”出现两次", f"table “{name}”: the header “{twice[0]}” stands twice")
        )
    return table
