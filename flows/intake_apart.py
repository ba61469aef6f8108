"""Several sources at a time: processes that read and accept one source after the other, and hand back packed rows.

Worth it where much is to be read: a process needs a second to start. Which process read a source changes nothing of
what is accepted; what one of them cannot do is done again here, so that errors are those of a run without them.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from queue import SimpleQueue

from data.contracts.accept import Accepted
from data.settings import Settings
from flows.night_accepted import AcceptedFiles
from matching.resources import Resources

#: Bytes to be read below which one process is as fast as several.
_WORTH_IT = 48 << 20
_WORKER = "flows.intake_worker"


@dataclass(frozen=True)
class Task:
    """One source to be read, accepted and kept sealed."""

    name: str
    earlier: AcceptedFiles
    key: bytes


class Apart:
    """Processes at work; `take` gives what one of them accepted, in whatever order it is asked."""

    def __init__(self, pool: ThreadPoolExecutor, idle: SimpleQueue[subprocess.Popen[bytes]]) -> None:
        self._pool, self._idle = pool, idle
        self._begun: dict[str, Future[Accepted | None]] = {}

    def begin(self, names: Sequence[str], earlier: AcceptedFiles, key: bytes) -> None:
        """Have these sources read, the largest first, so that nobody waits for a big one in the end."""
        sizes = {name: earlier.n_bytes(name) for name in names}
        for name in sorted(names, key=lambda name: (-sizes[name], name)):
            self._begun[name] = self._pool.submit(self._ask, Task(name, earlier, key))

    def take(self, name: str) -> Accepted | None:
        """What was accepted of a source and is kept sealed already; None when it is to be read here."""
        begun = self._begun.pop(name, None)
        return None if begun is None else begun.result()

    def cancel(self) -> None:
        """Nothing further is begun."""
        for begun in self._begun.values():
            begun.cancel()

    def _ask(self, task: Task) -> Accepted | None:
        process = self._idle.get()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            pickle.dump(task, process.stdin)
            process.stdin.flush()
            found: Accepted | None = pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            # It died, of too little memory perhaps: the run goes on with one process fewer, or alone.
            return None
        finally:
            self._idle.put(process)
        return found


@contextmanager
def apart(names: Sequence[str], earlier: AcceptedFiles | None, key: bytes) -> Iterator[Apart | None]:
    """Processes for reading these sources; None where they would not pay."""
    if (
        earlier is None
        or (n_workers := _n_workers(earlier.settings)) < 2
        or sum(map(earlier.n_bytes, names)) < _WORTH_IT
    ):
        yield None
        return
    with ExitStack() as held:
        idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        for _ in range(n_workers):
            process = subprocess.Popen([sys.executable, "-m", _WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            held.callback(_end, process)
            idle.put(process)
        pool = held.enter_context(ThreadPoolExecutor(n_workers, thread_name_prefix="intake"))
        work = Apart(pool, idle)
        held.callback(work.cancel)
        work.begin(names, earlier, key)
        yield work


def _n_workers(settings: Settings) -> int:
    return Resources.local(settings.memory_budget_mb, settings.workers, settings.spill_dir).executor.n_workers


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.communicate()
