"""How does a book's table become tonight's, when most of its rows are last night's? Only what differs is written.

Deleting and inserting everything costs both indexes twice a row; reading costs a tenth of it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection, Table, bindparam, delete, select

from data.store.frames import read_frame, records, write_frame

#: Share of the book beyond which it is deleted and written anew: one statement instead of one a row.
_MUCH = 0.3


def renew(
    connection: Connection, table: Table, area: str, key: str, rows: pd.DataFrame, was: pd.DataFrame | None = None
) -> int:
    """Bring a book's rows to these, in the caller's transaction; how many were written.

    rows: every column of the table but `run_area`, text or None; `key`, unique in a book, tells the rows apart. was:
    the book's rows where they are known without asking.
    """
    names = [column.name for column in table.columns if column.name != "run_area"]
    rows = rows[names].reset_index(drop=True)
    if was is None or not set(names) <= set(was.columns):
        was = read_frame(connection, select(*(table.c[name] for name in names)).where(table.c.run_area == area))
    was = was[names]
    place = pd.Index(was[key]).get_indexer(pd.Index(rows[key]))
    is_new = place < 0
    is_new[~is_new] = _differs(was.iloc[place[~is_new]], rows[~is_new])
    is_stale = np.ones(len(was), dtype=bool)
    is_stale[place[~is_new]] = False
    book = table.c.run_area == area
    if is_stale.sum() > _MUCH * len(was):
        connection.execute(delete(table).where(book))
        is_new[:] = True
    elif is_stale.any():
        gone = was.loc[is_stale, [key]].rename(columns={key: "row_key"})
        connection.execute(delete(table).where(book & (table.c[key] == bindparam("row_key"))), records(gone))
    # In order of the key, so that its index grows at one end.
    return write_frame(connection, table, rows[is_new].sort_values(key).assign(run_area=area))


def _differs(was: pd.DataFrame, now: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Row by row: does any value differ? Null equals null."""
    found = np.zeros(len(now), dtype=bool)
    for name in now.columns:
        one, other = was[name].to_numpy(dtype=object), now[name].to_numpy(dtype=object)
        unequal = np.flatnonzero(one != other)
        found[unequal] |= ~(pd.isna(one[unequal]) & pd.isna(other[unequal]))
    return found
