"""One finished step of a run: what it took. Light: the commands that only link need nothing else of the flows."""

from __future__ import annotations

import resource
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One finished step. peak_mb is the peak of the whole process up to the step's end."""

    name: str
    seconds: float
    peak_mb: float


def peak_mb() -> float:
    """Peak resident memory of this process so far, in MiB (Linux counts ru_maxrss in KiB, macOS in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
