"""Attempts: how far a run is, how it ended, and that whoever comes next closes what died."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from data.store.progress import (
    AttemptState,
    Origin,
    attempt_of_night,
    begin_attempt,
    close_dead,
    end_attempt,
    last_attempts,
    note_step,
)
from data.store.session import Store
from tests.data.store.builders import AREA, NOW


def test_an_attempt_is_followed_from_its_first_step_to_its_end(store: Store) -> None:
    attempt_id = begin_attempt(store, AREA, Origin.UPLOAD, "host:1", 11, now=NOW)
    note_step(store, attempt_id, "match", 4, NOW + timedelta(seconds=9))
    (running,) = last_attempts(store, AREA)
    assert (running.state, running.step, running.n_done) == (AttemptState.RUNNING, "match", 4)
    assert running.changed_at - running.began_at == timedelta(seconds=9)
    end_attempt(store, attempt_id, AttemptState.DONE, run_id="run-1")
    (done,) = last_attempts(store, AREA)
    assert (done.state, done.step, done.run_id, done.problem) == (AttemptState.DONE, None, "run-1", None)


def test_the_next_attempt_of_the_area_closes_what_died_there_and_nowhere_else(store: Store) -> None:
    begin_attempt(store, "460107", Origin.HAND, "host:1", 11, now=NOW)
    begin_attempt(store, AREA, Origin.HAND, "host:2", 11, now=NOW)
    begin_attempt(store, AREA, Origin.HAND, "host:3", 11, now=NOW + timedelta(hours=1))
    assert [one.state for one in last_attempts(store, AREA)] == [AttemptState.RUNNING, AttemptState.KILLED]
    assert [one.state for one in last_attempts(store, "460107")] == [AttemptState.RUNNING]
    assert close_dead(store, AREA) == 1
    assert close_dead(store, AREA) == 0


def test_the_newest_attempt_at_a_night_counts(store: Store) -> None:
    first = begin_attempt(store, AREA, Origin.NIGHT, "host:1", 11, date(2017, 1, 1), NOW)
    end_attempt(store, first, AttemptState.FAILED, problem="the source does not answer")
    begin_attempt(store, AREA, Origin.NIGHT, "host:1", 11, date(2017, 1, 1), NOW + timedelta(hours=1))
    found = attempt_of_night(store, AREA, date(2017, 1, 1))
    assert found is not None
    assert found.state is AttemptState.RUNNING
    assert attempt_of_night(store, AREA, date(2017, 1, 2)) is None


def test_a_problem_never_carries_a_number(store: Store) -> None:
    attempt_id = begin_attempt(store, AREA, Origin.HAND, "host:1", 11)
    end_attempt(store, attempt_id, AttemptState.FAILED, problem="row of 469905190001010013")
    assert "190001010013" not in str(last_attempts(store, AREA)[0].problem)


def test_only_a_night_has_a_date(store: Store) -> None:
    with pytest.raises(IntegrityError):
        begin_attempt(store, AREA, Origin.UPLOAD, "host:1", 11, date(2017, 1, 1))
