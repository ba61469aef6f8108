"""What goes from last night to tonight and on to the next: comparisons, read and written beside the other steps.

Packing, sealing and the disk leave the interpreter to whoever computes.
"""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from types import TracebackType
from typing import Self

from flows.intake import Taken
from flows.models import ChosenModel
from flows.night import LastNight
from matching.incremental_memory import Memory
from matching.results import MatchResult


class Handover:
    """A context: last night's comparisons are read from its beginning on, tonight's are on the disk, whole, at its
    end, whatever it ends with. What went wrong with them is raised then, unless something else is."""

    def __init__(self, last_night: LastNight, chosen: ChosenModel) -> None:
        self._last_night, self._chosen = last_night, chosen
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="comparisons")
        self._recalling: Future[Memory | None] | None = None
        self._keeping: Future[None] | None = None

    def __enter__(self) -> Self:
        self._recalling = self._pool.submit(copy_context().run, self._last_night.recall, self._chosen)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()
        if kind is None and self._keeping is not None:
            self._keeping.result()

    def recall(self) -> Memory | None:
        """Last night's comparisons, once; None: compare everything."""
        # Not held here: they are as large as all records, and of no use once tonight's are there.
        recalling, self._recalling = self._recalling, None
        return None if recalling is None else recalling.result()

    def keep(self, matched: MatchResult, taken: Taken) -> MatchResult:
        """Have tonight's comparisons written in the place of last night's; the result without them."""
        lighter = replace(matched, night=replace(matched.night, memory=None))
        model = self._last_night.model_of(self._chosen, matched, taken)
        self._keeping = self._pool.submit(copy_context().run, self._last_night.keep, model, matched.night.memory)
        return lighter
