"""The desk reads what became of a person, inside the reader's areas."""

from __future__ import annotations

from data.store.person_history import changes_of_person, changes_of_run, lineage_of_person
from data.store.publish import PublishTables, publish
from data.store.scope import Scope
from data.store.session import Store
from tests.data.store.builders import NOW, handed, run


def _night(store: Store, number: int, of: dict[str, str], area_of: dict[str, str]) -> None:
    tables = handed(of)
    classes = tables.classifications.assign(area=tables.classifications["person_id"].map(area_of))
    publish(store, run(f"run-{number}", "46"), PublishTables(**{**vars(tables), "classifications": classes}), NOW)


def test_history_and_changes(store: Store) -> None:
    counties = {"P1": "469005", "P2": "469021", "P3": "469021"}
    _night(store, 1, {"a": "P1", "b": "P1", "c": "P2"}, counties)
    _night(store, 2, {"a": "P1", "b": "P3"}, counties)
    with store.read() as connection:
        told = lineage_of_person(connection, "46", "P1")
        assert [(row["kind"], row["from_person_id"], row["to_person_id"]) for row in told] == [("split", "P1", "P3")]
        assert [row["run_id"] for row in lineage_of_person(connection, "46", "P2")] == ["run-2"]
        assert lineage_of_person(connection, "469005", "P1") == []

    def affected(*areas: str) -> list[str]:
        return [row["person_id"] for row in changes_of_run(store, "46", "run-2", Scope.of(areas))]

    assert affected("46") == ["P1", "P2", "P3"]
    assert affected("469005") == ["P1"]
    # P2 is gone and has no class any more: nobody with one county alone sees that.
    assert affected("469021") == ["P3"]
    assert len(changes_of_run(store, "46", "run-2", limit=1, offset=1)) == 1


def test_the_class_of_a_person_by_night(store: Store) -> None:
    for number, name in enumerate(["normal", "lost", "lost", "normal"], start=1):
        publish(store, run(f"run-{number}"), handed(classes={"P1": name, "P2": "normal"}), NOW)
    with store.read() as connection:
        told = changes_of_person(connection, "469005", "P1", "class")
        assert [(row["run_id"], row["before"], row["after"]) for row in told] == [
            ("run-2", "normal", "lost"),
            ("run-4", "lost", "normal"),
        ]
        assert changes_of_person(connection, "469005", "P2", "class") == []
