"""The check of unseen seeds: its options, and what counts as exact."""

from __future__ import annotations

from typing import Any

import pytest

from bench import seeds

FALSE = {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n_decoys_struck": 0}
CHECK = {"n_claims": 50, "n_confirmed": 20, "n_false": 19, "n_review": 11, "claims": []}


def judged(small_normal: int = 127, **false: Any) -> dict[str, Any]:
    classes = {
        **seeds.TABLE,
        "small_enterprise": {**seeds.TABLE["small_enterprise"], "normal": small_normal, "hidden": 0},
    }
    return seeds.verdict(7, {"classes": classes}, {"false_entries": {**FALSE, **false}}, CHECK)


def test_the_table_of_the_report_adds_up() -> None:
    assert [sum(row.values()) for row in seeds.TABLE.values()] == [186, 328]


def test_exact_is_the_table_and_no_wrong_strike() -> None:
    assert judged()["is_exact"]
    assert not judged(126)["is_exact"]
    assert not judged(recall=0.99)["is_exact"]
    assert not judged(n_decoys_struck=1)["is_exact"]
    few = {**CHECK, "n_false": 18}
    assert not seeds.verdict(7, {"classes": seeds.TABLE}, {"false_entries": FALSE}, few)["is_exact"]
    assert judged()["rosters_alone"] == {"n_claims": 50, "n_confirmed": 20, "n_false": 19, "n_review": 11}


@pytest.mark.parametrize("wrong", [["--seeds", "0"], ["--first", "-1"], ["x"]])
def test_options_that_make_no_sense_are_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        seeds.parse(wrong)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err
