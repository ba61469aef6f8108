"""What every test finds: its own var folder, no Prefect server, no telemetry, a fixed key, and both databases."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from sqlalchemy import URL, make_url

from data.store import users
from data.store.session import Store, open_store
from data.synthetic.generate import generate
from tests import postgres
from tests.county import AS_OF, without_engine
from tests.environment import VAR_DIR

settings.register_profile("longlou", max_examples=50, derandomize=True, database=None, deadline=None)
settings.load_profile("longlou")


#: A password is hashed slowly on purpose; half of the desk's tests would wait for nothing else.
users._HASHER = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


def pytest_unconfigure() -> None:
    shutil.rmtree(VAR_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """A command keeps our log to itself, and perhaps quiet: the next test finds it as it was."""
    log = logging.getLogger("longlou")
    found = (log.handlers[:], log.level, log.propagate)
    yield
    log.handlers, log.propagate = found[0], found[2]
    log.setLevel(found[1])


@pytest.fixture
def record_key() -> bytes:
    """The key of content hashes, the same in every test."""
    return b"longlou-tests-record-key-32bytes"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[URL]:
    """One server for the whole session. REQUIRE_PG=1 (CI) makes its absence a failure."""
    yield from _running(postgres.server())


@pytest.fixture
def own_postgres_server() -> Iterator[URL]:
    """One that no other test is connected to, and no other program: the test may restart it."""
    yield from _running(postgres.own_server())


def _running(started: AbstractContextManager[URL]) -> Iterator[URL]:
    try:
        url = started.__enter__()
    except postgres.NoPostgresError as error:
        reason = f"NOT TESTED ON POSTGRESQL: {error}"
        if os.environ.get("REQUIRE_PG") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    yield url
    started.__exit__(None, None, None)


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with all tables and no row: copied, it is there ten times as soon as migrated."""
    path = tmp_path_factory.mktemp("tables") / "longlou.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgres_tables(postgres_server: URL) -> Iterator[str]:
    """The same on PostgreSQL: name of the database that others are made from."""
    with postgres.database(postgres_server) as url:
        open_store(url).close()
        yield str(make_url(url).database)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of one's own, once on each engine: empty, or with its tables where the test opens it by `store`."""
    has_tables = "store" in request.fixturenames
    if request.param == "sqlite":
        path = tmp_path / "longlou.db"
        if has_tables:
            shutil.copyfile(request.getfixturevalue("sqlite_tables"), path)
            path.chmod(0o600)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("postgres_tables") if has_tables else None
    with postgres.database(request.getfixturevalue("postgres_server"), template) as url:
        yield url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An open store with its tables, once on each engine."""
    with open_store(store_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Source files and truth of a county a fiftieth of the real size; not to be written to."""
    folder = tmp_path_factory.mktemp("county") / "sources"
    generate("469005", folder, seed=5, scale=0.02, as_of=AS_OF)
    return folder


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefect's flows and tasks as plain functions."""
    without_engine(monkeypatch)
