"""No room to write: one clear message, nothing half published, and the night after it goes through."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from data.model import RunState
from data.store.runs import list_runs
from data.store.session import open_store
from matching.kernels import SWITCH
from tests.county import tables_of

#: Bytes that no single file may pass, by what they are too small for.
LIMITS = {"a ledger": 9_000, "the database": 400_000}


def _reconcile(county: Path, place: Path, limit: int | None) -> subprocess.CompletedProcess[str]:
    def set_limit() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    sources = str(county / "sources.toml")
    command = [sys.executable, "-m", "tests.faults.plain", "reconcile", "--sources", sources]
    return subprocess.run(
        [*command, "--out", str(place / "out"), "--as-of", "2016-06-16"],
        # No kernels: the limit holds for the files in which they are kept, too.
        env={**os.environ, "LONGLOU_VAR_DIR": str(place / "var"), SWITCH: "plain"},
        cwd=Path(__file__).parents[2],
        preexec_fn=set_limit,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("what", LIMITS)
def test_a_full_disk_is_told_and_leaves_nothing(county: Path, tmp_path: Path, what: str) -> None:
    stopped = _reconcile(county, tmp_path, LIMITS[what])
    assert stopped.returncode == 1, stopped.stderr
    assert "空间不足" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert not (tmp_path / "out").exists()
    assert not list(tmp_path.glob(".longlou-*"))
    done = _reconcile(county, tmp_path, None)
    assert done.returncode == 0, done.stderr
    assert "summary.json" in tables_of(tmp_path / "out")
    with open_store(f"sqlite:///{tmp_path / 'var' / 'longlou.db'}") as store:
        assert [run.state for run in list_runs(store)].count(RunState.PUBLISHED) == 1
