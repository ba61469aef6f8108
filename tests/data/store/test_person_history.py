"""The desk reads what became of a person, inside the reader's areas."""

from __future__ import annotations

from data.store.person_history import changes_of_run, history_of_person
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
    told = [(row["kind"], row["from_person_id"], row["to_person_id"]) for row in history_of_person(store, "46", "P1")]
    assert told == [("split", "P1", "P3")]
    assert [row["run_id"] for row in history_of_person(store, "46", "P2")] == ["run-2"]
    assert history_of_person(store, "469005", "P1") == []

    def affected(*areas: str) -> list[str]:
        return [row["person_id"] for row in changes_of_run(store, "46", "run-2", Scope.of(areas))]

    assert affected("46") == ["P1", "P2", "P3"]
    assert affected("469005") == ["P1"]
    # P2 is gone and has no class any more: nobody with one county alone sees that.
    assert affected("469021") == ["P3"]
    assert len(changes_of_run(store, "46", "run-2", limit=1, offset=1)) == 1
