from __future__ import annotations

import pytest

from bench import county


def test_options_have_the_documented_defaults() -> None:
    options = county.parse([])
    assert (options.seed, options.rounds, options.scale, options.json) == (7, 3, 1.0, False)
    assert county.parse(["--scale", "0.5", "--json"]).scale == 0.5


@pytest.mark.parametrize("wrong", [["--rounds", "0"], ["--scale", "0"], ["--scale", "2.1"], ["--seed", "-1"], ["x"]])
def test_options_that_make_no_sense_are_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        county.parse(wrong)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("installed", "expected", "n_lines"), [(True, ["recordlinkage", "splink"], 0), (False, ["recordlinkage"], 1)]
)
def test_a_missing_splink_is_said_and_left_out(
    installed: bool,
    expected: list[str],
    n_lines: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(county, "find_spec", lambda name: object() if installed else None)
    assert county.peers() == expected
    assert len(capsys.readouterr().err.splitlines()) == n_lines
