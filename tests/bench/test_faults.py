"""The benchmark of killed nights (the kills themselves: tests/faults/test_killed.py)."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.faults import Runner, main
from bench.processes import ChildFailedError


@pytest.mark.parametrize("arguments", [["--kills", "0"], ["--scale", "3"], ["--seed", "-1"]])
def test_options_that_make_no_sense(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_a_night_that_fails_by_itself_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ChildFailedError, match="exit code 2"):
        Runner().finish(tmp_path, "reconcile", "--sources", "nowhere.toml", "--out", str(tmp_path / "out"))
