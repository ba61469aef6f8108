"""Who may decide? A named reviewer, never the machine, and with a reason where something is taken from a person."""

from __future__ import annotations

from data.errors import ConfigError
from data.store.audit import MACHINE
from data.words import tr


def require_reviewer(reviewer: str) -> None:
    """The decision bears a person's name: the machine proposes, so it may not approve (guard-rail 3)."""
    if not reviewer.strip() or reviewer.strip().casefold() == MACHINE:
        raise ConfigError(tr("决定须由署名的复核人作出", "a decision needs a named reviewer"))


def require_reason(reason: str) -> None:
    """The decision says why."""
    if not reason.strip():
        raise ConfigError(tr("此项决定须写明理由", "this decision needs a reason"))
