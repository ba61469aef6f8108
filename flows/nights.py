"""Which night is it? In Beijing time, whatever the machine's zone; and which nights were missed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from data.errors import ConfigError
from data.store.progress import AttemptState, attempt_of_night, last_attempts
from data.store.session import Store
from data.words import tr

TIME_ZONE = "Asia/Shanghai"
_BEIJING = ZoneInfo(TIME_ZONE)


def beijing_day(moment: datetime) -> date:
    """The date of a moment on the wall there."""
    return moment.astimezone(_BEIJING).date()


def last_due(cron: str, now: datetime) -> datetime:
    """When the newest night by this cron expression was due, not after `now`; in UTC. Raises ConfigError."""
    try:
        # Backwards CronSim leaves `now` itself out; a night that is due this very second is due.
        found = next(CronSim(cron, now.astimezone(_BEIJING), reverse=True), None)
        ahead = next(CronSim(cron, found or now.astimezone(_BEIJING)), None)
    except CronSimError:
        raise ConfigError(tr("night_cron 不是有效的 cron 表达式", "night_cron is not a cron expression")) from None
    if ahead is not None and ahead <= now:
        found = ahead
    if found is None:
        raise ConfigError(tr("night_cron 没有可执行的时间", "night_cron never comes"))
    return found.astimezone(UTC)


def is_superseded(cron: str, night_on: date, now: datetime) -> bool:
    """Is a newer night due by now? Then this one is not made up for: the newer one sees all that it would have."""
    return night_on < beijing_day(last_due(cron, now))


def is_done(store: Store, area: str, night_on: date) -> bool:
    """Was this night done?"""
    found = attempt_of_night(store, area, night_on)
    return found is not None and found.state is AttemptState.DONE


def missed_night(store: Store, area: str, cron: str, now: datetime) -> date | None:
    """The newest night that was due, when nobody so much as began it though the area had been at work before.

    Nothing is missed before the first run of an area: a bureau that sets up at noon waits for its first night.
    """
    due = last_due(cron, now)
    earlier = last_attempts(store, area, 1_000)
    if not any(attempt.began_at < due for attempt in earlier):
        return None
    night_on = beijing_day(due)
    return None if attempt_of_night(store, area, night_on) is not None else night_on
