"""What do the examples say under a rule set? The tests, the reference and the mutation of thresholds all ask here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rules.case import Case
from rules.facts import facts_of
from rules.params import Params, rule_sets
from rules.rule import Example, Rule


def sets_of(rule: Rule, example: Example) -> tuple[Params, ...]:
    """The rule sets under which the example holds: those it names, else every set that has the rule."""
    wanted = example.sets or tuple(one.code for one in rule_sets() if one.code >= rule.since)
    return tuple(one for one in rule_sets() if one.code in wanted)


def outcome(rule: Rule, example: Example, params: Params) -> dict[str, bool]:
    """The subjects the rule fires on under this rule set, with `is_false_entry` of each."""
    found = rule.find(Case(facts_of(example.feeds, example.tables), example.as_of, params))
    subjects = found["unique_id"].where(found["unique_id"].notna(), found["person_id"])
    return dict(zip(subjects, (bool(struck) for struck in found["is_false_entry"]), strict=True))


def broken(rules: Iterable[Rule], params: Params) -> Iterator[tuple[Rule, Example]]:
    """Each example that holds under the set of this code and does not with these thresholds."""
    for rule in rules:
        for example in rule.examples:
            holds = params.code in [one.code for one in sets_of(rule, example)]
            if holds and outcome(rule, example, params) != dict(example.expected):
                yield rule, example
