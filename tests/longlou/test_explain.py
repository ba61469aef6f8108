"""`longlou explain` as its users meet it: a finished run, records by their keys, nobody's values."""

from __future__ import annotations

import dataclasses
import json
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from data.contracts.tables import PROVENANCE
from data.settings import load_settings
from flows.models import baseline
from longlou.main import run
from matching.pipeline import MatchResult
from reports.outputs import write_outputs
from tests.matching.builders import SHOP, County, frame, id_number, match, record
from tests.reports.builders import output_tables

A, B = id_number("1900-01-01", 1), id_number("1903-05-07", 24)
MINE = {"name": "符阿奇", "mobile": "13700000001", "township": "龙楼镇"}
ROWS = [
    record("x1", **MINE, id_no=A),
    record("x2", **MINE, id_no=A[:6] + A[8:17], source="roster2", source_row=7),
    record("x3", **MINE, id_no=B, source_row=9, **SHOP),
    record("x4", name="王美丽", source_row=5, **SHOP),
]


@pytest.fixture(autouse=True)
def no_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No model that another test put in force for the area."""
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "var"))


@pytest.fixture(scope="module")
def matched() -> MatchResult:
    return match(*ROWS)


@pytest.fixture(scope="module")
def folder(matched: MatchResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run of these records as `reconcile` leaves it."""
    out = tmp_path_factory.mktemp("run")
    people = pd.concat([frame(*ROWS), County(11, 40, 60).build()[0]], ignore_index=True)
    places = people[[*PROVENANCE, "unique_id"]]
    tables = dataclasses.replace(
        output_tables(),
        links=matched.links.merge(places, on="unique_id"),
        pairs=matched.pairs,
        record_keys=places.sort_values("unique_id", ignore_index=True).assign(**matched.blocks.columns()),
    )
    write_outputs(out, tables)
    model = baseline(load_settings()).describe()
    sources = {name: {"kind": kind} for name, kind in people.groupby("source")["kind"].first().items()}
    summary = {"n_capped_by_rule": {"name_township": 12345}, "area": "469005", "model": model, "sources": sources}
    (out / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    return out


def document(folder: Path, capsys: pytest.CaptureFixture[str], *records: str) -> dict[str, Any]:
    assert run(["explain", "--run", str(folder), *records, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(folder, capsys, "x1")
    assert [row["unique_id"] for row in found["records"]] == ["x1", "x2"]
    assert found["records"][1]["source_row"] == 7
    assert "证件(15位升18位)" in found["held_by"][0]["match_key"]
    assert found["weakest"] == found["held_by"][0]
    assert document(folder, capsys, found["person_id"]) == found


def test_why_not_sums_exactly(folder: Path, matched: MatchResult, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(folder, capsys, "x3", "x1")
    assert (found["unique_id_l"], found["place_r"]["source"]) == ("x1", "shops")
    pairs = matched.pairs.set_index(["unique_id_l", "unique_id_r"])
    heaviest = pairs.loc[tuple(found["heaviest"])]
    assert sum(bar["bits"] for bar in found["bars"]) == found["match_weight"] == heaviest["match_weight"]
    assert found["obstacles"][0]["code"] == "guard"


def test_records_never_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = document(folder, capsys, "x1", "x4")
    assert [obstacle["code"] for obstacle in found["obstacles"]] == ["no_candidate"]
    capped = next(rule for rule in found["rules"] if rule["rule"] == "name_township")
    assert (capped["verdict"], capped["n_capped"]) == ("unknown", 12345)


@pytest.mark.parametrize("records", [["x1"], ["x1", "x3"], ["x1", "x4"], ["x1", "x2"], ["x4"]])
def test_for_people_in_chinese_without_values(
    folder: Path, capsys: pytest.CaptureFixture[str], records: list[str]
) -> None:
    assert run(["explain", "--run", str(folder), *records]) == 0
    shown = capsys.readouterr().out
    assert records[0] in shown
    for value in (A, B, "13700000001", "符阿奇", "王美丽"):
        assert value not in shown
    expected = {"x1": "由这些对连在一起", "x4": "没有对应到任何党员"} if len(records) == 1 else {}
    more = {"x3": "不得自动认定：证件不同", "x4": "12,345", "x2": "两条记录是同一人"}
    assert (expected[records[0]] if len(records) == 1 else more[records[1]]) in shown


def test_a_run_of_an_earlier_version_is_told_as_such(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = shutil.copytree(folder, tmp_path / "older")
    places = pd.read_parquet(older / "record_keys.parquet", columns=[*PROVENANCE, "unique_id"])
    places.to_parquet(older / "record_keys.parquet", index=False)
    assert run(["explain", "--run", str(older), "x1"]) == 2
    assert "旧版本" in capsys.readouterr().err


def test_both_models_are_named(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one that weighed the run, and the one a person put in force for the area since."""
    models = document(folder, capsys, "x1", "x3")["models"]
    assert models["is_same"]
    assert models["of_run"]["name"] == models["in_force"]["name"] == "baseline"
    older = tmp_path / "older"
    shutil.copytree(folder, older)
    summary = json.loads((older / "summary.json").read_text(encoding="utf-8"))
    summary["model"] |= {"name": "wenchang-2015", "digest": "0123456789abcdef", "is_frozen": True}
    (older / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    found = document(older, capsys, "x1")["models"]
    assert (found["of_run"]["name"], found["in_force"]["name"], found["is_same"]) == (
        "wenchang-2015",
        "baseline",
        False,
    )
    assert run(["explain", "--run", str(older), "x1"]) == 0
    shown = capsys.readouterr().out
    assert "wenchang-2015" in shown
    assert "现行模型是 baseline" in shown


def test_what_nobody_has_is_said(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "--run", str(folder), "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err
    assert run(["explain", "--run", str(tmp_path), "x1"]) == 2
    assert "reconcile" in capsys.readouterr().err
