"""How is the store opened? Engine, pragmas, transactions, migrations to head, and one error when it does not answer.

SQLite is the embedded default, PostgreSQL the production answer; callers see no difference.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from types import TracebackType
from typing import Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from data.errors import ConfigError, DiskFull, LonglouError, StoreUnavailable
from data.store.migrate import upgrade
from data.words import tr

#: A night's publishing holds SQLite's write lock for seconds; a reviewer's key press waits rather than fails.
BUSY_TIMEOUT_MS = 30_000

_WRITES = "longlou_writes"


@dataclass(frozen=True)
class Store:
    """The open database. `read` and `write` are the only ways in; a write is one transaction, all or nothing."""

    engine: Engine

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one state and changes nothing. Raises StoreUnavailable."""
        with _answering(), self.engine.connect() as connection:
            yield connection
            connection.rollback()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection in a transaction: committed at the end, rolled back on any error. Raises StoreUnavailable."""
        engine = self.engine.execution_options(**{_WRITES: True})
        with _answering(), engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()


def open_store(url: str) -> Store:
    """Open the database at a SQLAlchemy URL and bring its tables to the newest revision.

    `sqlite:///FILE` (the file and its folder are made, readable by their owner alone) or
    `postgresql://...`. Raises ConfigError for a URL that is neither or a database newer than this program,
    StoreUnavailable when it does not answer.
    """
    parsed = parsed_url(url)
    if parsed.get_backend_name() == "sqlite":
        _make_private(parsed)
    # hide_parameters: an error of the database may reach a log, the values of a statement may not (guard-rail 6).
    engine = create_engine(parsed, hide_parameters=True, pool_pre_ping=True)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    store = Store(engine)
    try:
        with store.write() as connection:
            upgrade(connection)
    except BaseException as error:
        store.close()
        # Not one of its subclasses: SQLite says this of a file that holds something else or is damaged.
        if type(error) is DatabaseError:
            raise ConfigError(tr("数据库文件损坏或不是数据库", "the file is damaged or not a database")) from None
        raise
    return store


def parsed_url(url: str) -> URL:
    """The address with its driver. Raises ConfigError for one that is neither SQLite nor PostgreSQL."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigError(tr("database_url 不是有效的数据库地址", "database_url is not a database URL")) from None
    if parsed.drivername in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        return parsed
    raise ConfigError(
        tr(
            f"不支持数据库“{parsed.drivername}”，请用 sqlite 或 postgresql",
            f"database {parsed.drivername!r} is not supported: use sqlite or postgresql",
        )
    )


def _make_private(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        raise ConfigError(tr("SQLite 数据库必须是文件", "a SQLite store needs a file"))
    path = Path(url.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnavailable(
            tr(f"数据库文件 {path} 打不开：{error.strerror}", f"cannot open database file {path}: {error.strerror}")
        ) from None


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    # pysqlite would begin a transaction too late, at the first change: two readers could then pick the same queue item.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")
    # What is sorted may be names of persons: never in a file of the machine's common folder.
    connection.execute("PRAGMA temp_store = MEMORY")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _answering() -> Iterator[None]:
    """Turn the database's silence into the one error that is worth trying again."""
    try:
        yield
    except (OperationalError, PoolTimeout) as error:
        raise _unavailable(error) from None
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        raise _unavailable(error) from None


#: What the two engines say when a write found no room; a quota or a limit on a file's size is an I/O error to SQLite.
_NO_ROOM = ("database or disk is full", "disk I/O error", "No space left on device", "could not extend file")


def _unavailable(error: Exception) -> LonglouError:
    cause = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
    if any(words in cause for words in _NO_ROOM):
        return DiskFull(tr("数据库所在的磁盘", "the database's disk"))
    return StoreUnavailable(tr(f"数据库没有应答：{cause}", f"the database does not answer: {cause}"))
