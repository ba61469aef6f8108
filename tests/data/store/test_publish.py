"""A night is published whole or not at all, and replaces the night before."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from types import ModuleType

import pandas as pd
import pytest
from sqlalchemy import Table, select

from data.errors import InvalidTransition
from data.model import RunState
from data.store import audit, publish, tables
from data.store.frames import read_frame
from data.store.persons import known_persons
from data.store.publish import PublishError, PublishTables
from data.store.runs import current_run, fail_run, list_runs, start_run
from data.store.session import Store
from tests.data.store.builders import AREA, NOW, candidate, finding, handed, item, persons, queue, run

PUBLISHED = (tables.PERSONS, tables.LINKS, tables.CLASSIFICATIONS, tables.FINDINGS, tables.QUEUE_ITEMS, tables.AUDIT)


def _content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as connection:
        return {t.name: sorted(map(tuple, connection.execute(select(t))), key=str) for t in (*PUBLISHED, tables.RUNS)}


def _frame(store: Store, table: Table) -> pd.DataFrame:
    with store.read() as connection:
        return read_frame(connection, select(table))


def test_publish_shows_the_run(store: Store) -> None:
    start_run(store, run())
    night = handed(found=(finding(),), asked=(item("q1", candidate("z")),), classes={"P1": "lost", "P2": "normal"})
    done = publish.publish(store, run(), night, NOW)
    assert (done.n_persons, done.n_minted, done.n_links, done.findings.n_new, done.queue.n_new) == (2, 2, 3, 1, 1)
    known = known_persons(store, AREA)
    assert known.to_dict("list") == {
        "unique_id": ["a", "b", "c"],
        "person_id": ["P1", "P1", "P2"],
        "minted_seq": [1, 1, 2],
    }
    found = current_run(store, AREA)
    assert found is not None
    assert (found.run_id, found.state, found.ended_at) == ("run-1", RunState.PUBLISHED, NOW)
    assert (found.as_of, found.sources, found.counts) == (run().as_of, {"roster": "d1"}, {"records": 3})
    classes = _frame(store, tables.CLASSIFICATIONS).set_index("person_id")["primary_class"]
    assert classes.to_dict() == {"P1": "lost", "P2": "normal"}
    assert audit.verify_chain(store).n_rows == 2


def test_the_next_night_replaces_the_last_and_other_books_stay(store: Store) -> None:
    publish.publish(store, run("county"), handed(), NOW)
    publish.publish(store, run("province", "46"), handed({"x": "P9"}), NOW)
    publish.publish(store, run("county-2"), handed({"a": "P1", "d": "P3"}), NOW)
    links = _frame(store, tables.LINKS)
    assert sorted(zip(links["run_area"], links["unique_id"], links["person_id"], strict=True)) == [
        ("46", "x", "P9"),
        (AREA, "a", "P1"),
        (AREA, "d", "P3"),
    ]
    classes = _frame(store, tables.CLASSIFICATIONS)
    assert sorted(zip(classes["run_area"], classes["person_id"], strict=True)) == [
        ("46", "P9"),
        (AREA, "P1"),
        (AREA, "P3"),
    ]


@pytest.mark.parametrize(
    ("owner", "at", "n_done"),
    [
        (publish, "update_persons", 1),
        (publish, "renew", 1),
        (publish, "renew", 2),
        (publish, "merge_rows", 1),
        (publish, "merge_rows", 2),
        (publish, "finish_run", 1),
        (audit, "append", 1),
    ],
)
def test_a_failure_in_the_middle_leaves_the_night_before(
    store: Store, monkeypatch: pytest.MonkeyPatch, owner: ModuleType, at: str, n_done: int
) -> None:
    publish.publish(store, run(), handed(found=(finding(),), asked=(item("q1", candidate("z")),)), NOW)
    before = _content(store)
    monkeypatch.setattr(owner, at, _failing(getattr(owner, at), n_done))
    night = handed({"a": "P1", "d": "P3"}, found=(finding("f2"),), asked=(item("q2", candidate("d")),))
    with pytest.raises(RuntimeError, match="power cut"):
        publish.publish(store, run("run-2"), night, NOW)
    assert _content(store) == before
    monkeypatch.undo()
    publish.publish(store, run("run-2"), night, NOW)
    assert _content(store) != before


def _failing(real: Callable[..., object], n_done: int) -> Callable[..., object]:
    """Like `real`, but the power fails right after its n-th call."""
    calls = itertools.count(1)

    def fail(*args: object, **named: object) -> object:
        result = real(*args, **named)
        if next(calls) == n_done:
            raise RuntimeError("power cut")
        return result

    return fail


def _with(night: PublishTables, **changed: pd.DataFrame) -> PublishTables:
    return PublishTables(**{**vars(night), **changed})


@pytest.mark.parametrize(
    ("night", "table"),
    [
        (_with(handed(), persons=persons("P1")), "links"),
        (_with(handed(), persons=persons("P1", "P1", "P2")), "persons"),
        (_with(handed(), persons=persons("P1", "P2", "P3")), "persons"),
        (handed({"a": "P1"}, classes={"P1": "normal", "P7": "lost"}), "classifications"),
        (handed(found=(finding(person_id="P7"),)), "findings"),
        (handed(asked=(item(person_id="P7"),)), "queue"),
    ],
)
def test_a_person_nobody_asserted_never_reaches_the_store(store: Store, night: PublishTables, table: str) -> None:
    with pytest.raises(PublishError) as caught:
        publish.publish(store, run(), night, NOW)
    assert caught.value.table == table
    assert all(not rows for rows in _content(store).values())


def test_numbers_are_masked_at_the_door(store: Store) -> None:
    id_no, mobile = "11010519491231002X", "13800001234"
    shown = {"name": "王小明", "id": id_no, "mobile": 13800001234}
    night = handed(
        found=(finding(message=f"证号{id_no}不符", evidence=f'{{"id_no":"{id_no}"}}'),),
        asked=(item("q1", candidate("z", shown=shown), reason=f"电话 {mobile}"),),
    )
    done = publish.publish(store, run(), night, NOW)
    assert done.n_masked == 4
    dump = str(_content(store))
    assert id_no not in dump
    assert mobile not in dump
    assert "110105********002X" in dump
    assert "138****1234" in dump


def test_queue_without_shown_is_accepted(store: Store) -> None:
    plain = queue(item("q1", candidate("z"))).drop(columns="shown")
    publish.publish(store, run(), _with(handed(), queue=plain), NOW)
    assert _frame(store, tables.QUEUE_ITEMS)["shown"].tolist() == [None]


def test_runs_move_only_forward(store: Store) -> None:
    start_run(store, run("run-1"))
    with pytest.raises(InvalidTransition):
        start_run(store, run("run-1"))
    fail_run(store, "run-1", "来源不可用", NOW)
    with pytest.raises(InvalidTransition):
        publish.publish(store, run("run-1"), handed(), NOW)
    with pytest.raises(InvalidTransition):
        fail_run(store, "run-0", "no such run", NOW)
    assert [found.state for found in list_runs(store, AREA)] == [RunState.FAILED]
    assert current_run(store, AREA) is None
    assert list_runs(store, "46") == []
