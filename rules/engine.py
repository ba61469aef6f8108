"""Runs every rule of the catalogue on one case: classifications and findings. Pure; their order is irrelevant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.contracts.frames import stacked
from data.contracts.tables import CLASSIFICATIONS, FINDINGS
from data.errors import RuleFailed
from data.model import FeedKind
from rules.case import Case
from rules.catalogue import CLASS_RULES, RULES
from rules.classify import classifications
from rules.facts import Facts
from rules.firings import as_findings, no_firings
from rules.params import Params, load_params
from rules.rule import Rule
from rules.transfers.balance import Balance, balance


@dataclass(frozen=True)
class RuleResult:
    """CLASSIFICATIONS (key person_id) and FINDINGS (key finding_id) of a run; the frames are sorted by their keys.
    balance: 应有数 = 实有数 of every branch, from the same case and findings."""

    classifications: pd.DataFrame
    findings: pd.DataFrame
    balance: Balance


def run_rules(facts: Facts, as_of: date, params: Params | None = None, rules: Sequence[Rule] = RULES) -> RuleResult:
    """Classify every member and find every false entry, as they stand on `as_of`.

    params: the rule set; None takes the one in force on `as_of`. rules: all of them, in any order; one that begins with
    a later set stays silent.
    Raises RuleFailed naming the rule that raised.
    """
    # Frames are never changed here, so that pandas need not copy them either: half the time and memory.
    with pd.option_context("mode.copy_on_write", True):
        return _run(Case(facts, as_of, params or load_params(as_of)), rules)


def _run(case: Case, rules: Sequence[Rule]) -> RuleResult:
    fired = {rule.code: _fire(rule, case) if rule.since <= case.params.code else no_firings() for rule in rules}
    published = [as_findings(rule.code, fired[rule.code]) for rule in rules if rule.is_published]
    findings = stacked(published).sort_values("finding_id", kind="stable").reset_index(drop=True)
    by_class = {kind: fired[code] for kind, code in CLASS_RULES.items()}
    struck = struck_persons(case.facts, findings)
    return RuleResult(
        CLASSIFICATIONS.validate(classifications(case, by_class, struck)),
        FINDINGS.validate(_without_class_of_struck(findings, struck, frozenset(CLASS_RULES.values()))),
        balance(case, findings),
    )


def _fire(rule: Rule, case: Case) -> pd.DataFrame:
    try:
        # Once a case: COMBINED asks for what other rules found.
        return case.once(rule.find)
    except Exception as error:
        # The type of the error only: its text may hold a member's value.
        raise RuleFailed(rule.code, type(error).__name__) from error


def struck_persons(facts: Facts, findings: pd.DataFrame) -> pd.Index:
    """Persons whose every roster row is proposed to be struck out: until a reviewer decides they have no class."""
    false = findings.loc[findings["is_false_entry"], "unique_id"].dropna()
    is_roster = (facts.entries["kind"] == FeedKind.MEMBER_ROSTER).to_numpy()
    is_struck = facts.entries["unique_id"].isin(false).to_numpy()
    struck = facts.entries.loc[is_roster & is_struck, "person_id"].dropna()
    # Only whoever has a struck row can have no other.
    rows = facts.entries.loc[is_roster & ~is_struck, "person_id"]
    standing = rows[rows.isin(struck)]
    return pd.Index(struck[~struck.isin(standing)].sort_values().unique())


def _without_class_of_struck(findings: pd.DataFrame, struck: pd.Index, class_codes: frozenset[str]) -> pd.DataFrame:
    """A person without a class has no finding about a class either."""
    is_class = findings["rule_code"].isin(class_codes) & findings["person_id"].isin(struck)
    return findings[~is_class].reset_index(drop=True)
