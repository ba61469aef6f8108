"""A store of the first revision, dumped with its rows when it was current, comes up to date with nothing lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
from sqlalchemy import make_url, select

from data.model import Judgement, QueueState, RunState
from data.store import audit, migrate, tables
from data.store.frames import live_judgements
from data.store.publish import publish
from data.store.runs import current_run, list_runs
from data.store.session import Store, open_store
from data.store.transitions import FindingState
from tests.data.store.builders import AREA, NOW, handed, run

_SNAPSHOTS = Path(__file__).parent / "snapshots"


def _load(url: str) -> None:
    """The dump into an empty database, by the driver: as the older program left it, not as this one would."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(parsed.database))) as database:
            database.executescript((_SNAPSHOTS / "revision_0001_sqlite.sql").read_text(encoding="utf-8"))
        return
    plain = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as database:
        database.execute((_SNAPSHOTS / "revision_0001_postgresql.sql").read_text(encoding="utf-8").encode())


def _check(store: Store) -> None:
    assert [(one.run_id, one.state, dict(one.retention)) for one in list_runs(store, AREA)] == [
        ("469005-2", RunState.FAILED, {}),
        ("469005-1", RunState.PUBLISHED, {}),
    ]
    with store.read() as connection:
        finding = connection.execute(select(tables.FINDINGS)).mappings().one()
        item = connection.execute(select(tables.QUEUE_ITEMS)).mappings().one()
        persons = connection.execute(select(tables.PERSONS.c.person_id, tables.PERSONS.c.merged_into)).all()
    assert (finding["state"], finding["decided_by"], finding["decision_reason"]) == (
        FindingState.UPHELD,
        "li.wei",
        "核对原件",
    )
    assert (item["state"], item["choice"], item["township"]) == (QueueState.DECIDED, "none", "龙楼镇")
    assert sorted(map(tuple, persons)) == [("P1", None), ("P2", "P1")]
    assert live_judgements(store, AREA).to_dict("records") == [
        {"unique_id_l": "a", "unique_id_r": "z", "judgement": Judgement.NEGATIVE}
    ]
    chain = audit.verify_chain(store)
    assert (chain.n_rows, chain.is_intact) == (2, True)


def test_the_first_revision_comes_up_to_date(store_url: str) -> None:
    _load(store_url)
    with open_store(store_url) as store:
        with store.read() as connection:
            assert migrate.revision(connection) == migrate.head()
        _check(store)
        publish(store, run("469005-3"), handed(), NOW)
        shown = current_run(store, AREA)
        assert shown is not None
        assert shown.run_id == "469005-3"


def test_and_back_again(store_url: str) -> None:
    _load(store_url)
    with open_store(store_url) as store:
        with store.write() as connection:
            migrate.downgrade(connection, "0001")
        with store.write() as connection:
            migrate.upgrade(connection)
        _check(store)
