"""The mutation of thresholds: nothing survives, and a threshold that nobody watches would be named."""

from __future__ import annotations

import pytest

from rules.params import rule_sets
from tools import mutate_params
from tools.mutate_params import mutants, survivors


def test_every_number_of_every_set_is_moved_both_ways() -> None:
    moved = [(one.code, one.name, one.step) for one in mutants()]
    assert moved == [(one.code, name, step) for one in rule_sets() for name in one.thresholds() for step in (-1, 1)]
    assert {one.code for one in mutants()} == {"RS-2006", "RS-2016", "RS-2019", "RS-2024"}


def test_a_mutant_differs_from_its_set_in_that_number_alone() -> None:
    sets = {one.code: one.thresholds() for one in rule_sets()}
    for mutant in mutants():
        if mutant.changed is not None:
            found = {name: item.value for name, item in mutant.changed.thresholds().items()}
            wanted = {name: item.value for name, item in sets[mutant.code].items()}
            assert found == {**wanted, mutant.name: wanted[mutant.name] + mutant.step}


@pytest.mark.slow
def test_nothing_survives() -> None:
    assert [f"{one.code} {one.name} {one.step:+d}" for one in survivors()] == []


def test_what_nobody_watches_survives_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(mutate_params, "RULES", tuple(rule for rule in mutate_params.RULES if rule.code != "NORMAL"))
    monkeypatch.setattr(mutate_params, "mutants", lambda: [one for one in mutants() if one.name.startswith("normal.")])
    assert mutate_params.main() == 1
    assert "normal.max_gap_months: RS-2006 -1, RS-2006 +1" in capsys.readouterr().out
