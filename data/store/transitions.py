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


class UploadState(StrEnum):
    """Where a file handed in stands: the check reads it, its owner accepts it, a run takes it up."""

    RECEIVED = "received"
    CHECKED = "checked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class CaseState(StrEnum):
    """What comes next in a case of verification: 线索, 复核, 电话, 走访, or how it ended: 确认, 排除."""

    LEAD = "lead"
    CHECK = "check"
    PHONE = "phone"
    VISIT = "visit"
    CONFIRMED = "confirmed"
    RULED_OUT = "ruled_out"


#: failed, discarded and rolled back are ends: the next night is another run, and so is a rollback.
RUN_TRANSITIONS: Mapping[StrEnum, tuple[StrEnum, ...]] = {
    RunState.STARTED: (RunState.PUBLISHED, RunState.HELD, RunState.FAILED),
    RunState.PUBLISHED: (RunState.ROLLED_BACK,),
    RunState.HELD: (RunState.PUBLISHED, RunState.DISCARDED),
    RunState.FAILED: (),
    RunState.DISCARDED: (),
    RunState.ROLLED_BACK: (),
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

#: A file that failed may be taken up again; received again: the check was interrupted or the columns said anew.
UPLOAD_TRANSITIONS: Mapping[StrEnum, tuple[StrEnum, ...]] = {
    UploadState.RECEIVED: (UploadState.RECEIVED, UploadState.CHECKED, UploadState.REFUSED),
    UploadState.CHECKED: (UploadState.ACCEPTED, UploadState.REFUSED, UploadState.RECEIVED),
    UploadState.ACCEPTED: (UploadState.QUEUED, UploadState.RUNNING),
    UploadState.REFUSED: (UploadState.RECEIVED,),
    UploadState.QUEUED: (UploadState.RUNNING, UploadState.FAILED),
    UploadState.RUNNING: (UploadState.DONE, UploadState.FAILED),
    UploadState.DONE: (),
    UploadState.FAILED: (UploadState.ACCEPTED,),
}

_AFTER_ATTEMPT = (CaseState.PHONE, CaseState.VISIT, CaseState.CONFIRMED, CaseState.RULED_OUT)

#: Nothing is confirmed from papers alone: somebody called or went there first. To phone or visit again: another try.
CASE_TRANSITIONS: Mapping[StrEnum, tuple[StrEnum, ...]] = {
    CaseState.LEAD: (CaseState.CHECK, CaseState.RULED_OUT),
    CaseState.CHECK: (CaseState.PHONE, CaseState.VISIT, CaseState.RULED_OUT),
    CaseState.PHONE: _AFTER_ATTEMPT,
    CaseState.VISIT: _AFTER_ATTEMPT,
    CaseState.CONFIRMED: (CaseState.CHECK,),
    CaseState.RULED_OUT: (CaseState.CHECK,),
}

VALID_TRANSITIONS: Mapping[str, Mapping[StrEnum, tuple[StrEnum, ...]]] = {
    "run": RUN_TRANSITIONS,
    "finding": FINDING_TRANSITIONS,
    "queue item": QUEUE_TRANSITIONS,
    "upload": UPLOAD_TRANSITIONS,
    "verification case": CASE_TRANSITIONS,
}


def check_transition(kind: str, subject: str, state: StrEnum, wanted: StrEnum) -> None:
    """Raise InvalidTransition unless VALID_TRANSITIONS[kind] lets `state` become `wanted`."""
    if wanted not in VALID_TRANSITIONS[kind][state]:
        raise InvalidTransition(f"{kind} {subject}", state, wanted)


def diagram(kind: str) -> str:
    """The table of one kind as a Mermaid state diagram, for docs/store.md."""
    moves = [f"    {state} --> {to}" for state, targets in VALID_TRANSITIONS[kind].items() for to in targets]
    return "\n".join(["stateDiagram-v2", *moves])
