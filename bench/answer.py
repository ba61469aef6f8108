"""What a contender hands back: its pairs, its persons, and how long each of its steps took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

import pandas as pd

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Answer:
    """n_pairs: candidate pairs compared. steps: seconds by name.

    pairs: unique_id_l, unique_id_r, match_probability, is_match: a peer's are all its candidate pairs, ours the certain
    and possible ones. links: unique_id, person_id; a record without a link stands alone.
    """

    n_pairs: int
    steps: dict[str, float]
    pairs: pd.DataFrame
    links: pd.DataFrame


@dataclass
class Clock:
    """Seconds by step. A step inside another stops the outer one, so the steps add up to the whole."""

    steps: dict[str, float] = field(default_factory=dict)
    _running: list[str] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time what happens inside; a name used twice adds up."""
        self._charge()
        self._running.append(name)
        try:
            yield
        finally:
            self._charge()
            self._running.pop()

    def timed(self, name: str, function: Callable[P, R]) -> Callable[P, R]:
        """The function, timed under `name` each time it is called."""

        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            with self.step(name):
                return function(*args, **kwargs)

        return run

    def _charge(self) -> None:
        now = time.perf_counter()
        if self._running:
            self.steps[self._running[-1]] = self.steps.get(self._running[-1], 0.0) + now - self._since
        self._since = now
