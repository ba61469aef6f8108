"""The options of the desk's benchmark, its spread, and its queue on a small scale."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.desk import parse
from bench.desk_analysts import work_together
from bench.desk_keys import spread
from bench.desk_queue import fill, serve, without_repeats


@pytest.mark.parametrize("wrong", [["--n", "0"], ["--items", "10", "--decisions", "20"], ["--seconds", "0"]])
def test_options_that_make_no_sense(wrong: list[str]) -> None:
    with pytest.raises(SystemExit):
        parse(wrong)


def test_spread() -> None:
    found = spread([float(n) for n in range(1, 102)])
    assert found["median_ms"] == 51
    assert 95 <= found["p95_ms"] <= 98


def test_three_analysts_answer_different_questions(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'longlou.db'}"
    fill(url, 12, 4)
    with serve(url, tmp_path / "var") as address:
        done = work_together(address, 3, 60)
    kept = without_repeats(url)
    assert (kept["n_kept"], kept["n_twice"]) == (12, 0)
    assert done["n_errors"] == 0
    assert done["n_decisions"] >= 12, "second readings are answers too"
