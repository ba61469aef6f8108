"""What does a card show? The queue item as it was stored, read into plain values; nothing is computed anew."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data.model import Judgement, QueueKind, QueueState


@dataclass(frozen=True)
class Mark:
    """Where the record asked about and a candidate differ: for the desk to mark the character, never the character.

    field: name of the value in `shown`. place, other_place: from 0, in the record's value and in the candidate's; null
    where that side has nothing there, both null when `relation` (音同, 换位, 精度丢失 ...) is of the whole value.
    mistaken: `record` or `candidate` where the check digit says whose slip it is, else null.
    """

    field: str
    place: int | None
    other_place: int | None
    relation: str
    mistaken: str | None


@dataclass(frozen=True)
class Bar:
    """A part of a weight, as scored: the comparison's title, how the two values relate, and bits."""

    title: str
    word: str
    bits: float


@dataclass(frozen=True)
class Former:
    """The answer that somebody gave before one of the two records was edited. changed: names of the fields edited
    as in `shown`, those of data.contracts.record_keys.JUDGED_FIELDS else; empty when nobody noted what the answer
    rested on."""

    judgement: Judgement
    reviewer: str
    decided_on: str
    changed: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    """Who stands with one of the two records of a cluster's weakest link: `n` records with it, some of the others."""

    n: int
    shown: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Candidate:
    """One answer the analyst may choose. `number` is its key, from 1; weight in bits, null when none was computed.
    former: null when the pair is asked for the first time. beside: of a cluster, the records on either side of the link
    (`record`, `candidate`); else empty."""

    number: int
    unique_id: str
    weight: float | None
    probability: float | None
    match_key: str
    shown: Mapping[str, Any]
    marks: tuple[Mark, ...] = ()
    bars: tuple[Bar, ...] = ()
    former: Former | None = None
    beside: Mapping[str, Beside] = field(default_factory=dict)

    def marks_of(self, field: str) -> tuple[Mark, ...]:
        """The marks of one shown value."""
        return tuple(mark for mark in self.marks if mark.field == field)


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


#: Comparison -> the shown value that it is about, where the two are called differently.
_FIELDS = {"id_no": "id"}
_SIDES = {"l": "record", "r": "candidate"}
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
        marks=tuple(_mark(*mark) for mark in stored.get("marks") or ()),
        bars=tuple(Bar(*bar) for bar in stored.get("bars") or ()),
        former=_former(stored.get("former")),
        beside={side: _beside(**told) for side, told in (stored.get("members") or {}).items()},
    )


def _former(stored: Mapping[str, Any] | None) -> Former | None:
    if stored is None:
        return None
    judgement, changed = Judgement(stored["judgement"]), tuple(_FIELDS.get(name, name) for name in stored["changed"])
    return Former(judgement, stored["reviewer"], stored["decided_on"], changed)


def _beside(n: int, shown: Sequence[Mapping[str, Any] | None]) -> Beside:
    return Beside(n, tuple(_fields(one) for one in shown))


def _mark(comparison: str, place: int | None, other_place: int | None, relation: str, wrong: str | None) -> Mark:
    """A mark as stored: the record asked about is its left side."""
    return Mark(
        _FIELDS.get(comparison, comparison), place, other_place, relation, None if wrong is None else _SIDES[wrong]
    )


def _fields(shown: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """What has a value; a record that is no longer in the feeds was stored as null."""
    return {} if shown is None else {name: value for name, value in shown.items() if value is not None}
