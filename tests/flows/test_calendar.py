"""Nights by Beijing's wall clock: across midnight, a year's end, a long outage; at most one is made up for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from data.errors import ConfigError
from data.store.progress import AttemptState, Origin, begin_attempt, end_attempt
from data.store.session import Store
from flows.nights import beijing_day, is_done, is_superseded, last_due, missed_night

CRON = "30 2 * * *"
AREA = "469005"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "due", "night_on"),
    [
        ("2026-12-31 18:30:00", "2026-12-31 18:30:00", "2027-01-01"),
        ("2026-12-31 18:29:59", "2026-12-30 18:30:00", "2026-12-31"),
        ("2026-12-31 16:00:00", "2026-12-30 18:30:00", "2026-12-31"),
        ("2027-01-01 00:00:00", "2026-12-31 18:30:00", "2027-01-01"),
        ("2028-02-29 18:30:01", "2028-02-29 18:30:00", "2028-03-01"),
    ],
)
def test_the_newest_night_due_is_told_in_beijing_time(now: str, due: str, night_on: str) -> None:
    found = last_due(CRON, utc(now))
    assert found == utc(due)
    assert beijing_day(found) == date.fromisoformat(night_on)


@pytest.mark.parametrize("cron", ["", "61 2 * * *", "every night"])
def test_a_wrong_cron_is_named(cron: str) -> None:
    with pytest.raises(ConfigError, match="night_cron"):
        last_due(cron, utc("2026-12-31 18:30:00"))


def test_a_late_night_is_superseded_as_soon_as_the_next_is_due() -> None:
    night_on = date(2027, 1, 1)
    assert not is_superseded(CRON, night_on, utc("2027-01-01 18:29:59"))
    assert is_superseded(CRON, night_on, utc("2027-01-01 18:30:00"))


def _attempt(store: Store, began: str, night_on: date | None, state: AttemptState | None = AttemptState.DONE) -> None:
    origin = Origin.HAND if night_on is None else Origin.NIGHT
    attempt_id = begin_attempt(store, AREA, origin, "here:1", 11, night_on, utc(began))
    if state is not None:
        end_attempt(store, attempt_id, state, now=utc(began) + timedelta(minutes=5))


def test_of_a_week_of_missed_nights_the_newest_is_made_up_for_once(store: Store) -> None:
    _attempt(store, "2026-12-24 18:30:00", date(2026, 12, 25))
    now = utc("2027-01-02 03:00:00")
    assert missed_night(store, AREA, CRON, now) == date(2027, 1, 2)
    _attempt(store, "2027-01-02 03:01:00", date(2027, 1, 2), AttemptState.FAILED)
    # A night that failed has told so; it is not tried for ever.
    assert missed_night(store, AREA, CRON, now + timedelta(hours=1)) is None
    assert not is_done(store, AREA, date(2027, 1, 2))
    assert missed_night(store, AREA, CRON, now + timedelta(days=1)) == date(2027, 1, 3)


def test_nothing_is_missed_before_the_first_run_of_an_area(store: Store) -> None:
    assert missed_night(store, AREA, CRON, utc("2027-01-02 03:00:00")) is None
    _attempt(store, "2027-01-02 03:00:00", None)
    assert missed_night(store, AREA, CRON, utc("2027-01-02 04:00:00")) is None
    assert missed_night(store, AREA, CRON, utc("2027-01-02 18:31:00")) == date(2027, 1, 3)


def test_a_night_that_is_under_way_is_not_missed(store: Store) -> None:
    _attempt(store, "2026-12-24 18:30:00", date(2026, 12, 25))
    _attempt(store, "2026-12-25 18:30:00", date(2026, 12, 26), None)
    assert missed_night(store, AREA, CRON, utc("2026-12-25 18:40:00")) is None
