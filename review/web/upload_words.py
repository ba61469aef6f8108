"""What the desk calls the states of a file, what became of its columns, and how grave a problem is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.store.progress import AttemptState, Origin
from data.store.transitions import UploadState
from review.web.words import gettext as _

STATE_WORDS: Mapping[UploadState, Callable[[], str]] = {
    UploadState.RECEIVED: lambda: _("being checked"),
    UploadState.CHECKED: lambda: _("checked, please confirm"),
    UploadState.ACCEPTED: lambda: _("accepted, the run begins soon"),
    UploadState.REFUSED: lambda: _("refused"),
    UploadState.QUEUED: lambda: _("a run is waiting to begin"),
    UploadState.RUNNING: lambda: _("the run is working"),
    UploadState.DONE: lambda: _("done: the results are in the queue"),
    UploadState.FAILED: lambda: _("the run failed"),
}

#: By the values of the check's JSON document.
TAKEN_WORDS: Mapping[str, Callable[[], str]] = {
    "taken": lambda: _("read as"),
    "left_out": lambda: _("left out on purpose"),
    "unknown": lambda: _("not known, not read"),
    "empty": lambda: _("empty"),
}
LEVEL_WORDS: Mapping[str, Callable[[], str]] = {
    "rejected": lambda: _("to correct"),
    "check": lambda: _("to check"),
    "note": lambda: _("note"),
}

#: By the stable names of a run's steps (flows.reconcile, flows.finish).
STEP_WORDS: Mapping[str, Callable[[], str]] = {
    "intake": lambda: _("reading the sources"),
    "remember": lambda: _("reading the judgements"),
    "records": lambda: _("preparing persons and enterprises"),
    "match": lambda: _("comparing persons"),
    "link": lambda: _("employers and golden records"),
    "classify": lambda: _("classes and false entries"),
    "form": lambda: _("organisations to form"),
    "check": lambda: _("checking against the last run"),
    "write": lambda: _("writing ledgers"),
    "archive": lambda: _("keeping the archive"),
    "publish": lambda: _("publishing"),
}
ORIGIN_WORDS: Mapping[Origin, Callable[[], str]] = {
    Origin.HAND: lambda: _("by hand"),
    Origin.NIGHT: lambda: _("nightly run"),
    Origin.UPLOAD: lambda: _("after a file"),
    Origin.REGRADE: lambda: _("after answers"),
}
ATTEMPT_WORDS: Mapping[AttemptState, Callable[[], str]] = {
    AttemptState.RUNNING: lambda: _("at work"),
    AttemptState.DONE: lambda: _("done"),
    AttemptState.FAILED: lambda: _("failed"),
    AttemptState.KILLED: lambda: _("broken off"),
}
