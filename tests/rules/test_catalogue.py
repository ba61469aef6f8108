"""Every rule: explicit, cited, dated, and its examples hold when they are run under each rule set that has it."""

from __future__ import annotations

import re

import pytest

from rules.catalogue import CLASS_RULES, RULES
from rules.engine import run_rules
from rules.examples.run import outcome, sets_of
from rules.examples.vectors import VECTORS, Vector
from rules.facts import facts_of
from rules.params import Params, load_params, rule_sets
from rules.rule import Example, Outcome, Rule, Text


def judged_under(rule: Rule, example: Example) -> list[Params]:
    """Every set that the example names, else the first and the last that have the rule."""
    sets = sets_of(rule, example)
    return list(sets) if example.sets else list(dict.fromkeys((sets[0], sets[-1])))


CASES = [
    pytest.param(rule, example, params, id=f"{rule.code}-{params.code}-{example.title.en}")
    for rule in RULES
    for example in rule.examples
    for params in judged_under(rule, example)
]


@pytest.mark.parametrize(("rule", "example", "params"), CASES)
def test_example_holds(rule: Rule, example: Example, params: Params) -> None:
    assert outcome(rule, example, params) == dict(example.expected)
    assert (example.outcome is Outcome.FIRES) == bool(example.expected)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_whole(rule: Rule) -> None:
    assert {example.outcome for example in rule.examples} == set(Outcome)
    titles = [text.title for text in rule.examples]
    assert len(set(titles)) == len(titles)
    for text in (rule.title, rule.proves, rule.does_not_prove, rule.human_step, *titles):
        assert re.search("[一-鿿]", text.zh) and not re.search("[一-鿿]", text.en) and text.en  # noqa: PT018
    assert rule.citation
    assert rule.since in [one.code for one in rule_sets()]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_run_under_every_set_that_has_the_rule(rule: Rule) -> None:
    shown = {one.code for example in rule.examples for one in sets_of(rule, example)}
    assert shown == {one.code for one in rule_sets() if one.code >= rule.since}


LATER = [rule for rule in RULES if rule.since > "RS-2006"]


@pytest.mark.parametrize("rule", LATER, ids=lambda rule: rule.code)
def test_a_rule_is_silent_under_an_earlier_set(rule: Rule) -> None:
    firing = next(example for example in rule.examples if example.outcome is Outcome.FIRES)
    facts = facts_of(firing.feeds, firing.tables)
    earlier = [one for one in rule_sets() if one.code < rule.since][-1]
    few = [one for one in RULES if one.code in {rule.code, *CLASS_RULES.values()}]
    assert rule.code not in set(run_rules(facts, firing.as_of, earlier, few).findings["rule_code"])
    now = run_rules(facts, firing.as_of, sets_of(rule, firing)[0], few).findings
    assert (rule.code in set(now["rule_code"])) == rule.is_published


def test_codes_are_unique_and_classes_have_rules() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert set(CLASS_RULES.values()) <= set(codes)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_vector_holds_under_every_set_that_has_it(vector: Vector) -> None:
    for params in rule_sets():
        if params.code >= vector.since:
            assert vector.compute(params) == vector.expected, params.code


def test_a_text_is_told_in_the_readers_language() -> None:
    assert Text("流动", "floating").here() == "流动"


def test_the_rules_of_2016_are_those_of_the_report() -> None:
    assert load_params(RULES[0].examples[0].as_of).code == "RS-2016"
