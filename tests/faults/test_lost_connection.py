"""The database goes away in the middle of publishing: the night before stands, a second try publishes, once."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import create_engine, select, text

from data.errors import StoreUnavailable
from data.model import RunState
from data.store import audit, publish, tables
from data.store.runs import current_run, start_run
from data.store.session import Store, open_store
from flows import tasks
from tests.data.store.builders import AREA, NOW, finding, handed, run

pytestmark = pytest.mark.postgres


@pytest.fixture
def store_url(request: pytest.FixtureRequest) -> Any:
    from tests import postgres

    with postgres.database(request.getfixturevalue("postgres_server")) as url:
        yield url


def _cut_off(store_url: str) -> None:
    """End every connection to the database, as an administrator or a failing network would."""
    engine = create_engine(store_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
    engine.dispose()


def _links(store: Store) -> list[str]:
    with store.read() as connection:
        return sorted(connection.execute(select(tables.LINKS.c.unique_id)).scalars())


@pytest.mark.parametrize("at", ["update_persons", "renew", "merge_rows", "finish_run", "audit"])
def test_lost_in_the_middle(store_url: str, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    with open_store(store_url) as store:
        publish.publish(store, run(), handed(found=(finding(),)), NOW)
        start_run(store, run("run-2"))
        night = handed({"a": "P1", "d": "P3"}, found=(finding("f2"),))
        owner, name = (audit, "append") if at == "audit" else (publish, at)
        real = getattr(owner, name)
        cuts: list[str] = []

        def lose(*arguments: Any, **named: Any) -> Any:
            result = real(*arguments, **named)
            if not cuts:
                cuts.append(at)
                _cut_off(store_url)
            return result

        monkeypatch.setattr(owner, name, lose)
        with pytest.raises(StoreUnavailable):
            publish.publish(store, run("run-2"), night, NOW)
        assert cuts == [at]
        assert _links(store) == ["a", "b", "c"]
        publish.publish(store, run("run-2"), night, NOW)
        assert _links(store) == ["a", "d"]
        assert audit.verify_chain(store).is_intact


def test_lost_after_the_commit_is_not_published_twice(store_url: str) -> None:
    """The task is tried again because nobody told it that the commit went through."""
    with open_store(store_url) as store:
        start_run(store, run())
        ready = publish.checked(handed())
        tasks.publish_run.fn(store, run(), ready, publish.Terms((None,)))
        tasks.publish_run.fn(store, run(), ready, publish.Terms((None,)))
        shown = current_run(store, AREA)
        assert shown is not None
        assert shown.state is RunState.PUBLISHED
        with store.read() as connection:
            actions = list(connection.execute(select(tables.AUDIT.c.action)).scalars())
        assert actions.count("published") == 1
