"""Who does the work? Tasks that depend on nothing but what they are given, done in order or several at a time.

The one seam between matching and where it runs: a pool of machines takes the place of `local_executor` and no other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

Shared = TypeVar("Shared")
Task = TypeVar("Task")
Result = TypeVar("Result")

#: Tasks begun ahead of the one whose result is wanted next, for each worker: nobody waits, and little lies about.
_AHEAD = 2


class Executor(Protocol):
    """Maps a pure function over tasks.

    `shared` is the same for all of them (rules, coded columns): a distributed executor hands it out once and to each
    worker whole; it is never changed. Results come in the order of the tasks, so that nothing downstream can tell who
    did which; at most a few of them wait to be taken.
    """

    @property
    def n_workers(self) -> int:
        """How many tasks may be at work at a time: memory for chunks is shared among so many."""

    def map(
        self, function: Callable[[Shared, Task], Result], shared: Shared, tasks: Iterable[Task]
    ) -> Iterator[Result]:
        """function(shared, task) for each task, in order."""


@dataclass(frozen=True)
class InLine:
    """One task after the other, here."""

    n_workers: int = 1

    def map(
        self, function: Callable[[Shared, Task], Result], shared: Shared, tasks: Iterable[Task]
    ) -> Iterator[Result]:
        """As they are asked for."""
        return (function(shared, task) for task in tasks)


@dataclass(frozen=True)
class Threads:
    """Several at a time in this process: array operations and compiled kernels release the interpreter."""

    n_workers: int

    def map(
        self, function: Callable[[Shared, Task], Result], shared: Shared, tasks: Iterable[Task]
    ) -> Iterator[Result]:
        """A few ahead of what is asked for; an error comes with its own task's turn."""
        with ThreadPoolExecutor(self.n_workers, thread_name_prefix="matching") as pool:
            waiting: deque[Future[Result]] = deque()
            try:
                for task in tasks:
                    waiting.append(pool.submit(function, shared, task))
                    if len(waiting) >= _AHEAD * self.n_workers:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for left in waiting:
                    left.cancel()


def local_executor(n_workers: int) -> Executor:
    """The executor of this machine for so many workers."""
    return InLine() if n_workers <= 1 else Threads(n_workers)
