"""The benchmark of serving: its options; what it measures is run with real processes in tests/serve."""

from __future__ import annotations

import pytest

from bench import serve


@pytest.mark.parametrize("wrong", [["--uploads", "0"], ["--burst", "0"], ["--unknown"]])
def test_options_that_make_no_sense_are_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        serve.parse(wrong)
    assert stop.value.code == 2
    assert capsys.readouterr().err


def test_the_spread_is_of_each_column() -> None:
    told = serve._spread([(1.0, 10.0, 20.0), (3.0, 30.0, 25.0), (2.0, 14.0, 21.0)])
    assert told["check_s"] == {"n": 3, "min": 1.0, "median": 2.0, "max": 3.0}
    assert told["to_run_s"]["max"] == 30.0
    assert told["to_item_s"]["median"] == 21.0
