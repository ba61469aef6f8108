"""Nights one after the other: published, held and released, rolled back, made again, had back from the archive."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.errors import ConfigError
from data.model import Judgement, RunState
from data.settings import Settings, load_settings, use_settings
from data.store.audit import verify_chain
from data.store.ledger import Statement, append_judgement
from data.store.runs import current_run, get_run, list_runs, start_run
from data.store.session import Store, open_store
from flows import decisions
from flows.outcome import new_run
from flows.reconcile import reconcile
from reports.staging import SEAL
from tests.county import tables_of

pytestmark = pytest.mark.usefixtures("no_engine")

FIRST, SECOND, THIRD = date(2016, 6, 16), date(2016, 6, 17), date(2016, 6, 18)
AREA = "469005"


@pytest.fixture
def sources(county: Path, tmp_path: Path) -> Path:
    """A county whose files a test may change."""
    folder = tmp_path / "sources"
    shutil.copytree(county, folder)
    return folder


@pytest.fixture
def settings(tmp_path: Path, store_url: str) -> Iterator[Settings]:
    chosen = load_settings().model_copy(update={"var_dir": tmp_path / "var", "database_url": store_url})
    with use_settings(chosen):
        yield chosen


@pytest.fixture
def opened(settings: Settings) -> Iterator[Store]:
    with open_store(settings.database) as store:
        yield store


def _night(sources: Path, out: Path, day: date) -> dict[str, Any]:
    summary = reconcile(sources=str(sources / "sources.toml"), out=str(out), as_of=day)
    assert isinstance(summary, dict)
    return summary


def _cut(sources: Path, share: float) -> None:
    """Only the first part of the persons of the register is delivered."""
    path = next((sources / "registration").glob("persons-*.csv"))
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: int(len(lines) * share)]))


def _judge(store: Store, out: Path, run_id: str) -> None:
    pairs = [line.split(",") for line in (out / "pairs.csv").read_text(encoding="utf-8").splitlines()]
    grade = pairs[0].index("grade")
    left, right = next(pair[:2] for pair in pairs if pair[grade] == "certain")
    stated = Statement(left, right, Judgement.NEGATIVE, {}, run_id, None)
    append_judgement(store, AREA, stated, "li.wei", "同名不同人")


def test_held_then_released_then_rolled_back(sources: Path, tmp_path: Path, settings: Settings, opened: Store) -> None:
    out = tmp_path / "out"
    first = _night(sources, out, FIRST)
    files = tables_of(out)
    _cut(sources, 0.5)
    held = _night(sources, out, SECOND)
    assert held["state"] == "held"
    assert "input_lost" in {breach["check"] for breach in held["checks"]["breaches"]}
    assert tables_of(out) == files, "nothing visible changes"
    waiting = tables_of(out / "held")
    assert json.loads(waiting[SEAL])["state"] == "held"
    shown = current_run(opened, AREA)
    assert shown is not None
    assert shown.run_id == first["run_id"]

    decisions.release(settings, opened, held["run_id"], "li.wei", "登记部门确认已注销")
    assert not (out / "held").exists()
    released = tables_of(out)
    assert {name for name in released if released[name] != waiting[name]} == {SEAL}
    assert json.loads(released[SEAL])["decision"]["by"] == "li.wei"
    assert get_run(opened, held["run_id"]).state is RunState.PUBLISHED

    again = decisions.roll_back(settings, opened, AREA, "li.wei", "还是先退回")
    assert tables_of(out) == files
    assert (again.republishes, again.built_on) == (first["run_id"], held["run_id"])
    assert get_run(opened, held["run_id"]).state is RunState.ROLLED_BACK
    with pytest.raises(ConfigError, match="只能退一步"):
        decisions.roll_back(settings, opened, AREA, "li.wei", "再退")
    names = decisions.restore(settings, opened, held["run_id"], tmp_path / "again")
    assert tables_of(tmp_path / "again") == released
    assert set(names) == set(released)
    assert verify_chain(opened).is_intact


def test_a_discarded_night_leaves_nothing(sources: Path, tmp_path: Path, settings: Settings, opened: Store) -> None:
    out = tmp_path / "out"
    _night(sources, out, FIRST)
    with pytest.raises(ConfigError, match="第一次"):
        decisions.roll_back(settings, opened, AREA, "li.wei", "无")
    files = tables_of(out)
    _cut(sources, 0.5)
    held = _night(sources, out, SECOND)
    decisions.discard(settings, opened, held["run_id"], "li.wei", "文件没传全")
    assert tables_of(out) == files
    assert not (out / "held").exists()
    assert get_run(opened, held["run_id"]).state is RunState.DISCARDED
    archive = settings.var_dir / "archive"
    assert not list((archive / "runs").glob(f"{held['run_id']}.*"))


def test_a_past_night_again_byte_for_byte(county: Path, sources: Path, tmp_path: Path, opened: Store) -> None:
    out = tmp_path / "out"
    first = _night(sources, out, FIRST)
    _judge(opened, out, first["run_id"])
    second = _night(sources, out, SECOND)
    files = tables_of(out)
    _cut(sources, 0.97)
    third = _night(sources, out, THIRD)
    assert third["state"] == "published"
    assert third["differences"]["finding_gone"] + third["differences"]["class_changed"] >= 0
    runs = list_runs(opened, AREA)
    looked = _night(county, tmp_path / "again", SECOND)
    assert (looked["state"], looked["reproduces"]) == ("reproduced", second["run_id"])
    assert looked["differing_files"] == []
    again = tables_of(tmp_path / "again")
    assert {name for name in files if files[name] != again.get(name)} == {SEAL}
    assert list_runs(opened, AREA) == runs, "nothing is published by it"
    other = _night(sources, tmp_path / "other", FIRST)
    assert (other["state"], other["reproduces"]) == ("unpublished", None)
    assert list_runs(opened, AREA) == runs


def test_files_that_a_killed_run_did_not_put_in_place(
    sources: Path, tmp_path: Path, opened: Store, caplog: pytest.LogCaptureFixture
) -> None:
    out = tmp_path / "out"
    first = _night(sources, out, FIRST)
    files = tables_of(out)
    (out / SEAL).unlink()
    (out / "links.csv").write_text("half")
    again = _night(sources, out, FIRST)
    assert again["run_id"] == first["run_id"]
    assert tables_of(out) == files
    assert len(list_runs(opened, AREA)) == 1


def test_a_killed_run_is_noted_by_the_next(
    sources: Path, tmp_path: Path, opened: Store, caplog: pytest.LogCaptureFixture
) -> None:
    from data.sources.spec import load_sources
    from data.store.clock import utc_now

    spec = load_sources(sources / "sources.toml", FIRST)
    versions = dict.fromkeys(("code", "model", "rules"), "x")
    dead = new_run(spec, FIRST, utc_now(), versions, {})
    start_run(opened, dead)
    # A command that ran before in this process keeps our log to itself, and perhaps quiet.
    log = logging.getLogger("longlou")
    log.addHandler(caplog.handler)
    caplog.set_level(logging.INFO, log.name)
    try:
        _night(sources, tmp_path / "out", FIRST)
    finally:
        log.removeHandler(caplog.handler)
    found = get_run(opened, dead.run_id)
    assert (found.state, found.reason) == (RunState.FAILED, "killed")
    assert "中途被终止" in caplog.text
