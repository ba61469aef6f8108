"""Publishing the values that the desk may have to show: encrypts the new ones, removes those nobody asks about.

What a night no longer asks for stays one night more, marked `left_run`: a rollback or a held run may ask for it again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection, bindparam, delete, func, select, update

from data.contracts.frames import stacked
from data.store.ciphers import blind_index, seal_all
from data.store.frames import read_frame, records, write_frame
from data.store.keyring import FIELDS, Keyring
from data.store.sealed import belongs_to
from data.store.tables_sealed import SEALED_VALUES
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


def sealed_there(connection: Connection, area: str, asked: pd.DataFrame | None = None) -> pd.DataFrame:
    """What a book keeps: unique_id, field, left_run.

    asked: [unique_id, field] that the night before asked for; nothing else is there that no run has left, so that where
    their number is right only what was left is read.
    """
    table = SEALED_VALUES.c
    query = select(table.unique_id, table.field, table.left_run).where(table.run_area == area)
    if asked is not None:
        standing = select(func.count()).where(table.run_area == area, table.left_run.is_(None))
        if connection.execute(standing).scalar_one() == len(asked):
            left = read_frame(connection, query.where(table.left_run.is_not(None)))
            return stacked([asked[_KEY].assign(left_run=None), left])
    return read_frame(connection, query)


def add_sealed(
    connection: Connection, area: str, left_run: str | None, clear: ClearValues, there: pd.DataFrame | None = None
) -> int:
    """Encrypt the values that are not there (a unique_id is a hash of the record's content); returns how many.

    left_run: a held run, whose values nobody asks for yet. there: as `sealed_there` gave it, if it was asked already.
    """
    wanted = _texts(clear)
    there = sealed_there(connection, area) if there is None else there
    new = wanted[~_is_among(wanted, there)].sort_values(_KEY)
    write_frame(connection, SEALED_VALUES, _sealed(clear.keyring, area, new).assign(left_run=left_run))
    return len(new)


def ask_for(connection: Connection, area: str, run_id: str, keys: pd.DataFrame, there: pd.DataFrame) -> None:
    """These [unique_id, field] are asked for now: the others are left by this run, or go if they were left before.

    there: the values of before; what was added since is asked for.
    """
    is_wanted, is_left = _is_among(there, keys), there["left_run"].notna().to_numpy()
    book = SEALED_VALUES.c.run_area == area
    marks = update(SEALED_VALUES).where(book & _ROW).values(left_run=bindparam("by"))
    _each(connection, delete(SEALED_VALUES).where(book & _ROW), there[~is_wanted & is_left][_KEY])
    _each(connection, marks, there[~is_wanted & ~is_left][_KEY].assign(by=run_id))
    _each(connection, marks, there[is_wanted & is_left][_KEY].assign(by=None))


def drop_left_by(connection: Connection, area: str, run_id: str) -> None:
    """Away with the values that only a held run wanted."""
    table = SEALED_VALUES.c
    connection.execute(delete(SEALED_VALUES).where(table.run_area == area, table.left_run == run_id))


def _texts(clear: ClearValues) -> pd.DataFrame:
    return clear.values.melt("unique_id", list(FIELDS), "field", "text").dropna(subset=["text"])


def _is_among(values: pd.DataFrame, others: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which values are values of the others; by field, for keys of two columns are slow to compare."""
    found = np.zeros(len(values), dtype=bool)
    for name in FIELDS:
        asked = (values["field"] == name).to_numpy(dtype=bool)
        known = others.loc[(others["field"] == name).to_numpy(dtype=bool), "unique_id"]
        found[asked] = values["unique_id"][asked].isin(known)
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
