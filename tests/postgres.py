"""A real PostgreSQL for the tests: that of TEST_PG_URL, else a server of Debian's packages in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Engine, create_engine, make_url

_DEBIAN = Path("/usr/lib/postgresql")
#: The data is thrown away: nothing needs to reach the disk. What was committed outlives a restart of the server all
#: the same, so commits stay synchronous.
_OPTIONS = "-c fsync=off -c full_page_writes=off -c max_connections=60"


class NoPostgresError(Exception):
    """There is no server to be had here; the message says why."""


@contextmanager
def server() -> Iterator[URL]:
    """The URL of a server on which databases may be made; started and stopped here unless TEST_PG_URL names one."""
    given = os.environ.get("TEST_PG_URL")
    if given:
        yield make_url(given).set(drivername="postgresql+psycopg")
        return
    with own_server() as url:
        yield url


@contextmanager
def own_server() -> Iterator[URL]:
    """A server started and stopped here whatever TEST_PG_URL says: it may be restarted or killed."""
    programs, user = _programs(), _user()
    # Short: the path of a Unix socket has room for 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    try:
        shutil.chown(folder, user)
        folder.chmod(0o755)
        data = folder / "data"
        _run(user, programs / "initdb", "-D", data, "-U", "longlou", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = f"{_OPTIONS} -c listen_addresses= -k {folder}"
        _run(user, programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            query = {"host": str(folder)}
            yield URL.create("postgresql+psycopg", username="longlou", database="postgres", query=query)
        finally:
            _run(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def restart(server_url: URL) -> None:
    """Restart a server that `own_server` started: every connection breaks, as after a crash or an upgrade."""
    folder = Path(str(server_url.query["host"]))
    _run(
        _user(), _programs() / "pg_ctl", "-D", folder / "data", "-w", "-m", "immediate", "-l", folder / "log", "restart"
    )


@contextmanager
def database(server_url: URL, template: str | None = None) -> Iterator[str]:
    """A database of its own, empty or a copy of another, dropped afterwards; yields its URL as text."""
    name = f"longlou_test_{uuid4().hex[:12]}"
    admin = create_engine(server_url, isolation_level="AUTOCOMMIT")
    try:
        _execute(admin, f"CREATE DATABASE {name}{f' TEMPLATE {template}' if template else ''}")
        try:
            yield server_url.set(database=name).render_as_string(hide_password=False)
        finally:
            _execute(admin, f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        admin.dispose()


def _execute(engine: Engine, statement: str) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not folders:
        raise NoPostgresError("set TEST_PG_URL or install postgresql: no initdb on the path or in /usr/lib/postgresql")
    return folders[-1].parent


def _user() -> str:
    """The server refuses to run as root; Debian's package brings the user postgres."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid()).pw_name
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise NoPostgresError("the tests run as root and there is no user postgres: set TEST_PG_URL") from None


def _run(user: str, *command: str | Path) -> None:
    """Run as the user; an error of the program is the reason there is no server."""
    account = pwd.getpwnam(user)
    other = {} if os.getuid() != 0 else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    # Files, not pipes: the server inherits them and would keep a pipe open.
    with tempfile.TemporaryFile() as output:
        result = subprocess.run(command, stdout=output, stderr=output, cwd="/", check=False, **other)
        if result.returncode != 0:
            output.seek(0)
            raise NoPostgresError(f"{command[0]} failed: {output.read().decode(errors='replace').strip()}")
