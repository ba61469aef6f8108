"""What Prefect's server does by itself: a run whose process vanished is marked, or it would stay `Running` for ever."""

from __future__ import annotations

from datetime import timedelta

from prefect.automations import Automation
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

_NAME = "longlou: crashed without a word"
#: Three heartbeats of 30 seconds (see flows.serving).
_SILENCE = timedelta(seconds=90)


def mark_zombies() -> None:
    """Make the automation unless it is there."""
    try:
        if Automation.read(name=_NAME) is not None:
            return
    except (ValueError, ObjectNotFound, PrefectHTTPStatusError):
        pass
    Automation(
        name=_NAME,
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.*"},
            match={"prefect.resource.id": ["prefect.flow-run.*"]},
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=_SILENCE,
        ),
        actions=[ChangeFlowRunState(name="Crashed", state=StateType.CRASHED, message="no heartbeat", force=False)],
    ).create()
