"""A PostgreSQL of our own for Prefect's server, from the programs of this machine: on SQLite it answers 503 at times.

It listens on a socket in a private folder, nowhere else.
"""

from __future__ import annotations

import logging
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from data.errors import ConfigError, LonglouError
from data.words import tr

log = logging.getLogger("longlou.serve")
_DEBIAN = Path("/usr/lib/postgresql")
_NAME = "prefect"
#: As root the server does not start: Debian's package brings this user.
_SERVER_USER = "postgres"


@contextmanager
def own_postgres(home: Path) -> Iterator[str]:
    """URL of the database `prefect` in a server started here and stopped at the end.

    Without PostgreSQL's programs: SQLite under `home`, with a warning; good for trying, not for a bureau.
    """
    programs, user = _programs(), _user()
    if programs is None or user is None:
        log.warning(
            tr(
                "没有找到 PostgreSQL，调度服务改用 SQLite：只适合试用（apt-get install postgresql）",
                "no PostgreSQL found: the scheduler runs on SQLite, good for trying only (apt-get install postgresql)",
            )
        )
        yield f"sqlite+aiosqlite:///{home / 'prefect.db'}"
        return
    # Short: the path of a socket has room for 107 bytes.
    socket = Path(tempfile.mkdtemp(prefix="longlou-pg-", dir="/tmp"))
    data = home / "postgres"
    try:
        _prepare(programs / "initdb", user, data, socket)
        if (data / "postmaster.pid").exists() and _is_running(programs / "pg_ctl", user, data):
            # Whoever started it was killed: we hold the lock of this folder, nobody else uses it.
            _run(user, programs / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")
        options = f"-c listen_addresses= -c unix_socket_permissions=0700 -k {socket}"
        _run(user, programs / "pg_ctl", "-D", data, "-w", "-t", "60", "-l", data / "server.log", "-o", options, "start")
        try:
            _make_database(user, socket)
            yield f"postgresql+asyncpg://{user}@/{_NAME}?host={quote(str(socket))}"
        finally:
            _run(user, programs / "pg_ctl", "-D", data, "-m", "fast", "-w", "stop")
    finally:
        shutil.rmtree(socket, ignore_errors=True)


def _prepare(initdb: Path, user: str, data: Path, socket: Path) -> None:
    home = data.parent
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.getuid() == 0:
        shutil.chown(socket, user)
        # The server's user has to get through to its own folder; it can list nothing on the way.
        for folder in (home, home.parent):
            folder.chmod(folder.stat().st_mode | 0o011)
        _refuse_closed(home.parent.parent)
        data.mkdir(exist_ok=True, mode=0o700)
        shutil.chown(data, user)
    if not (data / "PG_VERSION").exists():
        _run(user, initdb, "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C")


def _refuse_closed(folder: Path) -> None:
    """As root the database runs under another user, who may not be able to get to `var_dir` at all."""
    for place in (folder, *folder.parents):
        if not place.stat().st_mode & 0o001:
            raise ConfigError(
                tr(
                    f"用户 {_SERVER_USER} 进不了 {place}：请用普通用户运行，或改 var_dir，或设 prefect_database_url",
                    f"user {_SERVER_USER} cannot enter {place}: run as a user of its own, put var_dir elsewhere, or "
                    "set prefect_database_url",
                )
            )


def _is_running(pg_ctl: Path, user: str, data: Path) -> bool:
    try:
        _run(user, pg_ctl, "-D", data, "status")
    except LonglouError:
        return False
    return True


def _make_database(user: str, socket: Path) -> None:
    # Only this needs the driver at once; every command imports this module.
    import psycopg
    from psycopg import sql

    with psycopg.connect(host=str(socket), user=user, dbname="postgres", autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_NAME]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_NAME)))


def _programs() -> Path | None:
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    folders = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return folders[-1].parent if folders else None


def _user() -> str | None:
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid()).pw_name
    return _SERVER_USER if any(entry.pw_name == _SERVER_USER for entry in pwd.getpwall()) else None


def _run(user: str, *command: str | Path) -> str:
    """Run a program as the user; its standard output. LonglouError with its last line when it fails."""
    account = pwd.getpwnam(user)
    other = {} if os.getuid() != 0 else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    # A file, not a pipe: the server inherits it and would keep a pipe open.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, stdout=output, stderr=output, cwd="/", check=False, **other)  # type: ignore[call-overload]
        output.seek(0)
        text = output.read().decode(errors="replace")
    if done.returncode != 0:
        last = (text.strip().splitlines() or ["?"])[-1]
        program = Path(command[0]).name
        raise LonglouError(tr(f"{program} 失败：{last}", f"{program} failed: {last}"))
    return text
