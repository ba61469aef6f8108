"""What did a process cost? Wall time, CPU time and peak memory of a child, as the kernel counted them.

The process that asks stays small (standard library only): the kernel counts the memory a child shared with its parent
before it became a program of its own, so a big parent would hide the peak of a small child.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_PEAK_UNITS_PER_MB = 1024 * 1024 if sys.platform == "darwin" else 1024


class ChildFailedError(Exception):
    """A child process ended with another code than 0; its last lines of stderr."""


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, seconds of processor (user and system, all cores), peak resident memory in MiB."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def run_module(module: str, *arguments: str, python: str = sys.executable) -> Cost:
    """Run `python -m module arguments` in the project and wait for it. Raises ChildFailedError."""
    command = [python, "-m", module, *arguments]
    started = time.perf_counter()
    child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert child.stderr is not None
    with child.stderr:
        said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise ChildFailedError(f"{module} {' '.join(arguments[:1])}: exit code {child.returncode}\n{said[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _PEAK_UNITS_PER_MB)


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"n_cores": os.cpu_count(), "memory_gb": memory / 2**30, "python": platform.python_version()}


def say(text: str) -> None:
    """Progress, for stderr: stdout is for the figures."""
    print(text, file=sys.stderr, flush=True)
