"""How does a book's table become tonight's, when most of its rows are last night's? Only what differs is written.

Deleting and inserting everything costs both indexes twice a row; reading costs a tenth of it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Table, bindparam, delete, select

from data.store.frames import read_frame, records, write_frame
from data.values.coded import TEXT
from data.values.lines import texts_of

#: Share of the book beyond which it is deleted and written anew: one statement instead of one a row.
_MUCH = 0.3


def renew(
    connection: Connection,
    table: Table,
    area: str,
    key: str,
    rows: pd.DataFrame,
    was: pa.Table | None = None,
    *,
    is_whole: bool = True,
) -> int:
    """Bring a book's rows to these, in the caller's transaction; how many were written.

    rows: every column of the table but `run_area`, text or None; `key`, unique in a book, tells the rows apart. was:
    the book's rows as Arrow has them, where they are known without asking. is_whole: both are whole; else the book has
    more rows, and these stay.
    """
    names = [column.name for column in table.columns if column.name != "run_area"]
    rows = rows[names].reset_index(drop=True)
    if was is None or not set(names) <= set(was.column_names):
        query = select(*(table.c[name] for name in names)).where(table.c.run_area == area)
        was = as_columns(read_frame(connection, query))
    place = places(was[key], rows[key])
    is_new = place < 0
    is_new[~is_new] = differs(was.select(names).take(place[~is_new]), rows[~is_new])
    is_stale = np.ones(len(was), dtype=bool)
    is_stale[place[~is_new]] = False
    book = table.c.run_area == area
    if is_whole and is_stale.sum() > _MUCH * len(was):
        connection.execute(delete(table).where(book))
        is_new[:] = True
    elif is_stale.any():
        gone = pd.DataFrame({"row_key": was[key].filter(pa.array(is_stale)).to_pylist()}, dtype=object)
        connection.execute(delete(table).where(book & (table.c[key] == bindparam("row_key"))), records(gone))
    # In order of the key, so that its index grows at one end.
    return write_frame(connection, table, rows[is_new].sort_values(key).assign(run_area=area))


def as_columns(frame: pd.DataFrame) -> pa.Table:
    """A frame of texts as Arrow has them."""
    return pa.table({str(name): texts_of(column) for name, column in frame.items()})


def places(was: pa.ChunkedArray, now: pd.Series | pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """Where each text of now stands among those of before, no text twice; -1 for nowhere."""
    texts = now.cast(TEXT) if isinstance(now, pa.ChunkedArray) else pa.chunked_array([texts_of(now)])
    found = pc.index_in(texts, value_set=was.cast(TEXT))
    return np.asarray(found.fill_null(-1).to_numpy(), dtype=np.int64)


def differs(was: pa.Table, now: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Row by row: does any value differ? Null equals null."""
    found = np.zeros(len(now), dtype=bool)
    for name in now.columns:
        one = was[name]
        one = one if pa.types.is_boolean(one.type) or pa.types.is_integer(one.type) else one.cast(TEXT)
        other = pa.array(now[name], one.type, from_pandas=True)
        unequal = pc.coalesce(pc.not_equal(one, other), pc.xor(one.is_null(), other.is_null()))
        found |= unequal.to_numpy()
    return found
