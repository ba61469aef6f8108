"""`bench growth`: cost per pair told apart from what the records cost, said when it cannot be told, and drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bench import growth
from bench.growth_charts import CHARTS, draw
from bench.growth_figures import document, table

MACHINE = {"n_cores": 2, "memory_gb": 8.0, "python": "3.11", "load_before": 0.1, "load_after": 0.2}


def _point(size: float, base_cpu: float, n_pairs: int, cpu: float) -> dict[str, Any]:
    figures = {"peak_mb": 500.0, "f1": 0.99}
    return {
        "size": size,
        "n_records": int(1000 * size),
        "base": {**figures, "wall_s": base_cpu, "cpu_s": base_cpu, "n_pairs": 100},
        "all": {**figures, "wall_s": cpu, "cpu_s": cpu, "n_pairs": n_pairs},
    }


def _told(points: list[dict[str, Any]]) -> dict[str, Any]:
    return {"rules": "medium", "rounds": 1, "machine": MACHINE, **document(points)}


def test_what_records_cost_is_no_cost_of_pairs() -> None:
    """Ten seconds of records whatever the pairs: raw cost falls with size, the cost of a pair does not."""
    told = _told([_point(1, 10.0, 10**6 + 100, 11.0), _point(2, 20.0, 4 * 10**6 + 100, 24.0)])
    assert [point["cpu_ns_per_pair"] for point in told["points"]] == [pytest.approx(1000), pytest.approx(1000)]
    assert told["points"][0]["raw_ns_per_pair"] > told["points"][1]["raw_ns_per_pair"]
    assert told["is_constant"] is True
    assert "within 25%: constant" in table(told)


def test_a_bend_is_seen() -> None:
    told = _told([_point(1, 10.0, 10**6 + 100, 11.0), _point(2, 20.0, 4 * 10**6 + 100, 28.0)])
    assert told["is_constant"] is False
    assert "NOT constant" in table(told)


def test_too_little_is_not_told() -> None:
    told = _told([_point(0.1, 3.0, 5_000, 3.1)])
    assert told["points"][0]["cpu_ns_per_pair"] is None
    assert told["is_constant"] is None
    assert "no size cost enough more" in table(told)


def test_charts_are_drawings_with_every_point(tmp_path: Path) -> None:
    draw(_told([_point(1, 10.0, 10**6, 11.0), _point(2, 20.0, 4 * 10**6, 24.0)]), tmp_path)
    assert {path.stem for path in tmp_path.glob("*.svg")} == set(CHARTS)
    for path in tmp_path.glob("*.svg"):
        root = ElementTree.parse(path).getroot()
        assert len(root.findall(".//{*}circle")) >= 2
        assert "script" not in path.read_text(encoding="utf-8")


def test_a_small_curve_runs_end_to_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(growth, "SIZES", (1 / 16,))
    assert growth.main(["--scale", "0.02", "--rules", "huge", "--svg", str(tmp_path)]) == 0
    assert "rules huge, 1 round(s)" in capsys.readouterr().out
    assert (tmp_path / "growth_time.svg").exists()


@pytest.mark.parametrize("arguments", [["--scale", "3"], ["--rounds", "0"], ["--rules", "tight"]])
def test_options_that_make_no_sense_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        growth.parse(arguments)
    assert refused.value.code == 2
    assert arguments[0] in capsys.readouterr().err
