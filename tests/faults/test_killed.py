"""kill -9 in the middle of a night: nothing half published, nothing lost, the next run says so and goes on.

Three kills here; `longlou bench faults` does thirty, with Prefect's engine.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.faults import Runner, measure


@pytest.mark.slow
def test_kills_leave_everything_whole(tmp_path: Path) -> None:
    found = measure(3, 0.01, 5, tmp_path, Runner("tests.faults.plain"))
    assert found["n_good"] == 3, found["rounds"]
    assert found["n_killed"] >= 2, found["rounds"]
