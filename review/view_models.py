"""What does a card show? The queue item as it was stored, read into plain values; nothing is computed anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data.model import QueueKind, QueueState


@dataclass(frozen=True)
class Candidate:
    """One answer the analyst may choose. `number` is its key, from 1; weight in bits, null when none was computed."""

    number: int
    unique_id: str
    weight: float | None
    probability: float | None
    match_key: str
    shown: Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """One question. `shown` and the candidates' `shown` hold masked values by field; absent fields were never stored.

    `version` grows when the question is asked again; `choice`, `decided_by`, `decision_reason` are null until decided.
    """

    item_id: str
    kind: QueueKind
    state: QueueState
    version: int
    unique_id: str
    person_id: str | None
    priority: int
    reason: str
    area: str | None
    township: str | None
    shown: Mapping[str, Any]
    candidates: tuple[Candidate, ...]
    choice: str | None
    decided_by: str | None
    decided_at: datetime | None
    decision_reason: str | None
    leased_until: datetime | None

    def candidate(self, number: int) -> Candidate | None:
        """The candidate with that key; null when the card has none."""
        return self.candidates[number - 1] if 1 <= number <= len(self.candidates) else None


_AS_STORED = (
    "item_id", "version", "unique_id", "person_id", "priority", "reason", "area", "township", "choice",
    "decided_by", "decided_at", "decision_reason", "leased_until",
)  # fmt: skip


def card(item: Mapping[str, Any]) -> Card:
    """The card of a queue item as data.store.queue gives it."""
    candidates = [_candidate(number, stored) for number, stored in enumerate(json.loads(item["candidates"]), start=1)]
    return Card(
        **{name: item[name] for name in _AS_STORED},
        kind=QueueKind(item["kind"]),
        state=QueueState(item["state"]),
        shown=_fields(json.loads(item["shown"] or "null")),
        candidates=tuple(candidates),
    )


def _candidate(number: int, stored: Mapping[str, Any]) -> Candidate:
    return Candidate(
        number=number,
        unique_id=stored["unique_id"],
        weight=stored.get("weight"),
        probability=stored.get("probability"),
        match_key=stored.get("match_key") or "",
        shown=_fields(stored.get("shown")),
    )


def _fields(shown: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What has a value; a record that is no longer in the feeds was stored as null."""
    return {} if shown is None else {name: value for name, value in shown.items() if value is not None}
