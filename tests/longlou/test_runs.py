"""`longlou runs` and `longlou retention`: a held night is decided from the command line, what is due goes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from data.store.audit import verify_chain
from data.store.session import open_store
from longlou.main import run
from tests.county import tables_of

pytestmark = pytest.mark.usefixtures("no_engine")


@pytest.fixture
def place(county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own with a county whose files a test may change."""
    shutil.copytree(county, tmp_path / "sources")
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "var"))
    return tmp_path


def _night(place: Path, day: str) -> int:
    sources, out = str(place / "sources" / "sources.toml"), str(place / "out")
    return run(["--quiet", "reconcile", "--sources", sources, "--out", out, "--as-of", day, "--json"])


def _document(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def test_a_night_is_held_published_and_rolled_back(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _night(place, "2016-06-16") == 0
    first = _document(capsys)
    files = tables_of(place / "out")
    path = next((place / "sources" / "registration").glob("persons-*.csv"))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: len(lines) // 2]))
    assert _night(place, "2016-06-17") == 6
    told = capsys.readouterr()
    held = json.loads(told.out)
    assert held["state"] == "held"
    assert f"longlou runs publish {held['run_id']}" in told.err
    assert tables_of(place / "out") == files

    assert run(["runs", "list", "--json"]) == 0
    assert [found["state"] for found in _document(capsys)["runs"]] == ["held", "published"]
    assert run(["runs", "show", held["run_id"], "--json"]) == 0
    shown = _document(capsys)
    assert shown["built_on"] == first["run_id"]
    assert shown["counts"]["members"] == held["n_members"]
    assert run(["runs", "publish", held["run_id"], "--reason", " "]) == 2
    assert run(["runs", "publish", held["run_id"], "--reason", "已核实", "--by", "李卫"]) == 0
    assert run(["runs", "publish", held["run_id"], "--reason", "再来"]) == 1
    assert run(["runs", "discard", held["run_id"], "--reason", "再来"]) == 1
    assert run(["runs", "rollback", "--reason", "连错"]) == 0
    assert tables_of(place / "out") == files
    assert run(["runs", "restore", first["run_id"], "--out", str(place / "again")]) == 0
    assert tables_of(place / "again") == files
    capsys.readouterr()
    assert run(["runs", "list"]) == 0
    listed = capsys.readouterr().out
    assert "已退回" in listed
    assert "李卫" not in listed


def test_what_nobody_knows_is_a_usage_error(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["runs", "show", "469005-1"]) == 2
    assert run(["runs", "rollback", "--reason", "无"]) == 2
    assert run(["runs", "restore", "../x", "--out", str(place / "again")]) == 2
    assert not (place / "again").exists()


def test_what_has_passed_its_day_goes_with_a_certificate(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _night(place, "2016-06-16") == 0
    night = _document(capsys)
    assert run(["retention", "--json"]) == 0
    assert _document(capsys) | {"on": ""} == {"on": "", "due": [], "certificate": None}
    archive = place / "var" / "archive"
    before = tables_of(archive / "runs")
    assert run(["retention", "--as-of", "2100-01-01", "--dry-run", "--json"]) == 0
    due = {(item["kind"], item["subject"]) for item in _document(capsys)["due"]}
    assert {("archive", night["run_id"]), ("sealed_values", "469005")} <= due
    assert tables_of(archive / "runs") == before
    assert run(["retention", "--as-of", "2100-01-01", "--json"]) == 0
    done = _document(capsys)
    certificate = json.loads(Path(done["certificate"]).read_text(encoding="utf-8"))
    assert {(item["kind"], item["subject"]) for item in certificate["removed"]} == due
    assert certificate["blobs"]
    assert not list((archive / "blobs").glob("*/*"))
    assert not list((place / "var" / "keys" / "pulls").glob("*.key"))
    assert run(["runs", "restore", night["run_id"], "--out", str(place / "again")]) == 2
    assert run(["retention", "--as-of", "2100-01-01", "--json"]) == 0
    assert _document(capsys)["due"] == []
    with open_store(f"sqlite:///{place / 'var' / 'longlou.db'}") as store:
        assert verify_chain(store).is_intact
