"""Who may go where? The states of runs, findings and queue items and the moves between them, as tables one can read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from data.errors import InvalidTransition
from data.model import QueueState, RunState


class FindingState(StrEnum):
    """Where a finding stands: the machine proposes and takes back, only a named reviewer upholds or dismisses."""

    PROPOSED = "proposed"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


#: published and failed are ends: the next night is another run.
RUN_TRANSITIONS: Mapping[StrEnum, tuple[StrEnum, ...]] = {
    RunState.STARTED: (RunState.PUBLISHED, RunState.FAILED),
    RunState.PUBLISHED: (),
    RunState.FAILED: (),
}

#: Back to proposed: a reviewer's undo, or the evidence changed since the decision.
FINDING_TRANSITIONS: Mapping[StrEnum, tuple[StrEnum, ...]] = {
    FindingState.PROPOSED: (FindingState.UPHELD, FindingState.DISMISSED, FindingState.WITHDRAWN),
    FindingState.UPHELD: (FindingState.PROPOSED,),
    FindingState.DISMISSED: (FindingState.PROPOSED,),
    FindingState.WITHDRAWN: (FindingState.PROPOSED,),
}

#: Back to open: a reviewer's undo, or the question changed since the decision, or came again.
QUEUE_TRANSITIONS: Mapping[StrEnum, tuple[StrEnum, ...]] = {
    QueueState.OPEN: (QueueState.DECIDED, QueueState.WITHDRAWN),
    QueueState.DECIDED: (QueueState.OPEN,),
    QueueState.WITHDRAWN: (QueueState.OPEN,),
}

VALID_TRANSITIONS: Mapping[str, Mapping[StrEnum, tuple[StrEnum, ...]]] = {
    "run": RUN_TRANSITIONS,
    "finding": FINDING_TRANSITIONS,
    "queue item": QUEUE_TRANSITIONS,
}


def check_transition(kind: str, subject: str, state: StrEnum, wanted: StrEnum) -> None:
    """Raise InvalidTransition unless VALID_TRANSITIONS[kind] lets `state` become `wanted`."""
    if wanted not in VALID_TRANSITIONS[kind][state]:
        raise InvalidTransition(f"{kind} {subject}", state, wanted)


def diagram(kind: str) -> str:
    """The table of one kind as a Mermaid state diagram, for docs/store.md."""
    moves = [f"    {state} --> {to}" for state, targets in VALID_TRANSITIONS[kind].items() for to in targets]
    return "\n".join(["stateDiagram-v2", *moves])
