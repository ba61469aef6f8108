"""Before a run begins: its pairs counted without making them, its forecast, and whether the budget allows it."""

from __future__ import annotations

from data.settings import Settings
from data.store.session import Store
from flows.forecast import Forecast, forecast, refuse_over
from flows.intake import Taken
from flows.people import people_of, person_spec
from matching.forecast import RuleCount, count_pairs


def counted(taken: Taken, settings: Settings) -> list[RuleCount]:
    """Pairs per blocking rule of what was accepted."""
    return count_pairs(people_of(taken).records, person_spec(settings))


def n_accepted(taken: Taken) -> int:
    """Accepted rows of all sources."""
    return sum(len(result.rows) for result in taken.accepted.values())


def expected_of(settings: Settings, store: Store, taken: Taken) -> Forecast:
    """The forecast of a run that is about to begin. Raises OverBudget; pairs are counted only where there is a budget.

    A night that compares only what changed takes less than this.
    """
    has_budget = settings.budget_minutes is not None or settings.budget_mb is not None
    rules = counted(taken, settings) if has_budget else None
    found = forecast(store, n_accepted(taken), None if rules is None else sum(rule.n_pairs for rule in rules))
    refuse_over(settings, found)
    return found
