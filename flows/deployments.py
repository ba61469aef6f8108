"""What Prefect runs for us and when: every deployment in one table."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from data.settings import Settings
from flows.nights import TIME_ZONE
from flows.scheduled import backup, night, propose, regrade, retention, sweep, take_up
from flows.triggers import NIGHT, REGRADE, TAKE_UP

_TAG = "longlou"
#: How long a slot stays taken after its holder died; the least that Prefect allows.
_GRACE_SECONDS = 60
#: Sunday before dawn, when last night's run is over; every day after it; and when what was due is gone.
_PROPOSAL_CRON, _RETENTION_CRON, _BACKUP_CRON = "0 5 * * 0", "30 5 * * *", "0 6 * * *"


def deployments(settings: Settings, sources: Path, out: Path) -> list[RunnerDeployment]:
    """All of them, for `longlou serve`; `prefect.yaml` declares the same for workers elsewhere."""
    here: dict[str, Any] = {"sources": str(sources)}
    both = {**here, "out": str(out)}
    wait = _limit(ConcurrencyLimitStrategy.ENQUEUE)
    cron = {name: Cron(when, timezone=TIME_ZONE) for name, when in _crons(settings).items()}
    often = Interval(timedelta(minutes=settings.sweep_minutes))
    # A sweep that comes while another is at work has nothing to add.
    drop = _limit(ConcurrencyLimitStrategy.CANCEL_NEW)
    declared: tuple[tuple[Flow[..., Any], str, dict[str, Any], Schedule | None, ConcurrencyLimitConfig], ...] = (
        (night, NIGHT, both, cron["night"], wait),
        (take_up, TAKE_UP, both, None, wait),
        (regrade, REGRADE, both, None, wait),
        (sweep, "sweep/every-few-minutes", here, often, drop),
        (propose, "propose/weekly", here, cron["propose"], wait),
        (retention, "retention/daily", {}, cron["retention"], wait),
        (backup, "backup/each-morning", {}, cron["backup"], wait),
    )
    return [
        RunnerDeployment.from_flow(
            served,
            name.partition("/")[2],
            parameters=parameters,
            schedule=when,
            concurrency_limit=limit,
            tags=[_TAG],
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for served, name, parameters, when, limit in declared
    ]


def _crons(settings: Settings) -> dict[str, str]:
    return {
        "night": settings.night_cron,
        "propose": _PROPOSAL_CRON,
        "retention": _RETENTION_CRON,
        "backup": _BACKUP_CRON,
    }


def _limit(strategy: ConcurrencyLimitStrategy) -> ConcurrencyLimitConfig:
    return ConcurrencyLimitConfig(limit=1, collision_strategy=strategy, grace_period_seconds=_GRACE_SECONDS)
