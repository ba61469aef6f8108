"""The reference of all rules as Markdown, made from the catalogue itself, so that it cannot differ from what runs."""

from __future__ import annotations

from rules.catalogue import RULES
from rules.params import Params, Threshold, rule_sets
from rules.rule import CHECK_DAY, Example, Outcome, Rule, RuleLevel

_LEVELS = {
    RuleLevel.MEMBER: "党员 member",
    RuleLevel.ENTRY: "登记行 entry",
    RuleLevel.ENTITY: "市场主体 entity",
    RuleLevel.LETTER: "介绍信 letter",
}
_OUTCOMES = {
    Outcome.FIRES: "触发 fires",
    Outcome.HOLDS_BACK: "不触发 does not fire",
    Outcome.LACKS_DATA: "缺数据 lacks data",
}


def rules_markdown() -> str:
    """The whole page: an overview, one section a rule with its examples, and every threshold of every rule set."""
    head = [
        "# 规则 Rules",
        "",
        "由 `rules/catalogue.py` 生成，请勿手改。 Made from `rules/catalogue.py`; do not edit.",
        "",
        "| code | 规则 | rule | level | grade | since |",
        "|---|---|---|---|---|---|",
    ]
    overview = [
        f"| {rule.code} | {rule.title.zh} | {rule.title.en} | {_LEVELS[rule.level]} | {rule.grade or '-'} "
        f"| {rule.since} |"
        for rule in RULES
    ]
    sections = [line for rule in RULES for line in _section(rule)]
    thresholds = [line for params in rule_sets() for line in _thresholds(params)]
    return "\n".join([*head, *overview, *sections, *thresholds]) + "\n"


def _section(rule: Rule) -> list[str]:
    texts = (
        ("依据 citation", rule.citation),
        ("证明 proves", f"{rule.proves.zh} / {rule.proves.en}"),
        ("不证明 does not prove", f"{rule.does_not_prove.zh} / {rule.does_not_prove.en}"),
        ("人工步骤 human step", f"{rule.human_step.zh} / {rule.human_step.en}"),
    )
    facts = [f"- {label}: {text}" for label, text in texts]
    examples = [f"- {_OUTCOMES[one.outcome]}: {one.title.zh} / {one.title.en}{_when(one)}" for one in rule.examples]
    return [
        "",
        f"## {rule.code} {rule.title.zh} · {rule.title.en}",
        "",
        *facts,
        "",
        "例 examples (2016-06-16)",
        "",
        *examples,
    ]


def _when(example: Example) -> str:
    """The day and the rule sets of an example where they are not the usual ones."""
    told = [] if example.as_of == CHECK_DAY else [example.as_of.isoformat()]
    told += example.sets or ()
    return f" ({', '.join(told)})" if told else ""


def _thresholds(params: Params) -> list[str]:
    """What the set brought: a threshold stands under the set since which it is worth what it says."""
    rows = [
        f"| {name} | {one.value} {one.unit if isinstance(one, Threshold) else ''} | {one.citation} | {one.reason} |"
        for name, one in params.leaves()
        if one.since == params.code
    ]
    head = ["", f"## {params.code} ({params.since.isoformat()})", "", f"{params.citation}（{params.since_basis}）", ""]
    return [*head, "| threshold | value | citation | reason |", "|---|---|---|---|", *rows]
