"""`python -m flows.books_worker`: the process that writes the workbooks of one run (flows.books_apart)."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from pathlib import Path
from threading import Thread
from typing import BinaryIO

from data.words import set_language
from flows.books_apart import Task


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """One task in, the paths of its workbooks out; none when it gave an error, which the run finds for itself."""
    task: Task = pickle.load(source)
    Thread(target=_end_with, args=(source.fileno(),), daemon=True).start()
    pickle.dump(written(task), sink)
    sink.flush()


def written(task: Task) -> list[Path]:
    """The paths of the workbooks, all or none."""
    set_language(task.language)
    try:
        return task.books.unpacked().write(task.folder)
    except Exception:  # noqa: BLE001 - whatever it is, the run meets it again
        return []


def _end_with(pipe: int) -> None:
    """Who asked lets go of the pipe at the latest when it dies: nobody waits for the workbooks any more."""
    os.read(pipe, 1)
    os._exit(1)


if __name__ == "__main__":
    # An interrupt is for the run, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.stdin.buffer, sys.stdout.buffer)
