"""The database as one file and back: SQLite by its own copy in one state, PostgreSQL by pg_dump and pg_restore."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, create_engine, inspect

from data.errors import ConfigError, LonglouError
from data.store.session import Store, parsed_url
from data.words import tr

_DEBIAN = Path("/usr/lib/postgresql")


def postgres_program(name: str) -> Path | None:
    """A program of PostgreSQL: on the path, else the newest of Debian's packages; None when there is none."""
    found = shutil.which(name)
    if found is not None and not Path(found).resolve().name.startswith("pg_wrapper"):
        return Path(found).resolve()
    newest = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return newest[-1] if newest else None


def copy_out(database: str, target: Path) -> None:
    """Write the whole database, as it is at one moment, into a new file; others go on working meanwhile.

    Raises LonglouError with what the program said, ConfigError without PostgreSQL's programs.
    """
    url = parsed_url(database)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(url.database))) as source:
            source.execute("VACUUM INTO ?", (str(target),))
        return
    _run("pg_dump", url, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def copy_in(source: Path, database: str) -> None:
    """Fill an empty database from such a file. Raises ConfigError when it is not empty, or of the other engine."""
    url = parsed_url(database)
    with source.open("rb") as file:
        is_sqlite = file.read(6) == b"SQLite"
    if is_sqlite is not (url.get_backend_name() == "sqlite"):
        raise ConfigError(
            tr("备份来自另一种数据库，不能直接恢复", "the backup comes from the other kind of database engine")
        )
    if not is_empty(database):
        raise ConfigError(tr("数据库不是空的，恢复前请另建一个", "the database is not empty: make a new one for this"))
    if is_sqlite:
        path = Path(str(url.database))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        shutil.copyfile(source, path)
        return
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    _run("pg_restore", url, *options, str(source))


def is_empty(database: str) -> bool:
    """Has the database no table yet? A SQLite file that is not there has none. Raises StoreUnavailable."""
    url = parsed_url(database)
    if url.get_backend_name() == "sqlite":
        path = Path(str(url.database))
        return not path.exists() or path.stat().st_size == 0
    with Store(create_engine(url)) as bare, bare.read() as connection:
        return not inspect(connection).get_table_names()


def _run(name: str, url: URL, *options: str) -> None:
    program = postgres_program(name)
    if program is None:
        raise ConfigError(tr(f"没有找到 {name}（apt-get install postgresql-client）", f"there is no {name}"))
    # The password goes by the environment: others can read the arguments of a process.
    target = url.set(drivername="postgresql", password=None).render_as_string()
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    done = subprocess.run(
        [program, f"--dbname={target}", *options], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise LonglouError(tr(f"{name} 失败：{last}", f"{name} failed: {last}"))
