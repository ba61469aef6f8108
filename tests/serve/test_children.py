"""Processes kept alive: one that dies comes back, one that hangs is ended, none outlives its supervisor."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from data.errors import LonglouError
from flows.children import Child, keep_alive

_SLEEP = (sys.executable, "-c", "import time; time.sleep(600)")


def child(folder: Path, *command: str, **changed: object) -> Child:
    return Child("part", command or _SLEEP, dict(os.environ), folder / "logs" / "part.log", **changed)  # type: ignore[arg-type]


def is_alive(pid: int) -> bool:
    """A zombie that nobody waited for is dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(is_so: Callable[[], bool], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "not so in time"
        time.sleep(0.05)


def test_a_dead_child_comes_back_and_its_log_goes_on(tmp_path: Path) -> None:
    part = child(tmp_path, sys.executable, "-c", "print('up', flush=True); import time; time.sleep(600)")
    seen: list[int] = []

    def is_over() -> bool:
        if part.pid is not None and part.pid not in seen and part.log_file.read_text().count("up") > len(seen):
            seen.append(part.pid)
            os.kill(part.pid, signal.SIGKILL)
        return len(seen) == 2

    keep_alive([part], is_over, lambda: None)
    assert len(set(seen)) == 2
    assert part.pid is None
    assert part.log_file.stat().st_mode & 0o777 == 0o600


def test_what_a_dead_child_left_behind_ends_with_the_rest(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    script = f"import subprocess, time; p = subprocess.Popen({_SLEEP!r}); open({str(pid_file)!r}, 'w').write(str(p.pid)); time.sleep(600)"
    part = child(tmp_path, sys.executable, "-c", script)
    part.start()
    until(lambda: pid_file.exists() and pid_file.read_text() != "")
    left = int(pid_file.read_text())
    assert part.pid is not None
    os.kill(part.pid, signal.SIGKILL)
    until(lambda: part.pid is None)
    assert is_alive(left)
    part.stop()
    until(lambda: not is_alive(left))


def test_a_child_that_never_gets_ready_is_named_and_ended(tmp_path: Path) -> None:
    part = child(tmp_path, is_ready=lambda: False, ready_seconds=0.2)
    with pytest.raises(LonglouError, match=r"part\.log"):
        part.start()
    assert part.pid is None


def test_a_child_that_ends_at_once_is_named(tmp_path: Path) -> None:
    part = child(tmp_path, sys.executable, "-c", "raise SystemExit(3)", is_ready=lambda: False)
    began = time.monotonic()
    with pytest.raises(LonglouError):
        part.start()
    assert time.monotonic() - began < 60


def test_parts_stop_in_reverse_order_also_when_one_does_not_start(tmp_path: Path) -> None:
    first = child(tmp_path)
    second = child(tmp_path, sys.executable, "-c", "raise SystemExit(3)", is_ready=lambda: False)
    with pytest.raises(LonglouError):
        keep_alive([first, second], lambda: False, lambda: pytest.fail("it is not ready"))
    assert first.pid is None


def test_pauses_double_while_it_keeps_dying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000.0]
    monkeypatch.setattr("flows.children.time.monotonic", lambda: now[0])
    part = child(tmp_path, sys.executable, "-c", "pass")
    part.start()
    starts: list[float] = []
    for _ in range(120):
        process = part._process
        assert process is not None
        process.wait()
        part.revive()
        if part._process is not process:
            starts.append(now[0])
        now[0] += 0.5
    pauses = [round(later - earlier, 1) for earlier, later in pairwise(starts)]
    assert pauses[:4] == [2.5, 4.5, 8.5, 16.5]


def test_children_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    script = (
        "import os, sys, time; from pathlib import Path; from flows.children import Child;"
        f"part = Child('part', {_SLEEP!r}, dict(os.environ), Path({str(tmp_path)!r}) / 'log');"
        "part.start(); print(part.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        pid = int(supervisor.stdout.readline())
        assert is_alive(pid)
        supervisor.kill()
    until(lambda: not is_alive(pid))
