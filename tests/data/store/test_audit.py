"""The audit only grows, and nobody can change it unnoticed."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from data.digests import spelled
from data.model import Judgement
from data.store import audit
from data.store.frames import live_judgements
from data.store.ledger import Statement, append_judgement
from data.store.session import Store
from data.store.tables import AUDIT
from tests.data.store.builders import AREA, NOW

_COLUMNS = "at, actor, action, subject, details, prev_hash, row_hash"


def _append(store: Store, n: int) -> None:
    with audit.changing(store) as connection:
        audit.append(connection, now=NOW, actor="王复核", action="noted", subject=f"item {n}", details={"n": n})


def _without_triggers(store: Store) -> None:
    """What somebody with the rights of an administrator can do."""
    with store.write() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER ALL"))
        else:
            for name in ("no_update", "no_delete", "no_replace"):
                connection.execute(text(f"DROP TRIGGER audit_{name}"))


_PLAIN: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}


def test_an_empty_chain_is_intact(store: Store) -> None:
    assert audit.verify_chain(store) == audit.AuditResult(0, "-", None)


def test_the_hash_is_the_documented_one_on_both_engines(store: Store) -> None:
    head = "-"
    for n in range(3):
        _append(store, n)
        row = [n + 1, "2016-06-17T02:00:00+00:00", "王复核", "noted", f"item {n}", f'{{"n":{n}}}']
        content = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        head = spelled(hashlib.sha256(f"{head}\n{content}".encode()).hexdigest())
    assert audit.verify_chain(store) == audit.AuditResult(3, head, None)


def test_a_chain_of_old_is_intact_and_goes_on(store: Store) -> None:
    """Its first row follows zeros, and hashes stand as they came."""
    head, names = "0" * 64, ("seq", "actor", "action", "subject", "details")
    with store.write() as connection:
        for n in range(12):
            row = dict(zip(names, (n + 1, "王复核", "noted", f"item {n}", f'{{"n":{n}}}'), strict=True))
            content = json.dumps([n + 1, "2016-06-17T02:00:00+00:00", *(row[name] for name in names[1:])], **_PLAIN)
            row_hash = hashlib.sha256(f"{head}\n{content}".encode()).hexdigest()
            connection.execute(insert(AUDIT).values(**row, at=NOW, prev_hash=head, row_hash=row_hash))
            head = row_hash
    assert audit.verify_chain(store) == audit.AuditResult(12, head, None)
    assert audit.verify_chain(store, "0" * 64).noted_at == 0
    _append(store, 12)
    assert audit.verify_chain(store, head) == audit.AuditResult(13, audit.verify_chain(store).head, None, 12)


@pytest.mark.parametrize(
    ("change", "first_broken"),
    [
        ("UPDATE audit SET actor = '李某' WHERE seq = 2", 2),
        ("UPDATE audit SET details = '{}' WHERE seq = 3", 3),
        ("UPDATE audit SET row_hash = prev_hash WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 1", 2),
        ("DELETE FROM audit WHERE seq = 3", 4),
        ("UPDATE audit SET seq = 9 WHERE seq = 4", 9),
        (f"INSERT INTO audit SELECT 5, {_COLUMNS} FROM audit WHERE seq = 4", 5),
    ],
)
def test_tampering_is_found(store: Store, change: str, first_broken: int) -> None:
    for n in range(4):
        _append(store, n)
    _without_triggers(store)
    with store.write() as connection:
        connection.execute(text(change))
    result = audit.verify_chain(store)
    assert not result.is_intact
    assert result.first_broken == first_broken


def test_a_moved_clock_is_found(store: Store) -> None:
    _append(store, 1)
    _without_triggers(store)
    with store.write() as connection:
        connection.execute(audit.AUDIT.update().values(at=NOW + timedelta(microseconds=1)))
    assert audit.verify_chain(store).first_broken == 1


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("judgements", "UPDATE judgements SET reviewer = 'x'"),
        ("judgements", "UPDATE judgements SET judgement = 'negative'"),
        ("judgements", "DELETE FROM judgements"),
        ("audit", "UPDATE audit SET actor = 'x'"),
        ("audit", "UPDATE audit SET seq = 7"),
        ("audit", "DELETE FROM audit WHERE seq = 1"),
    ],
)
def test_the_database_refuses_changes(store: Store, table: str, change: str) -> None:
    append_judgement(store, AREA, Statement("a", "b", Judgement.POSITIVE), "王复核", "", NOW)
    with pytest.raises(DBAPIError, match=f"{table} is append-only"), store.write() as connection:
        connection.execute(text(change))
    assert live_judgements(store, AREA)["judgement"].tolist() == ["positive"]
    assert audit.verify_chain(store).n_rows == 1


def test_truncate_and_replace_are_refused_too(store: Store) -> None:
    _append(store, 1)
    with store.read() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
    copied = "REPLACE INTO audit SELECT * FROM audit"
    with pytest.raises(DBAPIError, match="audit is append-only"), store.write() as connection:
        connection.execute(text(copied if is_sqlite else "TRUNCATE audit"))


def test_concurrent_writers_make_one_chain(store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: _append(store, n), range(24)))
    result = audit.verify_chain(store)
    assert result.is_intact
    assert result.n_rows == 24


def test_a_failed_change_leaves_no_row(store: Store) -> None:
    def fails() -> None:
        with audit.changing(store) as connection:
            audit.append(connection, now=NOW, actor="王复核", action="noted", subject="x", details={})
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        fails()
    assert audit.verify_chain(store).n_rows == 0


def test_a_noted_head_tells_a_chain_that_was_cut_and_grown_again(store: Store) -> None:
    assert audit.verify_chain(store, "0" * 64).noted_at == 0
    for n in range(3):
        _append(store, n)
    noted = audit.verify_chain(store)
    _append(store, 3)
    assert audit.verify_chain(store, noted.head).noted_at == 3
    _without_triggers(store)
    with store.write() as connection:
        connection.execute(text("DELETE FROM audit WHERE seq > 2"))
    for n in range(9, 12):
        _append(store, n)
    found = audit.verify_chain(store, noted.head)
    assert (found.is_intact, found.n_rows, found.noted_at) == (True, 5, None)
