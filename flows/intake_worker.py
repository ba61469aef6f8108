"""`python -m flows.intake_worker`: one of the processes that read sources for a run (flows.intake_apart)."""

from __future__ import annotations

import pickle
import sys
from typing import BinaryIO

from data.contracts.accept import Accepted
from data.words import set_language
from flows.intake import take_anew
from flows.intake_apart import Task


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """A task in, what was accepted out, until nobody asks any more; None for what cannot be done here."""
    while True:
        try:
            task: Task = pickle.load(source)
        except EOFError:
            return
        set_language(task.earlier.settings.language)
        pickle.dump(accepted_of(task), sink, protocol=pickle.HIGHEST_PROTOCOL)
        sink.flush()


def accepted_of(task: Task) -> Accepted | None:
    """What the source gave, kept sealed too; None when it gave an error, which the run finds for itself."""
    earlier = task.earlier
    mark = earlier.mark(task.name)
    try:
        accepted, digest = take_anew(task.name, earlier.spec, task.key, earlier.as_of, earlier)
        earlier.write(task.name, mark, accepted, digest)
    except Exception:  # noqa: BLE001 - whatever it is, the run meets it again
        return None
    return accepted


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
