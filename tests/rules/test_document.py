"""The generated reference names every rule, example and threshold."""

from __future__ import annotations

from rules.catalogue import RULES
from rules.document import rules_markdown
from rules.params import rule_sets


def test_every_rule_example_and_threshold_is_on_the_page() -> None:
    page = rules_markdown()
    assert page == rules_markdown()
    for rule in RULES:
        assert f"## {rule.code} {rule.title.zh}" in page
        assert rule.citation in page
        assert all(example.title.zh in page for example in rule.examples)
    for one in rule_sets():
        assert all(f"| {name} | {item.value} {item.unit} |" in page for name, item in one.thresholds().items())
