"""Publishing the values that the desk may have to show: encrypts the new ones, removes those nobody asks about.

What a night no longer asks for stays one night more, marked `left_run`: a rollback or a held run may ask for it again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, bindparam, delete, func, select, update

from data.store.ciphers import blind_index, seal_all
from data.store.frames import read_frame, records, write_frame
from data.store.keyring import FIELDS, Keyring
from data.store.renewing import as_columns
from data.store.sealed import belongs_to
from data.store.tables_sealed import SEALED_VALUES
from data.values.coded import TEXT
from data.values.columns import map_unique

_KEY = ["unique_id", "field"]
_ROW = (SEALED_VALUES.c.unique_id == bindparam("u")) & (SEALED_VALUES.c.field == bindparam("f"))


@dataclass(frozen=True)
class ClearValues:
    """values: [unique_id, id_no, mobile] in clear, one row a record, null where there is none. Never printed."""

    values: pd.DataFrame = field(repr=False)
    keyring: Keyring = field(repr=False)

    def keys(self) -> pd.DataFrame:
        """Which values there are: [unique_id, field], sorted; no value among them."""
        return _texts(self)[_KEY].sort_values(_KEY, ignore_index=True)


@dataclass(frozen=True)
class There:
    """What a book keeps: asked [unique_id, field] that no run has left, as Arrow has them, and rows [unique_id, field,
    left_run] of those that one has."""

    asked: pa.Table
    left: pd.DataFrame

    def knows(self, values: pd.DataFrame) -> npt.NDArray[np.bool_]:
        """Which values are there, left or not."""
        return _is_among(values, self.asked) | _is_among(values, as_columns(self.left[_KEY]))


def sealed_there(connection: Connection, area: str, asked: pa.Table | None = None) -> There:
    """What a book keeps.

    asked: [unique_id, field] that the night before asked for; nothing else is there that no run has left, so that where
    their number is right only what was left is read.
    """
    table = SEALED_VALUES.c
    book, is_left = table.run_area == area, table.left_run.is_not(None)
    left = read_frame(connection, select(table.unique_id, table.field, table.left_run).where(book, is_left))
    # All there are: the index of the key tells, the rows need not be read.
    n_values = connection.execute(select(func.count()).select_from(SEALED_VALUES).where(book)).scalar_one()
    if asked is None or n_values - len(left) != len(asked):
        standing = select(table.unique_id, table.field).where(book, ~is_left)
        asked = as_columns(read_frame(connection, standing))
    return There(asked.select(_KEY), left)


def add_sealed(
    connection: Connection, area: str, left_run: str | None, clear: ClearValues, there: There | None = None
) -> int:
    """Encrypt the values that are not there (a unique_id is a hash of the record's content); returns how many.

    left_run: a held run, whose values nobody asks for yet. there: as `sealed_there` gave it, if it was asked already.
    """
    wanted = _texts(clear)
    there = sealed_there(connection, area) if there is None else there
    new = wanted[~there.knows(wanted)].sort_values(_KEY)
    write_frame(connection, SEALED_VALUES, _sealed(clear.keyring, area, new).assign(left_run=left_run))
    return len(new)


def ask_for(connection: Connection, area: str, run_id: str, keys: pd.DataFrame, there: There) -> None:
    """These [unique_id, field] are asked for now: the others are left by this run, or go if they were left before.

    there: the values of before; what was added since is asked for.
    """
    now = as_columns(keys[_KEY])
    book = SEALED_VALUES.c.run_area == area
    marks = update(SEALED_VALUES).where(book & _ROW).values(left_run=bindparam("by"))
    is_wanted = _is_among(there.left, now)
    _each(connection, delete(SEALED_VALUES).where(book & _ROW), there.left.loc[~is_wanted, _KEY])
    no_more = there.asked.filter(pa.array(~_is_among(there.asked, now))).to_pandas().astype(object)
    _each(connection, marks, no_more.assign(by=run_id))
    _each(connection, marks, there.left.loc[is_wanted, _KEY].assign(by=None))


def drop_left_by(connection: Connection, area: str, run_id: str) -> None:
    """Away with the values that only a held run wanted."""
    table = SEALED_VALUES.c
    connection.execute(delete(SEALED_VALUES).where(table.run_area == area, table.left_run == run_id))


def _texts(clear: ClearValues) -> pd.DataFrame:
    return clear.values.melt("unique_id", list(FIELDS), "field", "text").dropna(subset=["text"])


def _is_among(values: pd.DataFrame | pa.Table, others: pa.Table) -> npt.NDArray[np.bool_]:
    """Which values are values of the others; by field, for keys of two columns are slow to compare."""
    columns = values if isinstance(values, pa.Table) else as_columns(values[_KEY])
    ids, fields = (columns[name].cast(TEXT) for name in _KEY)
    found = np.zeros(len(ids), dtype=bool)
    for name in FIELDS:
        asked = pc.equal(fields, name)
        known = others["unique_id"].cast(TEXT).filter(pc.equal(others["field"].cast(TEXT), name))
        found[asked.to_numpy()] = pc.is_in(ids.filter(asked), value_set=known).to_numpy()
    return found


def _each(connection: Connection, statement: object, rows: pd.DataFrame) -> None:
    if len(rows):
        parameters = records(rows.rename(columns={"unique_id": "u", "field": "f"}))
        connection.execute(statement, parameters)  # type: ignore[call-overload]


def _sealed(keyring: Keyring, area: str, new: pd.DataFrame) -> pd.DataFrame:
    bound = [belongs_to(area, *key) for key in zip(new["unique_id"], new["field"], strict=True)]
    found = pd.Series(None, new.index, dtype=object)
    for name in FIELDS:
        texts = new.loc[new["field"] == name, "text"]
        found[texts.index] = map_unique(texts, partial(blind_index, keyring, name))
    sealed = pd.Series(seal_all(keyring, new["text"].tolist(), bound), new.index, dtype=object)
    return new[_KEY].assign(run_area=area, sealed=sealed, blind_index=found, key_id=keyring.current)
