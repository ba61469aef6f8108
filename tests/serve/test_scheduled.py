"""The flows that the scheduler starts: what they find to do, what they leave alone, and what the sweep asks for."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine

from data.model import Judgement
from data.settings import Settings, use_settings
from data.store.progress import AttemptState, Origin, begin_attempt, end_attempt, last_attempts
from data.store.runs import current_run
from data.store.session import Store
from data.store.transitions import UploadState
from data.store.uploads import list_uploads, move_upload
from flows import scheduled
from flows.attempts import MOST_KILLS
from flows.guard import area_lock
from flows.reconcile import reconcile
from tests.county import tables_of
from tests.serve.hands import AREA, FIRST, hand_in, judge_linked

pytestmark = pytest.mark.usefixtures("no_engine")

NOON = datetime(2016, 12, 27, 4, tzinfo=UTC)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What the sweep asked the scheduler for."""
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(scheduled, "trigger", lambda _settings, digest: calls.append(("take up", digest)))
    monkeypatch.setattr(scheduled, "ask_for_night", lambda _settings, day, key: calls.append(("night", day, key)))
    monkeypatch.setattr(scheduled, "ask_for_regrade", lambda _settings, attempt: calls.append(("regrade", attempt)))
    return calls


def test_judgements_are_taken_up_without_a_source(
    small: Path, tmp_path: Path, settings: Settings, opened: Store, asked: list[tuple[Any, ...]]
) -> None:
    sources = tmp_path / "in"
    shutil.copytree(small, sources)
    declared, out = str(sources / "sources.toml"), str(tmp_path / "out")
    with time_machine.travel(NOON):
        hand_in(opened, settings, sources, tmp_path, 1)
        first = scheduled.night(declared, out, FIRST)
    with time_machine.travel(NOON + timedelta(minutes=5)):
        judge_linked(opened, Judgement.NEGATIVE, 0)
        scheduled.sweep(declared)
    assert asked == []
    last = last_attempts(opened, AREA)[0]
    with time_machine.travel(NOON + timedelta(minutes=40)):
        scheduled.sweep(declared)
        assert asked == [("regrade", last.attempt_id)]
        waits = hand_in(opened, settings, sources, tmp_path, 2)
        away = tmp_path / "away"
        away.mkdir()
        for place in sources.iterdir():
            if place.name != "sources.toml":
                place.rename(away / place.name)
        again = scheduled.regrade(declared, out)
        # What is not part of the published night waits for a run that reads.
        assert {one.upload_id: one.state for one in list_uploads(opened, AREA)}[waits.upload_id] is UploadState.ACCEPTED
        move_upload(opened, waits.upload_id, UploadState.RUNNING, "test")
        move_upload(opened, waits.upload_id, UploadState.FAILED, "test")
        for place in away.iterdir():
            place.rename(sources / place.name)
        whole = reconcile(declared, str(tmp_path / "whole"), as_of=FIRST, is_full=True)
    assert again["state"] == "published"
    assert len({first["run_id"], again["run_id"], whole["run_id"]}) == 3
    regraded, full = tables_of(tmp_path / "out"), tables_of(tmp_path / "whole")
    differing = {name for name in full if name.endswith(".csv") and regraded[name] != full[name]}
    # Of two runs that found the same the second differs from nothing.
    assert differing <= {"differences.csv"}
    with time_machine.travel(NOON + timedelta(minutes=80)):
        asked.clear()
        scheduled.sweep(declared)
    assert asked == []


def test_without_what_the_night_read_there_is_no_regrade(
    small: Path, tmp_path: Path, settings: Settings, opened: Store
) -> None:
    declared, out = str(small / "sources.toml"), str(tmp_path / "out")
    scheduled.night(declared, out, FIRST)
    shutil.rmtree(settings.pulls_dir)
    told = scheduled.regrade(declared, out)
    assert set(told) == {"skipped"}
    assert last_attempts(opened, AREA)[0].state is AttemptState.FAILED


