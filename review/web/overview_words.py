"""What the desk calls classes, populations and states of runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.model import Population, PrimaryClass
from review.web.words import gettext as _

_CLASSES: Mapping[PrimaryClass, Callable[[], str]] = {
    PrimaryClass.LOST: lambda: _("lost"),
    PrimaryClass.POCKET: lambda: _("pocket"),
    PrimaryClass.FLOATING: lambda: _("floating"),
    PrimaryClass.HIDDEN: lambda: _("hidden"),
    PrimaryClass.NORMAL: lambda: _("normal"),
    PrimaryClass.UNKNOWN: lambda: _("unknown"),
}
_POPULATIONS: Mapping[Population, Callable[[], str]] = {
    Population.SMALL_ENTERPRISE: lambda: _("small enterprises"),
    Population.HOUSEHOLD_BUSINESS: lambda: _("household businesses"),
    Population.MARKET: lambda: _("markets"),
    Population.ELSEWHERE: lambda: _("elsewhere"),
}
#: As the store keeps them; a state that is not here is shown as it is.
_RUNS: Mapping[str, Callable[[], str]] = {
    "started": lambda: _("working"),
    "published": lambda: _("published"),
    "failed": lambda: _("failed"),
    "held": lambda: _("held back"),
}


def class_words() -> dict[PrimaryClass, str]:
    """Every class in the reader's language, in order."""
    return {name: word() for name, word in _CLASSES.items()}


def population_words() -> dict[Population, str]:
    """Every population in the reader's language, in order."""
    return {name: word() for name, word in _POPULATIONS.items()}


def run_word(state: str) -> str:
    """Where a run stands."""
    return _RUNS[state]() if state in _RUNS else state
