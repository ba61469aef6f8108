"""The clock of a run: each step's seconds and peak memory, a progress bar at a terminal, plain log lines elsewhere."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from data.memory import give_back
from data.words import tr
from flows.forecast import Forecast
from flows.measured import Step as Step
from flows.measured import peak_mb as peak_mb

log = logging.getLogger("longlou.run")


@dataclass
class StepClock:
    """Collects the steps of one run; `n_steps` is known beforehand so that the bar tells how far it is.

    on_step: told the name of every step that begins and how many are behind it. expected: the forecast of this run.
    """

    n_steps: int
    is_quiet: bool = False
    steps: list[Step] = field(default_factory=list)
    on_step: Callable[[str, int], None] | None = None
    expected: Forecast | None = None
    _n_begun: int = 0
    _progress: Progress | None = None
    _task: TaskID | None = None

    @contextmanager
    def running(self) -> Iterator[StepClock]:
        """Show the bar while the run lasts, on a terminal only."""
        if self.is_quiet or not sys.stderr.isatty():
            yield self
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            self._progress, self._task = progress, progress.add_task("", total=self.n_steps)
            yield self
            self._progress = None

    @contextmanager
    def step(self, name: str, zh: str, en: str) -> Iterator[None]:
        """Time one step under its stable `name`; the two titles are what people read."""
        title = tr(zh, en)
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=title)
        if self.on_step is not None:
            self.on_step(name, self._n_begun)
        self._n_begun += 1
        started = time.perf_counter()
        yield
        done = Step(name, time.perf_counter() - started, peak_mb())
        self.steps.append(done)
        give_back()
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)
        else:
            log.info("%s  %.1f s  %.0f MB", title, done.seconds, done.peak_mb)
