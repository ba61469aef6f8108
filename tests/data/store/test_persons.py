"""Persons are minted once and never deleted: they retire, merge, split and come back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from data.store.persons import known_persons
from data.store.publish import PublishTables, publish
from data.store.session import Store
from data.store.tables import PERSONS
from tests.data.store.builders import AREA, NOW, handed, run


def _night(store: Store, number: int, of: dict[str, str]) -> dict[str, dict[str, Any]]:
    publish(store, run(f"run-{number}"), handed(of), NOW)
    with store.read() as connection:
        return {row["person_id"]: dict(row) for row in connection.execute(select(PERSONS)).mappings()}


def test_before_the_first_night(store: Store) -> None:
    known = known_persons(store, AREA)
    assert known.empty
    assert list(known.columns) == ["unique_id", "person_id", "minted_seq"]
    assert known["minted_seq"].dtype == "int64"


def test_age_is_the_order_of_minting(store: Store) -> None:
    _night(store, 1, {"a": "P9", "b": "P5"})
    book = _night(store, 2, {"a": "P9", "b": "P5", "c": "P1"})
    assert {key: row["minted_seq"] for key, row in book.items()} == {"P5": 1, "P9": 2, "P1": 3}
    assert book["P1"]["minted_run"] == "run-2"


def test_merge_split_retire_revive(store: Store) -> None:
    _night(store, 1, {"a": "P1", "b": "P1", "c": "P2", "d": "P3"})
    book = _night(store, 2, {"a": "P1", "b": "P4", "c": "P1"})
    assert (book["P2"]["retired_run"], book["P2"]["merged_into"]) == ("run-2", "P1")
    assert (book["P3"]["retired_run"], book["P3"]["merged_into"]) == ("run-2", None)
    assert (book["P4"]["split_from"], book["P1"]["split_from"]) == ("P1", None)
    book = _night(store, 3, {"a": "P1", "b": "P4", "c": "P2"})
    assert (book["P2"]["retired_run"], book["P2"]["merged_into"], book["P2"]["minted_seq"]) == (None, None, 2)
    assert book["P3"]["retired_run"] == "run-2"


def test_the_heir_is_who_took_most_then_the_smaller_id(store: Store) -> None:
    _night(store, 1, {"a": "P9", "b": "P9", "c": "P9", "d": "P8", "e": "P8"})
    book = _night(store, 2, {"a": "P2", "b": "P1", "c": "P2", "d": "P2", "e": "P1"})
    assert (book["P9"]["merged_into"], book["P8"]["merged_into"]) == ("P2", "P1")
    assert (book["P2"]["split_from"], book["P1"]["split_from"]) == ("P9", "P8")


def test_membership_follows_the_rosters(store: Store) -> None:
    assert _night(store, 1, {"a": "P1"})["P1"]["is_member"] is True
    tables = handed({"a": "P1"})
    publish(
        store, run("run-2"), PublishTables(**{**vars(tables), "persons": tables.persons.assign(is_member=False)}), NOW
    )
    with store.read() as connection:
        assert connection.execute(select(PERSONS.c.is_member)).scalar_one() is False
