"""One run of an area at a time, wherever it runs: an advisory lock on PostgreSQL, which ends with its connection.

Two hosts that share a database exclude one another so; SQLite is on one host, where lock files do (`flows.guard`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from data.errors import RunLocked, StoreUnavailable
from data.store.session import parsed_url
from data.words import tr

_KEY = "hashtextextended(:key, 0)"
_TAKE = text(f"SELECT pg_try_advisory_lock({_KEY})")
#: The name under which the holder's connection goes; PostgreSQL keeps 63 bytes of it.
_NAME = text("SELECT set_config('application_name', :name, false)")
_HOLDER = text(
    "SELECT activity.application_name FROM pg_locks AS held JOIN pg_stat_activity AS activity USING (pid) "
    "WHERE held.locktype = 'advisory' AND held.granted AND held.objsubid = 1 "
    f"AND (held.classid::bigint << 32) + held.objid::bigint = {_KEY} "
    "AND held.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@contextmanager
def database_lock(url: str, area: str, holder: str) -> Iterator[None]:
    """Hold the area's lock in the database; nothing to do where it is SQLite.

    holder: who we are, in ASCII, for whoever comes second. Raises RunLocked naming the holder, StoreUnavailable.
    """
    parsed = parsed_url(url)
    if parsed.get_backend_name() != "postgresql":
        yield
        return
    engine = create_engine(parsed, hide_parameters=True, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        connection = engine.connect()
    except DBAPIError:
        raise StoreUnavailable(tr("数据库没有应答", "the database does not answer")) from None
    with connection:
        _take(connection, area, holder)
        yield


def _take(connection: Connection, area: str, holder: str) -> None:
    key = {"key": f"longlou run {area}"}
    connection.execute(_NAME, {"name": holder})
    if not connection.execute(_TAKE, key).scalar():
        raise RunLocked(area, connection.execute(_HOLDER, key).scalar() or "?")
