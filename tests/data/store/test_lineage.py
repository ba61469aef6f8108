"""What became of persons is told once, and everybody affected is named."""

from __future__ import annotations

import pandas as pd
import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from data.store.lineage import person_changes, person_lineage
from data.store.publish import PublishTables, publish
from data.store.session import Store
from data.store.tables_persons import PERSON_CHANGES, PERSON_LINEAGE
from tests.data.store.builders import AREA, NOW, handed, run

Row = tuple[object, ...]


def night(
    store: Store,
    number: int,
    of: dict[str, str],
    classes: dict[str, str] | None = None,
    edits: dict[str, str] | None = None,
) -> tuple[list[Row], list[Row]]:
    """Publish; lineage (kind, from, to, n) and changes (person, kind, before, after, n) of the run."""
    edited = pd.DataFrame(list((edits or {}).items()), columns=["unique_id_was", "unique_id"], dtype=object)
    tables = PublishTables(**{**vars(handed(of, classes=classes)), "successors": edited})
    publish(store, run(f"run-{number}"), tables, NOW)
    found = (person_lineage(store, AREA, f"run-{number}"), person_changes(store, AREA, f"run-{number}"))
    return tuple([tuple(row) for row in frame.itertuples(index=False)] for frame in found)  # type: ignore[return-value]


def test_the_first_night_is_all_new(store: Store) -> None:
    lineage, changes = night(store, 1, {"a": "P1", "b": "P1", "c": "P2"})
    assert lineage == []
    assert changes == [("P1", "new", None, None, 2), ("P2", "new", None, None, 1)]


def test_a_quiet_night_says_nothing(store: Store) -> None:
    night(store, 1, {"a": "P1"})
    assert night(store, 2, {"a": "P1"}) == ([], [])


def test_merge_split_move_retire_revive(store: Store) -> None:
    night(store, 1, {"a": "P1", "b": "P1", "c": "P2", "d": "P3", "e": "P4", "f": "P4"})
    lineage, changes = night(store, 2, {"a": "P1", "b": "P5", "c": "P1", "e": "P4", "f": "P1"})
    assert lineage == [
        ("merged", "P2", "P1", 1),
        ("moved", "P4", "P1", 1),
        ("retired", "P3", None, 1),
        ("split", "P1", "P5", 1),
    ]
    assert changes == [
        ("P1", "merged", "P2", "P1", 1),
        ("P1", "moved", "P4", "P1", 1),
        ("P1", "split", "P1", "P5", 1),
        ("P2", "merged", "P2", "P1", 1),
        ("P3", "gone", None, None, 1),
        ("P4", "moved", "P4", "P1", 1),
        ("P5", "split", "P1", "P5", 1),
    ]
    lineage, changes = night(store, 3, {"a": "P1", "b": "P5", "c": "P1", "e": "P4", "f": "P1", "d": "P3"})
    assert lineage == [("revived", None, "P3", 1)]
    assert changes == [("P3", "revived", None, None, 1)]


def test_records_added_removed_and_edited(store: Store) -> None:
    night(store, 1, {"a": "P1", "b": "P1", "c": "P2"})
    lineage, changes = night(store, 2, {"a2": "P1", "d": "P1", "c": "P2"}, edits={"a": "a2"})
    assert lineage == []
    # a was edited, b is gone, d is new.
    assert changes == [("P1", "records", None, None, 3)]


def test_an_edited_record_that_changed_persons_moved(store: Store) -> None:
    night(store, 1, {"a": "P1", "b": "P1", "c": "P2"})
    lineage, _ = night(store, 2, {"a2": "P2", "b": "P1", "c": "P2"}, edits={"a": "a2"})
    assert lineage == [("moved", "P1", "P2", 1)]


def test_an_edit_that_is_taken_back_is_an_edit(store: Store) -> None:
    """A night is rolled back: its tables come again without anybody telling which row is which."""
    night(store, 1, {"a": "P1", "c": "P2"})
    night(store, 2, {"a2": "P1", "c": "P2"}, edits={"a": "a2"})
    lineage, changes = night(store, 3, {"a": "P1", "c": "P2"})
    assert (lineage, changes) == ([], [("P1", "records", None, None, 1)])


def test_classes(store: Store) -> None:
    night(store, 1, {"a": "P1", "b": "P2"}, classes={"P1": "normal", "P2": "lost"})
    _, changes = night(store, 2, {"a": "P1", "b": "P2"}, classes={"P1": "lost", "P2": "lost"})
    assert changes == [("P1", "class", "normal", "lost", 0)]


@pytest.mark.parametrize("table", [PERSON_LINEAGE, PERSON_CHANGES], ids=lambda table: str(table.name))
def test_what_was_told_stays(store: Store, table: object) -> None:
    night(store, 1, {"a": "P1", "b": "P2"})
    night(store, 2, {"a": "P1", "b": "P1"})
    for change in (update(table).values(kind="moved"), delete(table)):  # type: ignore[arg-type]
        with pytest.raises(DBAPIError, match="append-only"), store.write() as connection:
            connection.execute(change)
