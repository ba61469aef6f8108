"""Processes that must be alive: started in order, started again when they die, stopped in reverse order."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from data.errors import LonglouError
from data.words import tr

log = logging.getLogger("longlou.serve")

#: A child that lives this long was well: its next restart is quick again.
_WELL_SECONDS = 60.0
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_STOP_SECONDS = 30.0
_LOOK_SECONDS = 0.5
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process. is_ready: asked until it says so before the next one starts; log_file: where its output goes."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log_file: Path
    is_ready: Callable[[], bool] = field(default=lambda: True)
    ready_seconds: float = 120.0
    _process: subprocess.Popen[bytes] | None = None
    _groups: list[int] = field(default_factory=list)
    _began: float = 0.0
    _pause: float = _FIRST_PAUSE
    _next: float = 0.0

    @property
    def pid(self) -> int | None:
        """Its process id while it lives."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def start(self) -> None:
        """Start it and wait until it is ready. Raises LonglouError when it ends or stays silent instead."""
        self._launch()
        deadline = time.monotonic() + self.ready_seconds
        while not self.is_ready():
            if self.pid is None or time.monotonic() > deadline:
                self.stop()
                raise LonglouError(
                    tr(
                        f"{self.name} 没有启动成功，原因见 {self.log_file.name}",
                        f"{self.name} did not start; see {self.log_file.name}",
                    )
                )
            time.sleep(_LOOK_SECONDS)

    def revive(self) -> None:
        """Start it again when it died, after a pause that doubles with every death in quick succession."""
        now = time.monotonic()
        if self.pid is not None:
            if now - self._began > _WELL_SECONDS:
                self._pause = _FIRST_PAUSE
            return
        if not self._next:
            self._next = now + self._pause
            log.warning(
                tr(f"{self.name} 已退出，{self._pause:.0f} 秒后重启", f"{self.name} died, again in {self._pause:.0f} s")
            )
        if now >= self._next:
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)
            self._launch()

    def stop(self) -> None:
        """Ask it to end, and make it end when it does not; what it or an earlier one left behind ends with it."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        for group in self._groups:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        self._groups.clear()

    def _launch(self) -> None:
        self.log_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(self.log_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
            # A session of its own: Ctrl-C reaches us alone, and we stop the children in order.
            self._process = subprocess.Popen(
                self.command,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        self._groups.append(self._process.pid)
        self._began, self._next = time.monotonic(), 0.0


def _end_with_parent() -> None:
    """Linux: a child is told to end when whoever supervises it is killed, or it would hold its port for ever."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def keep_alive(children: Sequence[Child], is_over: Callable[[], bool], on_ready: Callable[[], None]) -> None:
    """Start all in order, keep them alive until `is_over`, stop them in reverse order whatever happens."""
    started: list[Child] = []
    try:
        for child in children:
            if is_over():
                return
            started.append(child)
            child.start()
        on_ready()
        while not is_over():
            for child in children:
                child.revive()
            time.sleep(_LOOK_SECONDS)
    finally:
        for child in reversed(started):
            child.stop()
