"""What did a program cost with all the processes it started? Wall, CPU, and the most memory they held at once.

Standard library only, and small: the kernel counts memory that a child shared with its parent before it began.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.processes import ROOT, ChildFailedError, Cost

_EVERY_S = 0.05
_PROC = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PEAK_UNITS_PER_MB = 1024 * 1024 if sys.platform == "darwin" else 1024
_MB = 1024 * 1024


def run_tree(*arguments: str, out: Path | None = None, settings: Mapping[str, str] | None = None) -> Cost:
    """Run `python -m arguments` in the project and wait; its stdout goes to `out`. Raises ChildFailedError.

    settings: variables of the environment besides those that are there.

    peak_mb: the larger of the root's own peak (exact, by the kernel) and the sum of resident memory over the tree
    (looked at 20 times a second; pages that two processes share count twice). Without /proc: the root's own peak.
    """
    started = time.perf_counter()
    with open(out or os.devnull, "wb") as stdout:
        command = [sys.executable, "-m", *arguments]
        child = subprocess.Popen(
            command, cwd=ROOT, stdout=stdout, stderr=subprocess.PIPE, env={**os.environ, **(settings or {})}
        )
    watch = _Watch(child.pid)
    assert child.stderr is not None
    with child.stderr:
        said = child.stderr.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    most = max(watch.stop(), usage.ru_maxrss / _PEAK_UNITS_PER_MB)
    if child.returncode != 0:
        raise ChildFailedError(f"{arguments[0]}: exit code {child.returncode}\n{said[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, most)


class _Watch(threading.Thread):
    """Looks at a process and all below it until told to stop."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root, self._most, self._ended = root, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self._ended.wait(_EVERY_S):
            self._most = max(self._most, sum(resident_mb(pid) for pid in _tree(self._root)))

    def stop(self) -> float:
        """The most that was seen, MiB."""
        self._ended.set()
        self.join()
        return self._most


def _tree(root: int) -> Iterator[int]:
    """The process and all its descendants that are there now."""
    yield root
    for task in _listed(_PROC / str(root) / "task"):
        try:
            children = (task / "children").read_text().split()
        except OSError:  # it ended meanwhile
            continue
        for child in children:
            yield from _tree(int(child))


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def resident_mb(pid: int) -> float:
    """Resident memory of a process, MiB; 0 when it has ended or there is no /proc."""
    try:
        return int((_PROC / str(pid) / "statm").read_text().split()[1]) * _PAGE / _MB
    except OSError:
        return 0.0
