"""How does a frame get into a table and out again, fast? COPY on PostgreSQL, the driver's executemany on SQLite."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
import psycopg
from sqlalchemy import Connection, Select, Table
from sqlalchemy.exc import DBAPIError

from data.store.audit import MACHINE
from data.store.ledger import live_query
from data.store.session import Store


def write_frame(connection: Connection, table: Table, frame: pd.DataFrame) -> int:
    """Insert every row of the frame in the caller's transaction; returns the number of rows.

    The frame's columns are columns of the table; a missing value (None, NaN, NaT) becomes NULL. The table's other
    columns must be nullable.
    """
    if frame.empty:
        return 0
    names = [str(name) for name in frame.columns]
    columns = [_driver_values(connection, table, name, frame[name]) for name in names]
    rows = zip(*columns, strict=True)
    listed = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        _copy(connection, f'COPY "{table.name}" ({listed}) FROM STDIN', rows)
    else:
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})', list(rows))
    return len(frame)


def _copy(connection: Connection, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None, "a connection in a transaction has its driver's connection"
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.Error as error:
        # The server quotes the refused line; a member's values do not belong in an exception (guard-rail 6).
        plain = type(error)(error.diag.message_primary or str(error).splitlines()[0])
        raise DBAPIError.instance(
            statement, None, plain, psycopg.Error, hide_parameters=True, dialect=connection.dialect
        ) from None


def read_frame(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    """The rows of a query; text columns are object with None for null, as everywhere between steps."""
    result = connection.execute(query)
    names = list(result.keys())
    columns = list(zip(*result.all(), strict=True)) or [()] * len(names)
    return pd.DataFrame({name: _column(list(values)) for name, values in zip(names, columns, strict=True)})


def live_judgements(store: Store, area: str) -> pd.DataFrame:
    """What grading obeys: one row a judged pair [unique_id_l < unique_id_r, judgement], sorted by pair.

    `judgement` is a value of data.model.Judgement. Judgements of books inside and around the area count too.
    """
    with store.read() as connection:
        frame = read_frame(connection, live_query(area))
    pairs = frame[["unique_id_l", "unique_id_r", "judgement"]]
    return pairs.sort_values(["unique_id_l", "unique_id_r"], ignore_index=True)


def live_rows(store: Store, area: str) -> pd.DataFrame:
    """The same with what was said and on what: judgement_id, unique_id_l, unique_id_r, judgement, reviewer, decided_at,
    evidence (a mapping), by judgement_id."""
    names = ["judgement_id", "unique_id_l", "unique_id_r", "judgement", "reviewer", "decided_at", "evidence"]
    with store.read() as connection:
        return read_frame(connection, live_query(area))[names].sort_values("judgement_id", ignore_index=True)


def judgements_of_people(store: Store, area: str) -> pd.DataFrame:
    """What a model may learn from: the live judgements as `live_judgements`; never the machine's."""
    with store.read() as connection:
        frame = read_frame(connection, live_query(area))
    own = frame[frame["reviewer"].astype(str).str.strip().str.casefold() != MACHINE]
    pairs = own[["unique_id_l", "unique_id_r", "judgement"]]
    return pairs.sort_values(["unique_id_l", "unique_id_r"], ignore_index=True)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as parameters of a statement, null as None."""
    values = frame.astype(object)
    rows = values.mask(values.isna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def _column(values: list[Any]) -> pd.Series:
    whole = [type(value) for value in values]
    if values and set(whole) <= {bool}:
        return pd.Series(values, dtype=bool)
    if values and set(whole) <= {int}:
        return pd.Series(values, dtype="int64")
    return pd.Series(values, dtype=object)


def _driver_values(connection: Connection, table: Table, name: str, column: pd.Series) -> list[Any]:
    """The column as Python values the driver takes, passed through the column's own type."""
    values = column.astype(object)
    plain = values.mask(values.isna(), None).tolist()
    processor = table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return plain if processor is None else [processor(value) for value in plain]
