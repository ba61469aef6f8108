"""Whose a record was is known after it is gone; nobody's records are forgotten."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import Judgement
from data.store.known_records import known_records, seen_records, short_hashes
from data.store.ledger import Statement, append_judgement
from data.store.publish import PublishTables, publish
from data.store.session import Store
from tests.data.store.builders import AREA, NOW, handed, run


def night(
    store: Store,
    number: int,
    of: dict[str, str],
    *,
    asked: tuple[str, ...] = (),
    edits: dict[str, str] | None = None,
    everybody: tuple[str, ...] | None = None,
) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Publish; unique_id -> (person_id, gone_run, successor)."""
    ids = [*of, *asked]
    tables = handed(of)
    told = PublishTables(
        **{
            **vars(tables),
            "known": pd.DataFrame({"unique_id": ids, "keys": [f"k-{one}" for one in ids]}, dtype=object),
            "successors": pd.DataFrame(
                list((edits or {}).items()), columns=["unique_id_was", "unique_id"], dtype=object
            ),
            "seen": short_hashes(pd.Series(everybody or tuple(ids), dtype=object)),
        }
    )
    publish(store, run(f"run-{number}"), told, NOW)
    return shown(store)


def shown(store: Store) -> dict[str, tuple[str | None, str | None, str | None]]:
    rows = known_records(store, AREA)[["unique_id", "person_id", "gone_run", "successor"]]
    return {row[0]: row[1:] for row in rows.itertuples(index=False, name=None)}


def test_before_the_first_night(store: Store) -> None:
    assert known_records(store, AREA).empty
    assert seen_records(store, AREA) is None


def test_gone_records_of_a_person_stay_and_come_back(store: Store) -> None:
    night(store, 1, {"a": "P1", "b": "P2"})
    assert night(store, 2, {"a": "P1"})["b"] == ("P2", "run-2", None)
    assert night(store, 3, {"a": "P1"})["b"] == ("P2", "run-2", None)
    assert night(store, 4, {"a": "P1", "b": "P2"})["b"] == ("P2", None, None)


def test_records_of_nobody_are_kept_only_while_asked_or_judged(store: Store) -> None:
    assert night(store, 1, {"a": "P1"}, asked=("x", "y"))["x"] == (None, None, None)
    append_judgement(store, AREA, Statement("a", "y", Judgement.NEGATIVE), "王复核", "", NOW)
    known = night(store, 2, {"a": "P1"}, everybody=("a", "x", "y"))
    assert known == {"a": ("P1", None, None), "y": (None, None, None)}
    assert night(store, 3, {"a": "P1"})["y"] == (None, "run-3", None)


def test_an_edited_record_is_forgotten_a_night_later(store: Store) -> None:
    night(store, 1, {"a": "P1"})
    assert night(store, 2, {"a2": "P1"}, edits={"a": "a2"}) == {"a": ("P1", "run-2", "a2"), "a2": ("P1", None, None)}
    assert set(night(store, 3, {"a2": "P1"})) == {"a2"}


def test_the_way_from_a_judged_record_to_what_it_became_is_never_lost(store: Store) -> None:
    night(store, 1, {"a": "P1", "b": "P2"})
    append_judgement(store, AREA, Statement("a", "b", Judgement.NEGATIVE), "王复核", "", NOW)
    for number, (was, now) in enumerate([("a", "a2"), ("a2", "a3"), ("a3", "a4")], start=2):
        known = night(store, number, {now: "P1", "b": "P2"}, edits={was: now})
    assert known["a"][2] == "a4"
    # Those between go, a night after they went.
    assert set(night(store, 5, {"a4": "P1", "b": "P2"})) == {"a", "a4", "b"}


def test_a_link_that_no_longer_holds_leaves_the_record_nobody_s(store: Store) -> None:
    night(store, 1, {"a": "P1", "e": "P1"})
    assert "e" not in night(store, 2, {"a": "P1"}, everybody=("a", "e"))


def test_keys_are_told_once(store: Store) -> None:
    night(store, 1, {"a": "P1"})
    silent = PublishTables(**{**vars(handed({"a": "P1", "b": "P1"})), "known": _keys("a", "b")})
    publish(store, run("run-2"), silent, NOW)
    assert known_records(store, AREA)["keys"].tolist() == ["k-a", ""]
    assert seen_records(store, AREA) is None


def _keys(*ids: str) -> pd.DataFrame:
    return pd.DataFrame({"unique_id": list(ids), "keys": None, "fields": None}, dtype=object)


def test_what_was_seen_is_the_last_night_s(store: Store) -> None:
    night(store, 1, {"a": "P1"}, everybody=("a", "x"))
    night(store, 2, {"a": "P1"}, everybody=("a", "z"))
    seen = seen_records(store, AREA)
    assert seen is not None
    assert np.isin(short_hashes(pd.Series(["a", "x", "z"], dtype=object)), seen).tolist() == [True, False, True]


def test_many_changes_write_the_book_anew_with_the_same_result(store: Store) -> None:
    first = {f"r{i}": f"P{i}" for i in range(6)}
    second = {f"r{i}": f"P{i + 1}" for i in range(3, 6)}
    night(store, 1, first)
    known = night(store, 2, second)
    assert {one: row[0] for one, row in known.items() if row[1] is None} == second
    assert {one for one, row in known.items() if row[1] == "run-2"} == {"r0", "r1", "r2"}
