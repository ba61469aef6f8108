"""The forecast: grows with rows and pairs, learns from this machine's own runs, and stops a run over its budget."""

from __future__ import annotations

import json
import socket
from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.settings import load_settings
from data.store.measures import Measure, note_measure
from data.store.runs import list_runs
from data.store.session import Store, open_store
from flows.forecast import OverBudget, forecast, predict, refuse_over
from flows.measured import Step
from longlou.main import run
from matching.forecast import count_pairs
from matching.spec import load_spec
from tests.data.store.builders import AREA, NOW


def _run(number: int, seconds: float, peak_mb: float, *, is_full: bool = True, host: str | None = None) -> Measure:
    ended = NOW + timedelta(days=number)
    return Measure(f"r{number}", AREA, host or socket.gethostname(), ended, 100_000, 70_000, seconds, peak_mb, is_full)


@given(st.integers(0, 10**6), st.integers(0, 10**7))
def test_more_is_never_expected_to_take_less(n_rows: int, n_pairs: int) -> None:
    one, more = predict(n_rows, n_pairs, []), predict(n_rows + 1000, n_pairs + 1000, [])
    assert more.seconds > one.seconds > 0
    assert more.peak_mb > one.peak_mb > 0
    assert one.seconds == pytest.approx(sum(one.steps.values()))


def test_own_runs_correct_it(store: Store) -> None:
    plain = forecast(store, 100_000)
    for number in range(3):
        note_measure(store, _run(number, plain.seconds * 2, plain.peak_mb * 3))
    # Neither a night that compared only what changed nor another machine tells anything about a whole night here.
    note_measure(store, _run(7, 0.1, 10.0, is_full=False))
    note_measure(store, _run(8, 9_000.0, 10.0, host="elsewhere"))
    found = forecast(store, 200_000)
    assert found.n_runs == 3
    assert found.seconds == pytest.approx(2 * predict(200_000, None, []).seconds)
    assert found.peak_mb == pytest.approx(3 * predict(200_000, None, []).peak_mb)


def test_one_strange_run_does_not_spoil_it() -> None:
    usual = predict(100_000, None, [])
    runs = [
        _run(1, usual.seconds, usual.peak_mb),
        _run(2, usual.seconds * 900, usual.peak_mb),
        _run(3, usual.seconds, 1.0),
    ]
    assert predict(100_000, None, runs).seconds == pytest.approx(usual.seconds)


@pytest.mark.parametrize(
    ("budget", "is_refused"), [({"budget_minutes": 0.01}, True), ({"budget_mb": 300}, True), ({}, False)]
)
def test_the_budget(budget: dict[str, float], is_refused: bool) -> None:
    settings, expected = load_settings().model_copy(update=budget), predict(100_000, 5, [])
    if not is_refused:
        refuse_over(settings, expected)
        return
    with pytest.raises(OverBudget):
        refuse_over(settings, expected)


def test_what_was_expected_stands_beside_what_it_took() -> None:
    steps = [Step("prefect_start", 30.0, 90.0), Step("match", 2.0, 100.0), Step("write", 1.5, 120.4)]
    told = predict(1_000, None, []).beside(steps)
    assert (told["took_seconds"], told["took_mb"]) == (3.5, 120)
    assert "steps" not in told


def _people(n: int) -> pd.DataFrame:
    """Members with one name, birth and township; nothing else tells them apart."""
    told = {"source": "roster", "kind": "member_roster", "name": "王小明", "sex": "男", "id_no": None}
    told |= {"id_status": "missing", "birth": "1980-02-03", "mobile": None, "area": "469005", "township": "龙楼镇"}
    frame = pd.DataFrame([{"unique_id": None, **told, "employer": None, "entity_no": None}] * n, dtype=object)
    return frame.assign(unique_id=[f"{number:020x}" for number in range(n)])


def test_pairs_are_those_of_the_blocks_and_keys_are_masked() -> None:
    rules = {rule.name: rule for rule in count_pairs(_people(40), load_spec())}
    rule = rules["name_township"]
    assert (rule.n_pairs, rule.n_left_out) == (40 * 39 // 2, 0)
    (block,) = rule.largest
    assert (block.n_records, block.n_pairs, block.is_left_out) == (40, 780, False)
    assert block.key.startswith("王**+")
    assert rules["id18"].n_pairs == 0
    assert not any("小明" in one.key or "龙楼" in one.key for found in rules.values() for one in found.largest)
    assert rules["near_name_birth"].n_pairs >= 780


def test_an_oversized_block_is_named_and_left_out() -> None:
    small = load_spec().model_copy(update={"max_block_pairs": 100})
    rule = next(rule for rule in count_pairs(_people(40), small) if rule.name == "name_township")
    assert (rule.n_pairs, rule.n_left_out) == (0, 780)
    assert rule.largest[0].is_left_out


@pytest.mark.usefixtures("no_engine")
def test_the_command_counts_and_writes_nothing_and_a_budget_stops_a_run(
    county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "var"))
    call = ["--sources", str(county / "sources.toml")]
    assert run(["forecast", *call, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["is_counted"]
    assert told["n_pairs"] == sum(rule["n_pairs"] for rule in told["rules"]) > 0
    monkeypatch.setenv("LONGLOU_BUDGET_MB", "256")
    assert run(["forecast", *call]) == 2
    assert run(["--quiet", "reconcile", *call, "--out", str(tmp_path / "out")]) == 2
    assert "256 MB" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    with open_store(f"sqlite:///{tmp_path / 'var' / 'longlou.db'}") as store:
        assert list_runs(store) == []
