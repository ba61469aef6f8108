"""How does a frame get into a table and out again, fast? COPY on PostgreSQL, the driver's executemany on SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import pandas as pd
import psycopg
import pyarrow as pa
from sqlalchemy import Connection, LargeBinary, Select, Table, func, literal, select
from sqlalchemy.exc import DBAPIError

from data.store.audit import MACHINE
from data.store.ledger import live_query
from data.store.session import Store
from data.values.columns import none_for_null
from data.values.lines import lines_of, replaced, texts_of

#: As many rows as a table of SQLite has, and more than these: its indexes are made anew from the sorted whole, once.
#: Row by row each index is written in an order of its own, all over the file.
_MANY = 20_000
_NULL = "\\N"
_ESCAPES = (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"))


def write_frame(connection: Connection, table: Table, frame: pd.DataFrame) -> int:
    """Insert every row of the frame in the caller's transaction; returns the number of rows.

    The frame's columns are columns of the table; a missing value (None, NaN, NaT) becomes NULL. The table's other
    columns must be nullable.
    """
    if frame.empty:
        return 0
    names = [str(name) for name in frame.columns]
    columns = [_driver_values(connection, table, name, frame[name]) for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    if connection.dialect.name == "postgresql":
        _copy(connection, f'COPY "{table.name}" ({listed}) FROM STDIN', columns)
    else:
        marks = ", ".join("?" * len(names))
        with _indexes_after(connection, table, len(frame)):
            _execute_many(connection, f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})', columns)
    return len(frame)


@contextmanager
def _indexes_after(connection: Connection, table: Table, n_rows: int) -> Iterator[None]:
    """What is inserted meanwhile enters the indexes at the end. Readers go on with those of their own snapshot."""
    there = select(literal(1)).select_from(table).limit(n_rows + 1).subquery()
    is_much = n_rows > _MANY and connection.execute(select(func.count()).select_from(there)).scalar_one() <= n_rows
    indexes = sorted(table.indexes, key=lambda index: str(index.name)) if is_much else []
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)


def _copy(connection: Connection, statement: str, columns: Sequence[list[Any]]) -> None:
    try:
        with _driver(connection).cursor() as cursor, cursor.copy(statement) as copy:
            for lines in lines_of([_copied(values) for values in columns], "\t", _NULL):
                copy.write(lines)
    except psycopg.Error as error:
        # The server quotes the refused line; a member's values do not belong in an exception (guard-rail 6).
        plain = type(error)(error.diag.message_primary or str(error).splitlines()[0])
        raise DBAPIError.instance(
            statement, None, plain, psycopg.Error, hide_parameters=True, dialect=connection.dialect
        ) from None


def _execute_many(connection: Connection, statement: str, columns: Sequence[list[Any]]) -> None:
    """Row by row out of the columns: the driver takes one tuple at a time, and no list of all of them is made."""
    try:
        with closing(_driver(connection).cursor()) as cursor:
            cursor.executemany(statement, zip(*columns, strict=True))
    except sqlite3.Error as error:
        raise DBAPIError.instance(
            statement, None, error, sqlite3.Error, hide_parameters=True, dialect=connection.dialect
        ) from None


def _driver(connection: Connection) -> Any:  # noqa: ANN401 - each driver has its own
    driver = connection.connection.driver_connection
    assert driver is not None, "a connection in a transaction has its driver's connection"
    return driver


def _copied(values: list[Any]) -> pa.Array:
    """The values as COPY reads them: in the server's own words, its signs of lines and columns escaped."""
    kind = next((type(value) for value in values if value is not None), str)
    if not issubclass(kind, str):
        values = [None if value is None else _said(value) for value in values]
    return replaced(texts_of(values), _ESCAPES)


def _said(value: object) -> str:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)


def read_frame(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    """The rows of a query; text columns are object with None for null, as everywhere between steps."""
    result = connection.execute(query)
    cursor: Any = result.cursor
    # As the driver gives them: a Row object each would cost more than reading them.
    rows, kinds, dialect = cursor.fetchall(), [described[1] for described in cursor.description], connection.dialect
    result.close()
    columns = {}
    for place, (name, column, kind) in enumerate(zip(result.keys(), query.selected_columns, kinds, strict=True)):
        values = [row[place] for row in rows]
        processor = column.type.dialect_impl(dialect).result_processor(dialect, kind)
        columns[name] = _column(values if processor is None else [processor(value) for value in values])
    return pd.DataFrame(columns)


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
    kinds = set(map(type, values))
    if kinds == {bool}:
        return pd.Series(values, dtype=bool)
    if kinds == {int}:
        return pd.Series(values, dtype="int64")
    return pd.Series(values, dtype=object)


def _driver_values(connection: Connection, table: Table, name: str, column: pd.Series) -> list[Any]:
    """The column as Python values the driver takes, passed through the column's own type."""
    plain = none_for_null(column).tolist()
    kind = table.c[name].type
    # Bytes the drivers take as they are; SQLAlchemy would make a view of each.
    processor = (
        None
        if isinstance(kind, LargeBinary)
        else kind.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    )
    return plain if processor is None else [processor(value) for value in plain]
