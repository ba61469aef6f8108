"""What a run counted stands beside it, by area, and only for those who may see the area."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pandas as pd

from data.store.publish import publish
from data.store.scope import Scope
from data.store.session import Store
from data.store.statistics import class_counts, coverage_of, folder_of, nights, note_folder, queue_ages
from tests.data.store.builders import AREA, NOW, candidate, finding, handed, item, run

_RATE = {
    "coverage": "ORG_ALL",
    "version": "1",
    "breakdown": "area",
    "row": AREA,
    "title": "组织覆盖率",
    "numerator": "24",
    "denominator": "*",
    "rate": "*",
    "numerator_is": "有党组织的",
    "denominator_is": "全部",
}


def test_nights_side_by_side(store: Store) -> None:
    asked = (item("q1", candidate("x")), item("q2", kind="classification", candidates="[]"))
    publish(store, run("run-1"), handed(classes={"P1": "lost", "P2": "normal"}, asked=asked, found=(finding(),)), NOW)
    later = NOW + timedelta(days=1)
    publish(store, run("run-2"), handed(classes={"P1": "normal", "P2": "normal"}, asked=asked[:1]), later)
    first, second = nights(store, AREA)
    assert (first.run_id, second.run_id, second.as_of) == ("run-1", "run-2", run().as_of)
    assert first.numbers == {
        ("class", "small_enterprise", "lost"): 1,
        ("class", "small_enterprise", "normal"): 1,
        ("queue", "match", "open"): 1,
        ("queue", "classification", "open"): 1,
        ("finding", "F04", "proposed"): 1,
    }
    assert second.numbers == {("class", "small_enterprise", "normal"): 2, ("queue", "match", "open"): 1}
    assert [night.run_id for night in nights(store, AREA, limit=1)] == ["run-2"]
    assert nights(store, AREA, "469021")[0].numbers == {}
    assert class_counts(store, AREA) == {(AREA, "", "small_enterprise", "normal"): 2}


def test_only_the_areas_of_the_person(store: Store) -> None:
    publish(store, run("run-1", area="46"), handed(asked=(item("q1", candidate("x")),)), NOW)
    mine, other = Scope.of([AREA]), Scope.of(["469021"])
    assert sum(class_counts(store, "46", mine).values()) == 2
    assert class_counts(store, "46", other) == {}
    assert nights(store, "46", "", other)[0].numbers == {}
    assert nights(store, "46", "", mine)[0].numbers[("queue", "match", "open")] == 1
    assert queue_ages(store, "46", "", other) == []
    assert queue_ages(store, "46", "", mine) == [("match", NOW, 1)]


def test_rates_are_kept_in_order(store: Store) -> None:
    rates = pd.DataFrame([_RATE, {**_RATE, "row": "total"}], dtype=object)
    tables = handed()
    publish(store, run("run-1"), type(tables)(**{**vars(tables), "coverage": rates}), NOW)
    found = coverage_of(store, "run-1")
    assert [row["row"] for row in found] == [AREA, "total"]
    assert {name: found[0][name] for name in _RATE} == _RATE
    assert coverage_of(store, "run-0") == []


def test_where_the_files_lie(store: Store, tmp_path: Path) -> None:
    assert folder_of(store, "run-1") is None
    for name in ("first", "second"):
        note_folder(store, "run-1", tmp_path / name, NOW)
    assert folder_of(store, "run-1") == str(tmp_path / "second")
