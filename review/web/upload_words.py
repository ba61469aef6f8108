"""What the desk calls the states of a file, what became of its columns, and how grave a problem is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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
