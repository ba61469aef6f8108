"""Every rule: explicit, cited, and its examples hold when they are run."""

from __future__ import annotations

from datetime import date

import pytest

from rules.case import Case
from rules.catalogue import CLASS_RULES, RULES
from rules.facts import facts_of
from rules.params import load_params
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
