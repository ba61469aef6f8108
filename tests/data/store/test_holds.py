"""A held run changes nothing that anybody reads; a person publishes or discards it, or the next night does away with it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from sqlalchemy import select

from data.errors import ConfigError, InvalidTransition
from data.model import RunState
from data.store import audit, tables
from data.store.holds import SUPERSEDED, discard_run, held_run, hold_run
from data.store.keyring import Keyring, new_keyring
from data.store.publish import NewerNight, PublishTables, Ready, Terms, checked, publish
from data.store.runs import KILLED, close_killed, current_run, get_run, list_runs, start_run
from data.store.sealed import find, has_sealed
from data.store.sealing import ClearValues
from data.store.session import Store
from tests.data.store.builders import AREA, NOW, finding, handed, run

MOBILE = "14200001111"


def _with_numbers(night: PublishTables, keyring: Keyring, *unique_ids: str) -> PublishTables:
    values = pd.DataFrame({"unique_id": list(unique_ids), "id_no": None, "mobile": MOBILE}, dtype=object)
    return replace(night, clear=ClearValues(values, keyring))


def _links(store: Store) -> list[tuple[str, str]]:
    query = select(tables.LINKS.c.unique_id, tables.LINKS.c.person_id).order_by(tables.LINKS.c.unique_id)
    with store.read() as connection:
        return [(row.unique_id, row.person_id) for row in connection.execute(query)]


def _held(store: Store, keyring: Keyring, run_id: str = "run-2") -> Ready:
    """One night published and another held, of which only the values are in the store."""
    publish(store, run("run-1"), _with_numbers(handed(), keyring, "a"), NOW)
    started = replace(run(run_id), built_on="run-1")
    start_run(store, started)
    ready = checked(_with_numbers(handed({"a": "P1", "d": "P3"}), keyring, "a", "d"))
    hold_run(store, replace(started, archive="f" * 64), ["来源“x”由 9 行变为 1 行"], ready.tables.clear, NOW)
    return ready


def test_a_held_run_changes_nothing(store: Store) -> None:
    keyring = new_keyring()
    _held(store, keyring)
    assert _links(store) == [("a", "P1"), ("b", "P1"), ("c", "P2")]
    assert find(store, keyring, AREA, "mobile", MOBILE) == ["a"]
    shown, held = current_run(store, AREA), held_run(store, "run-2")
    assert shown is not None
    assert shown.run_id == "run-1"
    assert (held.reason, held.archive, held.built_on) == ("来源“x”由 9 行变为 1 行", "f" * 64, "run-1")
    assert audit.verify_chain(store).is_intact


def test_a_named_person_publishes_it(store: Store) -> None:
    keyring = new_keyring()
    ready = _held(store, keyring)
    again = Ready.of(ready.frames())
    publish(store, held_run(store, "run-2"), again, NOW, Terms(("run-1",), "li.wei", "核实过"))
    assert _links(store) == [("a", "P1"), ("d", "P3")]
    assert find(store, keyring, AREA, "mobile", MOBILE) == ["a", "d"]
    found = get_run(store, "run-2")
    assert (found.state, found.decided_by, found.reason) == (RunState.PUBLISHED, "li.wei", "核实过")
    with pytest.raises(InvalidTransition):
        held_run(store, "run-2")


def test_a_named_person_discards_it(store: Store) -> None:
    _held(store, new_keyring())
    for by, reason in (("longlou", "x"), ("", "x"), ("li.wei", " ")):
        with pytest.raises(ConfigError):
            discard_run(store, "run-2", by, reason, NOW)
    discard_run(store, "run-2", "li.wei", "文件没传全", NOW)
    found = get_run(store, "run-2")
    assert (found.state, found.decided_by, found.reason) == (RunState.DISCARDED, "li.wei", "文件没传全")
    with pytest.raises(InvalidTransition):
        discard_run(store, "run-2", "li.wei", "again", NOW)
    with pytest.raises(InvalidTransition):
        discard_run(store, "run-1", "li.wei", "published", NOW)


def test_the_next_night_does_away_with_it(store: Store) -> None:
    keyring = new_keyring()
    ready = _held(store, keyring)
    publish(store, run("run-3"), handed({"a": "P1"}), NOW, Terms(("run-1",)))
    found = get_run(store, "run-2")
    assert (found.state, found.decided_by, found.reason) == (RunState.DISCARDED, None, SUPERSEDED)
    with pytest.raises(NewerNight, match="run-2"):
        publish(store, replace(found, state=RunState.HELD), ready, NOW, Terms(("run-1",), "li.wei", "x"))
    assert _links(store) == [("a", "P1")]
    publish(store, run("run-4"), handed({"a": "P1"}), NOW)
    assert not has_sealed(store)


def test_a_second_held_run_takes_the_place_of_the_first(store: Store) -> None:
    _held(store, new_keyring())
    start_run(store, run("run-3"))
    hold_run(store, run("run-3"), ["又少了"], None, NOW)
    states = {found.run_id: found.state for found in list_runs(store, AREA)}
    assert states == {"run-1": RunState.PUBLISHED, "run-2": RunState.DISCARDED, "run-3": RunState.HELD}


def test_a_rollback_brings_values_and_rows_back_and_leaves_decisions(store: Store) -> None:
    keyring = new_keyring()
    first = checked(_with_numbers(handed(found=(finding(),)), keyring, "a", "b"))
    publish(store, run("run-1"), first, NOW)
    publish(store, run("run-2"), _with_numbers(handed({"a": "P1"}), keyring, "a"), NOW)
    assert find(store, keyring, AREA, "mobile", MOBILE) == ["a"]
    again = replace(run("run-3"), republishes="run-1", built_on="run-2")
    terms = Terms(("run-2",), "li.wei", "连错", rolls_back="run-2")
    publish(store, again, Ready.of(first.frames()), NOW, terms)
    assert _links(store) == [("a", "P1"), ("b", "P1"), ("c", "P2")]
    assert find(store, keyring, AREA, "mobile", MOBILE) == ["a", "b"]
    shown, gone = current_run(store, AREA), get_run(store, "run-2")
    assert shown is not None
    assert (shown.run_id, shown.republishes) == ("run-3", "run-1")
    assert (gone.state, gone.decided_by, gone.reason) == (RunState.ROLLED_BACK, "li.wei", "连错")


def test_killed_runs_are_noted_by_area(store: Store) -> None:
    for run_id, area in (("run-1", AREA), ("run-2", AREA), ("run-3", "46")):
        start_run(store, run(run_id, area))
    assert close_killed(store, AREA, NOW) == ["run-1", "run-2"]
    assert close_killed(store, AREA, NOW) == []
    found = get_run(store, "run-1")
    assert (found.state, found.reason, found.ended_at) == (RunState.FAILED, KILLED, NOW)
    assert get_run(store, "run-3").state is RunState.STARTED
