from __future__ import annotations

import pytest

from bench.processes import ChildFailedError, run_module


def test_a_child_is_measured_by_itself() -> None:
    cost = run_module("timeit", "-n", "1", "-r", "1", "-s", "import time", "x = bytearray(64 << 20); time.sleep(0.2)")
    assert cost.wall_s >= 0.2
    assert 0 < cost.cpu_s < cost.wall_s
    assert cost.peak_mb >= 64


def test_a_failing_child_says_why() -> None:
    with pytest.raises(ChildFailedError, match="no_such_module"):
        run_module("timeit", "-n", "1", "import no_such_module")
