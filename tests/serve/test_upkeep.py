"""Upkeep by itself: the backup of each morning, who is told of a night, and what is told to the processes."""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from data.errors import ConfigError, SourceUnavailable
from data.settings import Settings, use_settings
from data.store.backup import finished
from data.store.measures import last_measures
from data.store.progress import AttemptState, Origin, begin_attempt, end_attempt
from data.store.session import Store
from flows import scheduled
from flows.attempts import MOST_KILLS
from flows.serving import Part, Serving, children
from tests.serve.hands import AREA, FIRST

pytestmark = pytest.mark.usefixtures("no_engine")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What would be sent: title and body."""
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr("flows.notify.send", lambda _url, title, body: sent.append((title, body)) is None)
    return sent


@pytest.fixture
def awake(settings: Settings, tmp_path: Path) -> Any:
    changed = {"notify_urls": ("json://127.0.0.1/",), "notify_quiet": "", "notify_on": ("published", "held", "failed")}
    chosen = settings.model_copy(update=changed)
    with use_settings(chosen):
        yield chosen


def test_each_morning_has_its_backup_and_old_ones_go(settings: Settings, opened: Store, tmp_path: Path) -> None:
    assert scheduled.backup() == {"skipped": "no backup_dir"}
    places = {"backup_dir": tmp_path / "b", "backup_keys_dir": tmp_path / "k", "backup_keep": 2}
    with use_settings(settings.model_copy(update=places)):
        for day in (29, 30, 31):
            with time_machine.travel(datetime(2026, 12, day, 22, tzinfo=UTC)):
                last = scheduled.backup()
    assert last == {"backup": "20261231T220000Z", "n_removed": 1}
    assert [path.name for path in finished(tmp_path / "b")] == ["20261230T220000Z", "20261231T220000Z"]


def test_a_backup_that_fails_is_told(awake: Settings, opened: Store, told: list[tuple[str, str]]) -> None:
    inside = awake.model_copy(update={"backup_dir": awake.var_dir / "backups"})
    with use_settings(inside):
        with pytest.raises(ConfigError):
            scheduled.backup()
        scheduled.deliver(inside)
    ((title, body),) = told
    assert "备份" in title
    assert "var_dir" in body


def test_a_night_is_told_and_measured(
    small: Path, tmp_path: Path, awake: Settings, opened: Store, told: list[tuple[str, str]]
) -> None:
    done = scheduled.night(str(small / "sources.toml"), str(tmp_path / "out"), FIRST)
    ((title, body),) = told
    assert AREA in title
    assert "党员" in body
    (measure,) = last_measures(opened, AREA)
    assert (measure.run_id, measure.is_full) == (done["run_id"], True)
    assert measure.expected_seconds is not None
    assert {"intake", "match", "publish"} <= measure.steps.keys()
    assert measure.seconds == pytest.approx(sum(measure.steps.values()), abs=0.01)


def test_a_night_that_failed_is_told_without_a_value(
    small: Path,
    tmp_path: Path,
    awake: Settings,
    opened: Store,
    told: list[tuple[str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*_arguments: object, **_named: object) -> None:
        raise SourceUnavailable("roster", "460025198507011233 没有应答")

    monkeypatch.setattr(scheduled, "run_area", away)
    with pytest.raises(SourceUnavailable):
        scheduled.night(str(small / "sources.toml"), str(tmp_path / "out"), FIRST)
    ((title, body),) = told
    assert "失败" in title
    assert "460025198507011233" not in body


def test_what_is_given_up_is_told_once(
    small: Path, awake: Settings, opened: Store, told: list[tuple[str, str]]
) -> None:
    for _ in range(MOST_KILLS):
        attempt = begin_attempt(opened, AREA, Origin.UPLOAD, "host:1", 11)
        end_attempt(opened, attempt, AttemptState.KILLED)
    for _ in range(3):
        assert scheduled.sweep(str(small / "sources.toml"))["given_up"]
    assert len(told) == 1


def test_no_process_reports_home(settings: Settings, tmp_path: Path) -> None:
    remote = settings.model_copy(update={"prefect_database_url": "postgresql+asyncpg://x/y"})
    serving = Serving(remote, tmp_path / "sources.toml", tmp_path / "out", frozenset(Part), 4200)
    with ExitStack() as stack:
        parts = children(serving, stack)
    assert [part.name for part in parts] == ["scheduler", "worker", "desk"]
    for part in parts:
        assert part.environment["DO_NOT_TRACK"] == "1"
        assert part.environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
        assert part.environment["PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT"] == "false"
        # Prefect's worker would share a folder in /tmp with every other user of the machine.
        assert Path(part.environment["TMPDIR"]) == settings.var_dir.resolve() / "tmp"
        assert Path(part.environment["TMPDIR"]).stat().st_mode & 0o777 == 0o700
        assert os.environ.get("PREFECT_API_AUTH_STRING") != part.environment["PREFECT_API_AUTH_STRING"]