def test_a_night_is_done_once_and_never_after_a_newer_one(
    small: Path, tmp_path: Path, settings: Settings, opened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    declared, out = str(small / "sources.toml"), str(tmp_path / "out")
    with time_machine.travel(NOON):
        assert scheduled.night(declared, out, FIRST)["state"] == "published"
        assert scheduled.night(declared, out, FIRST)["skipped"] == "done"
        assert scheduled.night(declared, out, FIRST - timedelta(days=1))["skipped"] == "newer published"
        monkeypatch.setattr(scheduled, "_scheduled", lambda: NOON - timedelta(days=3))
        assert scheduled.night(declared, out)["skipped"] == "superseded"
    assert len(last_attempts(opened, AREA)) == 1
    shown = current_run(opened, AREA)
    assert shown is not None
    assert shown.as_of == FIRST


def test_a_run_that_another_holds_up_says_who(
    small: Path, tmp_path: Path, settings: Settings, opened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduled, "_WAIT_SECONDS", 0.0)
    declared, out = str(small / "sources.toml"), str(tmp_path / "out")
    assert scheduled.take_up(declared, out) == {"n_waiting": 0}
    upload = hand_in(opened, settings, small, tmp_path, 3)
    with area_lock(settings, AREA):
        told = scheduled.take_up(declared, out)
    assert (told["n_waiting"], "run_id" in told) == (1, False)
    assert told["held_by"]
    assert list_uploads(opened, AREA)[0].state is UploadState.ACCEPTED
    assert list_uploads(opened, AREA)[0].upload_id == upload.upload_id


def _killed(store: Store, origin: Origin, night_on: date | None, began: datetime) -> str:
    attempt_id = begin_attempt(store, AREA, origin, "host:1", 11, night_on, began)
    end_attempt(store, attempt_id, AttemptState.KILLED, now=began)
    return attempt_id


def test_a_killed_night_is_asked_for_again_until_it_was_killed_too_often(
    small: Path, settings: Settings, opened: Store, asked: list[tuple[Any, ...]]
) -> None:
    declared = str(small / "sources.toml")
    with time_machine.travel(NOON):
        for number in range(MOST_KILLS):
            killed = _killed(opened, Origin.NIGHT, FIRST, NOON - timedelta(minutes=60 - number))
            told = scheduled.sweep(declared)
            assert told["n_killed"] == number + 1
            assert asked.pop() == ("night", FIRST, f"again:{killed}") if number < MOST_KILLS - 1 else told["given_up"]
    assert asked == []


def test_a_running_attempt_whose_process_is_gone_counts_as_killed(
    small: Path, settings: Settings, opened: Store, asked: list[tuple[Any, ...]]
) -> None:
    declared = str(small / "sources.toml")
    attempt_id = begin_attempt(opened, AREA, Origin.NIGHT, "host:1", 11, FIRST)
    with area_lock(settings, AREA):
        assert scheduled.sweep(declared)["n_killed"] == 0
    scheduled.sweep(declared)
    assert asked[-1] == ("night", FIRST, f"again:{attempt_id}")


def test_what_a_person_began_is_left_to_that_person(
    small: Path, settings: Settings, opened: Store, asked: list[tuple[Any, ...]]
) -> None:
    with time_machine.travel(NOON):
        _killed(opened, Origin.HAND, None, NOON - timedelta(minutes=5))
        assert scheduled.sweep(str(small / "sources.toml")) == {"n_waiting": 0, "n_killed": 0}
    assert asked == []


def test_a_missed_night_and_a_waiting_file_are_asked_for(
    small: Path, tmp_path: Path, settings: Settings, opened: Store, asked: list[tuple[Any, ...]]
) -> None:
    declared = str(small / "sources.toml")
    with time_machine.travel(NOON):
        upload = hand_in(opened, settings, small, tmp_path, 4)
        scheduled.sweep(declared)
        assert asked == [("take up", upload.digest)]
        end_attempt(opened, begin_attempt(opened, AREA, Origin.HAND, "host:1", 11), AttemptState.DONE)
    with time_machine.travel(NOON + timedelta(days=4)):
        scheduled.sweep(declared)
    assert asked[-1] == ("night", date(2016, 12, 31), f"missed:{AREA}:2016-12-31")


def test_no_model_is_put_in_force_by_a_proposal(small: Path, settings: Settings, opened: Store) -> None:
    told = scheduled.propose(str(small / "sources.toml"))
    assert set(told) == {"skipped"}
    assert not list(settings.models_dir.glob("*.json"))


def test_retention_waits_for_an_area_at_work(small: Path, tmp_path: Path, settings: Settings, opened: Store) -> None:
    with time_machine.travel(NOON):
        scheduled.night(str(small / "sources.toml"), str(tmp_path / "out"), FIRST)
        with area_lock(settings, AREA):
            assert "held_by" in scheduled.retention()
        assert scheduled.retention() == {"n_due": 0, "certificate": None}


def test_killed_by_the_system_is_noted_as_killed(
    small: Path, tmp_path: Path, settings: Settings, opened: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told_to_stop(*_arguments: object, **_named: object) -> None:
        raise SystemExit(143)

    monkeypatch.setattr("flows.tasks.intake", told_to_stop)
    with use_settings(settings), pytest.raises(SystemExit):
        scheduled.night(str(small / "sources.toml"), str(tmp_path / "out"), FIRST)
    assert last_attempts(opened, AREA)[0].state is AttemptState.KILLED
