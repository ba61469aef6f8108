"""What is deployed: by `longlou serve` and by prefect.yaml the same; every entrypoint is a flow that takes its parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect import Flow
from prefect.flows import load_flow_from_entrypoint

from bench.processes import ROOT
from data.settings import load_settings
from flows.deployments import deployments
from flows.triggers import NIGHT, REGRADE, TAKE_UP

DECLARED: list[dict[str, Any]] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


def _when(schedule: Any) -> tuple[object, ...]:
    if isinstance(schedule, dict):
        return (schedule.get("cron"), schedule.get("interval"), schedule.get("timezone"))
    interval = getattr(schedule, "interval", None)
    return (
        getattr(schedule, "cron", None),
        None if interval is None else interval.total_seconds(),
        getattr(schedule, "timezone", None) if interval is None else None,
    )


def test_prefect_yaml_declares_what_serve_declares() -> None:
    served = {}
    for one in deployments(load_settings(), Path("/etc/longlou/sources.toml"), Path("/srv/longlou/out")):
        limit, options = one.concurrency_limit, one.concurrency_options
        assert options is not None
        served[one.name] = (
            one.entrypoint,
            one.parameters,
            [_when(schedule.schedule) for schedule in one.schedules or []],
            (limit, options.collision_strategy.value, options.grace_period_seconds),
            list(one.tags),
        )
    told = {
        one["name"]: (
            one["entrypoint"],
            one.get("parameters", {}),
            [_when(schedule) for schedule in one.get("schedules", [])],
            tuple(one["concurrency_limit"][name] for name in ("limit", "collision_strategy", "grace_period_seconds")),
            one["tags"],
        )
        for one in DECLARED
    }
    assert told == served


@pytest.mark.parametrize("declared", DECLARED, ids=lambda one: str(one["name"]))
def test_every_entrypoint_is_a_flow_that_takes_its_parameters(declared: dict[str, Any]) -> None:
    flow: Flow[..., Any] = load_flow_from_entrypoint(declared["entrypoint"], use_placeholder_flow=False)
    assert set(declared.get("parameters", {})) <= set(flow.parameters.properties)
    assert set(flow.parameters.required or []) <= set(declared.get("parameters", {}))


def test_triggers_name_deployments_that_exist() -> None:
    names = {
        f"{load_flow_from_entrypoint(one['entrypoint'], use_placeholder_flow=False).name}/{one['name']}"
        for one in DECLARED
    }
    assert {NIGHT, TAKE_UP, REGRADE} <= names
