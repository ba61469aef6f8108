"""Asking for runs: because a file was accepted (one run for a burst, none lost), a night was missed, people judged.

No Prefect is imported.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from data.settings import Settings
from data.store.clock import utc_now
from flows.scheduler import SchedulerUnavailable, scheduler_of

#: flow/deployment, as `flows.deployments` declares them.
NIGHT = "night/nightly"
TAKE_UP = "take-up/on-upload"
REGRADE = "regrade/on-judgements"


def trigger(settings: Settings, digest: str) -> str | None:
    """Ask for a run that takes up what waits, a little later so that a burst shares it; its id.

    None when one is already planned, or when the scheduler does not answer: the sweep will ask again. digest: of the
    file, so that the same file asked twice makes one run.
    """
    scheduler = scheduler_of(settings)
    if scheduler is None:
        return None
    try:
        if scheduler.next_start(TAKE_UP) is not None:
            return None
        begins = utc_now() + timedelta(seconds=settings.trigger_seconds)
        return scheduler.start(TAKE_UP, {}, f"{digest}:{begins:%Y%m%d%H%M}", begins)[0]
    except SchedulerUnavailable:
        return None


def ask_for_night(settings: Settings, night_on: date, key: str) -> str | None:
    """Ask for that night now; asked with the same key it is the same run. None when the scheduler does not answer."""
    return _ask(settings, NIGHT, {"night_on": night_on.isoformat()}, key)


def ask_for_regrade(settings: Settings, attempt_id: str) -> str | None:
    """Ask for the published night with the judgements since that attempt; asked twice it is one run."""
    return _ask(settings, REGRADE, {}, f"judged:{attempt_id}")


def _ask(settings: Settings, deployment: str, parameters: dict[str, Any], key: str) -> str | None:
    scheduler = scheduler_of(settings)
    if scheduler is None:
        return None
    try:
        return scheduler.start(deployment, parameters, key)[0]
    except SchedulerUnavailable:
        return None
