"""How much may matching take? Memory, workers, a folder for the rest; what is found depends on none of them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from matching.executor import Executor, InLine, local_executor

_MB = 1 << 20
#: Shares of the budget: chunks at work, and pairs held before they go to files. The rest is the data themselves.
_AT_WORK, _HELD = 1 / 4, 1 / 4
#: Bytes that a pair at work takes at most: two positions, levels, and the kernels' own arrays.
_BYTES_AT_WORK = 400
#: Chunks below this are all overhead, above it they leave the processor's caches.
_FEWEST, _MOST = 1 << 14, 1 << 18


@dataclass(frozen=True)
class Resources:
    """What a run may use.

    memory_mb: what the process should stay under as long as the data themselves do (`docs/matching.md`, The engine).
    executor: who does the work. folder: where pairs go that memory does not hold (positions and pattern numbers, no
    values); made when needed, and what is put there is gone when the run ends. None: the system's temporary folder.
    """

    memory_mb: int = 2048
    executor: Executor = field(default_factory=InLine)
    folder: Path | None = None

    @classmethod
    def local(cls, memory_mb: int, n_workers: int, folder: Path) -> Resources:
        """Those of this machine; n_workers 0: one for each processor that the process may use."""
        return cls(memory_mb, local_executor(n_workers or _n_processors()), folder)

    @property
    def chunk_pairs(self) -> int:
        """Pairs in one task."""
        fitting = int(self.memory_mb * _MB * _AT_WORK) // (_BYTES_AT_WORK * self.executor.n_workers)
        return max(_FEWEST, min(fitting, _MOST))

    @property
    def held_bytes(self) -> int:
        """Bytes of pairs kept in memory between two passes."""
        return int(self.memory_mb * _MB * _HELD)


def _n_processors() -> int:
    """Processors that this process may run on, where the system tells."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1
