"""The workbooks in a process of their own, while this one writes the tables, archives and publishes.

Two thirds of the time for a night's files go into sheets and their compression, and nothing else waits for them. What
that process cannot do is done again here, so that the files and the errors are those of a run without it.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from data.settings import Settings
from data.words import language, tr
from matching.resources import Resources
from reports.books import Books

log = logging.getLogger("longlou.run")

#: Members (50 µs each in the workbooks) below which nothing is gained: another process needs .7 s to begin.
_WORTH_IT = 20_000
_WORKER = "flows.books_worker"


@dataclass(frozen=True)
class Task:
    """Workbooks to be written into a folder."""

    folder: Path
    books: Books
    language: str


@contextmanager
def books_apart(folder: Path, books: Books, settings: Settings) -> Iterator[Callable[[], list[Path]]]:
    """Have the workbooks written into the folder; what it yields waits until they are there and gives their paths.

    They are whole when it was called; who leaves without that has no use for them any more.
    """
    if len(books.ledgers.members) < _WORTH_IT or _n_workers(settings) < 2:
        paths = books.write(folder)
        yield lambda: paths
        return
    with ExitStack() as held:
        process = subprocess.Popen([sys.executable, "-m", _WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        held.callback(_end, process)
        pool = held.enter_context(ThreadPoolExecutor(1, thread_name_prefix="books"))
        # First of all on the way out: else the pool would wait for what nobody wants any more.
        held.callback(process.kill)
        # Packed now: nobody promises that the frames stay as they are.
        begun = pool.submit(_ask, process, Task(folder, books.packed(), language()))
        yield lambda: begun.result() or _here(folder, books)


def _ask(process: subprocess.Popen[bytes], task: Task) -> list[Path]:
    """The paths of what it wrote; none when it could not."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        pickle.dump(task, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
        process.stdin.flush()
        paths: list[Path] = pickle.load(process.stdout)
    except (OSError, EOFError, pickle.UnpicklingError):
        return []
    return paths


def _here(folder: Path, books: Books) -> list[Path]:
    log.warning(tr("写台账的进程没有写成，改由本进程写", "the process for workbooks failed; they are written here"))
    return books.write(folder)


def _n_workers(settings: Settings) -> int:
    return Resources.local(settings.memory_budget_mb, settings.workers, settings.spill_dir).executor.n_workers


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):  # what nobody read any more
            assert pipe is not None
            pipe.close()
    process.wait()
