"""/metrics: figures of the store, for this machine or the bearer of the token, and nothing of a member."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from data.settings import Settings
from data.store.measures import Measure, last_measures, note_measure
from data.store.publish import publish
from data.store.session import Store
from review.web.app import create_app
from tests.data.store.builders import AREA, NOW, handed, item, run

_LOCAL, _ELSEWHERE = ("127.0.0.1", 5000), ("10.0.0.9", 5000)


def _ask(store_url: str, folder: Path, client: tuple[str, int], token: str | None = None, **headers: str) -> TestClient:
    settings = Settings(database_url=store_url, var_dir=folder / "var", metrics_token=token)
    made = TestClient(create_app(settings), base_url="http://127.0.0.1", client=client)
    made.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return made


def _measure(run_id: str, **changed: object) -> Measure:
    told = {"area": AREA, "host": "h", "ended_at": NOW, "n_rows": 1000, "n_pairs": 50, "seconds": 4.0, "peak_mb": 2.0}
    return Measure(run_id=run_id, **{**told, "is_full": True, "steps": {"match": 3.0}, **changed})  # type: ignore[arg-type]


def test_the_figures_of_a_night(store: Store, store_url: str, tmp_path: Path) -> None:
    publish(store, run(), handed(asked=(item(), item("q2"), item("q3", kind="false_entry"))), NOW)
    note_measure(store, _measure("run-1", expected_seconds=5.0, expected_mb=3.0))
    with _ask(store_url, tmp_path, _LOCAL) as client:
        answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/openmetrics-text")
    found = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert found["longlou_runs", AREA, "published"] == 1
    assert found["longlou_queue_open", AREA, "match"] == 2
    assert found["longlou_queue_open", AREA, "false_entry"] == 1
    assert found["longlou_queue_oldest_seconds", AREA, "match"] > 0
    assert found["longlou_last_run_rows_per_second", AREA] == 250
    assert found["longlou_last_run_step_seconds", AREA, "match"] == 3
    assert found["longlou_last_run_peak_bytes", AREA, "took"] == 2 * 2**20
    assert found["longlou_last_run_seconds", AREA, "expected"] == 5
    assert "王" not in answer.text


@pytest.mark.parametrize(
    ("client", "token", "headers", "status"),
    [
        (_LOCAL, None, {}, 200),
        (_ELSEWHERE, None, {}, 403),
        # Behind a proxy everybody seems to be here.
        (_LOCAL, None, {"X_Forwarded_For": "10.0.0.9"}, 403),
        (_LOCAL, None, {"Forwarded": "for=10.0.0.9"}, 403),
        (_LOCAL, "s3cret", {}, 403),
        (_ELSEWHERE, "s3cret", {"Authorization": "Bearer other"}, 403),
        (_ELSEWHERE, "s3cret", {"Authorization": "Bearer s3cret"}, 200),
    ],
)
def test_who_may_ask(
    tmp_path: Path, client: tuple[str, int], token: str | None, headers: dict[str, str], status: int
) -> None:
    with _ask(f"sqlite:///{tmp_path / 'longlou.db'}", tmp_path, client, token, **headers) as asked:
        assert asked.get("/metrics").status_code == status


def test_of_the_same_run_the_newest_measure_stays(store: Store) -> None:
    note_measure(store, _measure("run-1"))
    note_measure(store, _measure("run-1", seconds=9.0, host="other"))
    note_measure(store, _measure("run-2", area="469021"))
    assert [one.seconds for one in last_measures(store, AREA)] == [9.0]
    assert [one.run_id for one in last_measures(store, host="other")] == ["run-1"]
    assert last_measures(store, AREA)[0].steps == {"match": 3.0}
