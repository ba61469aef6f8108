"""The benchmark of the rules: its options, and small facts on which every figure is there."""

from __future__ import annotations

import pytest

from bench import rules
from bench.rules_facts import AS_OF, province
from rules.catalogue import RULES
from rules.params import load_params


def test_options_have_the_documented_defaults() -> None:
    options = rules.parse([])
    assert (options.members, options.rounds, options.seed, options.json) == (400_000, 3, 7, False)


@pytest.mark.parametrize("wrong", [["--members", "0"], ["--rounds", "0"], ["--seed", "-1"], ["x"]])
def test_options_that_make_no_sense_are_refused(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        rules.parse(wrong)
    assert stop.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_a_small_province_is_measured_with_every_rule() -> None:
    document = rules.measure(600, 1, 7)
    in_force = {rule.code for rule in RULES if rule.since <= load_params(AS_OF).code}
    assert set(document["rules"]) == in_force
    assert 500 < document["n_classified"] <= 600
    assert document["n_findings"] > 0
    assert document["peak_mb"] >= document["facts_peak_mb"] > 0
    assert f"600 members, {len(RULES)} rules" in rules.table(document)


def test_the_same_seed_gives_the_same_facts() -> None:
    one, other = province(300, 3), province(300, 3)
    assert one.entries.equals(other.entries)
    assert not one.entries.equals(province(300, 4).entries)
