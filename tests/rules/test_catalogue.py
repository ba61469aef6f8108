"""Every rule: explicit, cited, and its examples hold when they are run."""

from __future__ import annotations

from datetime import date

import pytest

from rules.case import Case
from rules.catalogue import CLASS_RULES, RULES
from rules.facts import facts_of
from rules.params import Params, load_params
from rules.rule import Example, Outcome, Rule

AS_OF = date(2016, 6, 16)
CASES = [
    pytest.param(rule, example, id=f"{rule.code}-{example.title.en}") for rule in RULES for example in rule.examples
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_example_holds(rule: Rule, example: Example) -> None:
    case = Case(facts_of(example.feeds, example.tables), AS_OF, load_params(AS_OF))
    found = rule.find(case)
    subjects = found["unique_id"].where(found["unique_id"].notna(), found["person_id"])
    assert dict(zip(subjects, found["is_false_entry"], strict=True)) == dict(example.expected)
    assert (example.outcome is Outcome.FIRES) == bool(example.expected)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_whole(rule: Rule) -> None:
    assert {example.outcome for example in rule.examples} == set(Outcome)
    for text in (rule.title, rule.proves, rule.does_not_prove, rule.human_step):
        assert text.zh
        assert text.en
    assert rule.citation


def test_codes_are_unique_and_classes_have_rules() -> None:
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert set(CLASS_RULES.values()) <= set(codes)


#: With two channels there are two attempts: one less changes nothing until a rule set asks for fewer channels.
EQUIVALENT = {("lost", "min_attempts", -1)}


def changed(params: Params, group: str, name: str, step: int) -> Params:
    whole = params.model_dump()
    whole[group][name]["value"] += step
    return Params.model_validate(whole)


#: The rule that reads each group of thresholds.
READS = {
    "floating": "FLOATING",
    "lost": "LOST",
    "pocket": "POCKET",
    "normal": "NORMAL",
    "admission": "F19",
    "employer": "F14",
}


def outcomes(rule: Rule, params: Params) -> list[dict[str, bool]]:
    found = []
    for example in rule.examples:
        fired = rule.find(Case(facts_of(example.feeds, example.tables), AS_OF, params))
        subjects = fired["unique_id"].where(fired["unique_id"].notna(), fired["person_id"])
        found.append(dict(zip(subjects, fired["is_false_entry"], strict=True)))
    return found


@pytest.mark.parametrize("step", [-1, 1])
@pytest.mark.parametrize("dotted", sorted(load_params(AS_OF).thresholds()))
def test_every_threshold_off_by_one_breaks_an_example(dotted: str, step: int) -> None:
    params = load_params(AS_OF)
    group, name = dotted.split(".")
    rule = next(rule for rule in RULES if rule.code == READS[group])
    is_seen = outcomes(rule, changed(params, group, name, step)) != outcomes(rule, params)
    assert is_seen == ((group, name, step) not in EQUIVALENT)
