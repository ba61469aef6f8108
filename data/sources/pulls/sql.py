"""How is a query pulled? Streamed by a server-side cursor in the order of its key, chunk by chunk, read-only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlalchemy import URL, Connection, NullPool, Select, create_engine, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from data.contracts.reasons.pulls import KEY_TYPE, NO_DRIVER, NO_PULL_COLUMN, UNREACHABLE
from data.errors import ConfigError
from data.sources.pull_spec import Deleted, SqlPull
from data.sources.pulls.columns import DELETED, AllowList, identity_of, key_columns
from data.sources.pulls.environment import address
from data.sources.pulls.feed import BrokenOff, Chunk
from data.sources.pulls.marks import Mark, earlier, marked, unmarked
from data.sources.pulls.sealed import Note
from data.sources.pulls.sql_errors import translated
from data.sources.pulls.sql_question import Question
from data.sources.pulls.values import text_column, text_of
from data.words import tr

_PSYCOPG = ("psycopg", "psycopg2")
#: A cable pulled out is noticed after about a minute instead of hours.
_KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}


@dataclass(frozen=True)
class _Plan:
    """Names of the columns to fetch, in order: the allowed ones first, then key, then the mark of deleted rows."""

    names: list[str]
    n_allowed: int
    n_keys: int
    untaken: list[str]


class SqlFeed:
    """A query at any SQLAlchemy URL."""

    def __init__(self, source: str, declared: SqlPull, allow: AllowList) -> None:
        """Raises ConfigError when the URL is not in the environment or not a URL."""
        self.source, self.where = source, allow.where
        self._declared, self._allow = declared, allow
        self._url = _url(source, declared)
        self._question = Question(declared)
        self.identity = identity_of(declared, allow, self._url.render_as_string(hide_password=True))
        self.is_resumable = bool(declared.key)

    def begin(self) -> Note:
        """The newest change before the first row is read: what changes later is for the next pull."""
        if self._declared.watermark is None:
            return {}
        with self._connection() as connection:
            self._plan(connection)
            newest = connection.execute(self._question.newest()).scalar()
        return {"newest": None if newest is None else self._marked(newest, self._declared.watermark)}

    def chunks(self, since: Mark | None, states: Sequence[Note]) -> Iterator[Chunk]:
        """Rows behind the last key; at least one chunk, for its columns."""
        last: list[Mark] | None = states[-1]["last"] if states else None
        with self._connection() as connection:
            plan = self._plan(connection)
            statement = self._question.rows(
                plan.names,
                None if since is None else unmarked(since),
                None if last is None else [unmarked(mark) for mark in last],
            )
            n_chunks = 0
            with _streamed(connection, statement, self._declared.chunk_rows) as parts:
                for part in parts:
                    # The row resumed from comes again: it shows whether the key is repeated just there.
                    is_again = n_chunks == 0 and last is not None and self._marks(part[0], plan) == last
                    yield self._chunk(part[1:] if is_again else part, plan, last, is_first=n_chunks == 0)
                    n_chunks += 1
            if n_chunks == 0:
                yield self._chunk([], plan, last, is_first=True)

    def watermark(self, begun: Note, states: Sequence[Note], seconds: float) -> Mark | None:
        """The newest change as of the beginning, less the time that a change may take to be committed."""
        newest = begun.get("newest")
        return None if newest is None else marked(earlier(unmarked(newest), self._declared.overlap_seconds))

    def _plan(self, connection: Connection) -> _Plan:
        found = list(connection.execute(self._question.columns()).keys())
        declared = self._declared
        wanted = [("key", name) for name in declared.key]
        wanted += [("watermark", declared.watermark)] if declared.watermark else []
        wanted += [("deleted", declared.deleted.column)] if declared.deleted else []
        for setting, name in wanted:
            if name not in found:
                listed = "、".join(found)
                raise NO_PULL_COLUMN.refuse(self.source, self.where, setting=setting, column=name, found=listed)
        positions = set(self._allow.whole(found))
        allowed = [name for position, name in enumerate(found) if position in positions]
        own = {name for _, name in wanted}
        more = [*declared.key, *([declared.deleted.column] if declared.deleted else [])]
        untaken = [name for position, name in enumerate(found) if position not in positions and name not in own]
        return _Plan([*allowed, *more], len(allowed), len(declared.key), untaken)

    def _chunk(
        self, rows: Sequence[Sequence[object]], plan: _Plan, last: list[Mark] | None, *, is_first: bool
    ) -> Chunk:
        columns: list[Sequence[object]] = list(zip(*rows, strict=True)) if rows else [()] * len(plan.names)
        read = [text_column(column) for column in columns[: plan.n_allowed + plan.n_keys]]
        names = [*plan.names[: plan.n_allowed], *key_columns(plan.n_keys)]
        arrays = {name: array for name, (array, _) in zip(names, read, strict=True)}
        if self._declared.deleted is not None:
            arrays[DELETED] = pa.array(is_deleted(columns[-1], self._declared.deleted), pa.bool_())
        return Chunk(
            table=pa.table(arrays),
            state={"last": self._marks(rows[-1], plan) if rows else last},
            n_invisible=sum(n for _, n in read[: plan.n_allowed]),
            n_untaken=dict.fromkeys(plan.untaken, 0) if is_first else {},
        )

    def _marks(self, row: Sequence[object], plan: _Plan) -> list[Mark] | None:
        """The key of a row, to resume from; None where a part is null, which the merge refuses by name."""
        parts = row[plan.n_allowed : plan.n_allowed + plan.n_keys]
        if not parts or any(part is None for part in parts):
            return None
        return [self._marked(part, name) for part, name in zip(parts, self._declared.key, strict=True)]

    def _marked(self, value: object, name: str) -> Mark:
        try:
            return marked(value)
        except TypeError as error:
            raise KEY_TYPE.refuse(self.source, self.where, column=name, type=str(error)) from None

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        url, declared = self._url, self._declared
        if url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists():
            # SQLite would make an empty database of that name.
            raise BrokenOff(UNREACHABLE, why=tr("没有这个数据库文件", "no such database file"))
        try:
            engine = create_engine(url, poolclass=NullPool, connect_args=_connect_args(url, declared))
        except ModuleNotFoundError as error:
            raise ConfigError(NO_DRIVER.message(what=url.drivername, package=error.name)) from None
        except NoSuchModuleError:
            raise ConfigError(NO_DRIVER.message(what=url.drivername, package=f"sqlalchemy-{url.drivername}")) from None
        with translated(self.source, self.where), engine.connect() as connection:
            yield connection


@contextmanager
def _streamed(
    connection: Connection, statement: Select[Any], n_rows: int
) -> Iterator[Iterator[Sequence[Sequence[object]]]]:
    """The rows of a statement in parts, by a server-side cursor."""
    rows = connection.execution_options(yield_per=n_rows).execute(statement)
    cursor = rows.cursor
    try:
        yield rows.partitions()
    finally:
        # When the connection is lost, psycopg's cursor stays open on this side and complains later.
        with suppress(Exception):
            cursor.close()


def is_deleted(values: Sequence[object], deleted: Deleted) -> list[bool]:
    """Which rows are gone at the source."""
    if deleted.value is None:
        return [value is not None and value != "" for value in values]
    wanted = _flag(deleted.value)
    return [_flag(value) == wanted for value in values]


def _flag(value: object) -> str | None:
    return str(value).lower() if isinstance(value, bool) else text_of(value)


def _url(source: str, declared: SqlPull) -> URL:
    try:
        url = make_url(address(source, declared.url, declared.url_env))
    except ArgumentError:
        told = declared.url_env or "url"
        raise ConfigError(
            tr(f"来源“{source}”：{told} 不是数据库地址", f"source “{source}”: {told} is no URL")
        ) from None
    # Without a driver SQLAlchemy means psycopg2, which this project does not bring.
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


def _connect_args(url: URL, declared: SqlPull) -> dict[str, object]:
    """Time-outs in the driver's own words, where it is known to have them; PostgreSQL also reads only."""
    connect, answer = int(max(declared.connect_timeout_seconds, 1)), int(max(declared.timeout_seconds, 1))
    if url.get_backend_name() == "sqlite":
        return {"timeout": declared.timeout_seconds}
    if url.get_driver_name() in _PSYCOPG:
        options = f"-c statement_timeout={answer * 1000} -c default_transaction_read_only=on"
        given = {} if "options" in url.query else {"options": options}
        return {"connect_timeout": connect, **_KEEPALIVE, **given}
    if url.get_driver_name() == "pymysql":
        return {"connect_timeout": connect, "read_timeout": answer}
    return {}
