"""A decision stands while its question is the same; a changed question reopens; nothing decided is deleted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import select

from data.model import QueueState
from data.store import audit, findings, queue
from data.store.merge import Merged
from data.store.publish import Published, publish
from data.store.session import Store
from data.store.tables import FINDINGS, QUEUE_ITEMS
from data.store.transitions import FindingState
from tests.data.store.builders import AREA, NOW, candidate, finding, handed, item, run


def _night(store: Store, number: int, *rows: Mapping[str, Any], kind: str = "queue") -> Published:
    night = handed(asked=rows) if kind == "queue" else handed(found=rows)
    return publish(store, run(f"run-{number}"), night, NOW)


def _decide(store: Store, item_id: str = "q1") -> None:
    with audit.changing(store) as connection:
        asked = queue.item_for_change(connection, AREA, item_id)
        queue.decide(connection, asked, "1", "王复核", "同一人", NOW)


def _uphold(store: Store) -> None:
    with audit.changing(store) as connection:
        findings.decide(connection, AREA, "f1", FindingState.UPHELD, "王复核", "已核实", NOW)


def _item(store: Store, item_id: str = "q1") -> Mapping[str, Any]:
    with store.read() as connection:
        return dict(connection.execute(select(QUEUE_ITEMS).where(QUEUE_ITEMS.c.item_id == item_id)).mappings().one())


def _finding(store: Store) -> Mapping[str, Any]:
    with store.read() as connection:
        return dict(connection.execute(select(FINDINGS)).mappings().one())


def test_an_equal_rerun_changes_nothing(store: Store) -> None:
    asked = item("q1", candidate("z")), item("q2", candidate("y"))
    _night(store, 1, *asked)
    _decide(store)
    before = _item(store), _item(store, "q2")
    done = _night(store, 2, *reversed(asked))
    assert done.queue == Merged(n_new=0, n_kept=2, n_withdrawn=0, reopened=())
    assert (_item(store), _item(store, "q2")) == before


@pytest.mark.parametrize(
    "recomputed",
    [
        item("q1", candidate("z", weight=3.7, probability=0.91, match_key="~姓名")),
        item("q1", candidate("z", shown={"name": "王小明", "source_file": "other.xlsx"})),
        item("q1", candidate("z"), priority=7, reason="1 possible record", person_id="P2"),
    ],
)
def test_what_a_night_recomputes_does_not_reopen(store: Store, recomputed: Mapping[str, Any]) -> None:
    _night(store, 1, item("q1", candidate("z")))
    _decide(store)
    before = _item(store)
    assert _night(store, 2, recomputed).queue.reopened == ()
    assert _item(store) == before


def test_an_undecided_item_shows_the_newest(store: Store) -> None:
    _night(store, 1, item("q1", candidate("z")))
    _night(store, 2, item("q1", candidate("z", weight=9.0), priority=900))
    found = _item(store)
    assert (found["priority"], found["version"], found["first_run_id"]) == (900, 1, "run-1")
    assert '"weight": 9.0' in found["candidates"]


def test_another_candidate_reopens(store: Store) -> None:
    _night(store, 1, item("q1", candidate("z")))
    _decide(store)
    done = _night(store, 2, item("q1", candidate("z"), candidate("x")))
    assert done.queue.reopened == ("q1",)
    found = _item(store)
    assert (found["state"], found["version"], found["decided_by"], found["choice"]) == (QueueState.OPEN, 2, None, None)
    with store.read() as connection:
        rows = connection.execute(select(audit.AUDIT.c.action, audit.AUDIT.c.details).order_by(audit.AUDIT.c.seq)).all()
    assert [action for action, _ in rows] == ["published", "item decided", "published"]
    assert '"reopened":["q1"]' in rows[-1].details


def test_an_open_item_no_longer_asked_is_withdrawn_and_can_come_again(store: Store) -> None:
    _night(store, 1, item("q1", candidate("z")))
    assert _night(store, 2).queue.n_withdrawn == 1
    assert (_item(store)["state"], _item(store)["is_current"]) == (QueueState.WITHDRAWN, False)
    assert _night(store, 3).queue.n_withdrawn == 0
    _night(store, 4, item("q1", candidate("z")))
    found = _item(store)
    assert (found["state"], found["is_current"], found["version"]) == (QueueState.OPEN, True, 2)


def test_a_decided_item_no_longer_asked_stays_decided(store: Store) -> None:
    _night(store, 1, item("q1", candidate("z")))
    _decide(store)
    _night(store, 2)
    assert (_item(store)["state"], _item(store)["is_current"]) == (QueueState.DECIDED, False)
    _night(store, 3, item("q1", candidate("z")))
    assert (_item(store)["state"], _item(store)["is_current"]) == (QueueState.DECIDED, True)


def test_a_finding_stands_until_its_evidence_changes(store: Store) -> None:
    _night(store, 1, finding(), kind="findings")
    _uphold(store)
    _night(store, 2, finding(message="worded anew"), kind="findings")
    assert (_finding(store)["state"], _finding(store)["message"]) == (FindingState.UPHELD, "已去世")
    _night(store, 3, kind="findings")
    assert (_finding(store)["state"], _finding(store)["is_current"]) == (FindingState.UPHELD, False)
    done = _night(store, 4, finding(evidence='{"decided_on":"2015-02-02"}'), kind="findings")
    assert done.findings.reopened == ("f1",)
    found = _finding(store)
    assert (found["state"], found["decided_by"], found["version"]) == (FindingState.PROPOSED, None, 2)


def test_a_false_entry_item_follows_its_findings_and_a_class_item_its_class(store: Store) -> None:
    strike = item("q1", kind="false_entry", candidates="[]")
    classed = item("q2", kind="classification", candidates="[]")

    def night(number: int, evidence: str, name: str) -> Published:
        found = (finding(evidence=evidence), finding("f2", is_false_entry=False, evidence=f"{number}"))
        tables = handed(found=found, asked=(strike, classed), classes={"P1": name, "P2": "normal"})
        return publish(store, run(f"run-{number}"), tables, NOW)

    night(1, "{}", "lost")
    _decide(store, "q1")
    _decide(store, "q2")
    assert night(2, "{}", "lost").queue.reopened == ()
    assert night(3, '{"n":1}', "lost").queue.reopened == ("q1",)
    assert night(4, '{"n":1}', "pocket").queue.reopened == ("q2",)


def test_an_empty_night_of_empty_tables(store: Store) -> None:
    done = publish(store, run(), handed({}), NOW)
    assert (done.n_persons, done.queue, done.findings) == (0, Merged(0, 0, 0, ()), Merged(0, 0, 0, ()))
    assert _night(store, 2, item("q1", candidate("z"))).queue.n_new == 1
