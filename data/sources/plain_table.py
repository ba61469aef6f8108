"""How is a table read that no contract describes? Text, workbook or Parquet: a header, then text or None in each cell.

For `longlou link`, whose tables are anybody's. Told by content, never by extension; the first sheet with rows counts.
"""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pandas as pd

from data.contracts.reasons.files import EMPTY_FILE, NOT_A_TABLE, UNREADABLE
from data.errors import InputRefused
from data.sources.formats.content import grids
from data.sources.formats.delimited import DELIMITERS, first_records
from data.values.columns import map_unique, none_for_null
from data.words import tr

_PARQUET = b"PAR1"


def read_plain_table(path: Path) -> pd.DataFrame:
    """Columns named by the header, rows without any text left out, cells stripped text or None.

    Raises SourceFileError or InputRefused, naming the file, when it cannot be read or a header stands twice.
    """
    name = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UNREADABLE.refuse(name, name, why=error.strerror) from None
    if data.startswith(_PARQUET):
        return _parquet(data, name)
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
    return _refuse_twice(table, name)


def _parquet(data: bytes, name: str) -> pd.DataFrame:
    try:
        table = pd.read_parquet(io.BytesIO(data))
    except (ValueError, OSError):
        raise NOT_A_TABLE.refuse(name, name) from None
    table = table.reset_index() if any(table.index.names) else table
    table.columns = table.columns.astype(str)
    return _refuse_twice(table.apply(lambda column: _stripped(_text(column))), name)


def _text(column: pd.Series) -> pd.Series:
    """Numbers in their shortest form (5.0 is 5), days in ISO, everything else as Python writes it."""
    return map_unique(none_for_null(column.astype(object)), _cell)


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).removesuffix(" 00:00:00")


def _stripped(column: pd.Series) -> pd.Series:
    return map_unique(none_for_null(column.astype(object)), lambda text: str(text).strip() or None)


def _refuse_twice(table: pd.DataFrame, name: str) -> pd.DataFrame:
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise InputRefused(
            tr(f"表“{name}”：表头“{twice[0]}”出现两次", f"table “{name}”: the header “{twice[0]}” stands twice")
        )
    return table
