"""Which items of the queue are meant, and which of them may a reviewer be asked? Conditions for SQL, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, false, select

from data.model import QueueKind, QueueState
from data.store.scope import EVERYTHING, Scope
from data.store.tables import CLASSIFICATIONS, QUEUE_ITEMS, RUNS
from data.store.tables_readings import ASSIGNMENTS, READING_STAGES, READINGS, SKIPS

_ITEM = QUEUE_ITEMS.c


@dataclass(frozen=True)
class QueueFilter:
    """Which items: null means any. `area` is the member's county (a prefix: 46 means the province).

    scope: the areas of the person who asks; rows outside are not there. reason: a part of why it is asked. branch: of
    the member as last published. asked_before: first asked by a run that began before. stage: `second` or
    `adjudication`, what waits for another reader.
    """

    state: QueueState | None = QueueState.OPEN
    kind: QueueKind | None = None
    area: str | None = None
    township: str | None = None
    scope: Scope = EVERYTHING
    reason: str | None = None
    branch: str | None = None
    asked_before: datetime | None = None
    stage: str | None = None

    def conditions(self, book: str) -> list[ColumnElement[bool]]:
        """As SQL, inside a book."""
        found: list[ColumnElement[bool]] = []
        inside = self.scope.rows(book, _ITEM.area)
        if inside is not None:
            found.append(inside)
        if self.state is not None:
            found.append(_ITEM.state == self.state)
        if self.kind is not None:
            found.append(_ITEM.kind == self.kind)
        if self.area is not None:
            found.append(_ITEM.area.startswith(self.area, autoescape=True))
        if self.township is not None:
            found.append(_ITEM.township == self.township)
        return found + self._rarer(book)

    def _rarer(self, book: str) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.reason is not None:
            found.append(_ITEM.reason.contains(self.reason, autoescape=True))
        if self.branch is not None:
            of_person = (CLASSIFICATIONS.c.run_area == book) & (CLASSIFICATIONS.c.person_id == _ITEM.person_id)
            found.append(exists().where(of_person, CLASSIFICATIONS.c.branch == self.branch))
        if self.asked_before is not None:
            runs = select(RUNS.c.run_id).where(RUNS.c.area == book, RUNS.c.started_at < self.asked_before)
            found.append(_ITEM.first_run_id.in_(runs))
        if self.stage is not None:
            found.append(exists().where(_staged(), READING_STAGES.c.stage == self.stage))
        return found


def may_read(reviewer: str, is_adjudicator: bool) -> ColumnElement[bool]:
    """Not what they have read themselves and now waits for another, and disagreements for adjudicators only."""
    standing = READINGS.alias("own")
    withdrawal = READINGS.alias("withdrawal")
    undone = exists().where(withdrawal.c.withdraws == standing.c.reading_id)
    own = exists().where(
        standing.c.run_area == _ITEM.run_area,
        standing.c.item_id == _ITEM.item_id,
        standing.c.version == _ITEM.version,
        standing.c.content_hash == _ITEM.content_hash,
        standing.c.reviewer == reviewer,
        standing.c.answer.is_not(None),
        ~undone,
    )
    for_others = false() if is_adjudicator else READING_STAGES.c.stage == "adjudication"
    return ~exists().where(_staged(), for_others | own)


def assigned_to_others(reviewer: str) -> ColumnElement[bool]:
    """Somebody else was given the item."""
    return exists().where(_same(ASSIGNMENTS.c.run_area, ASSIGNMENTS.c.item_id), ASSIGNMENTS.c.assigned_to != reviewer)


def skipped_by(reviewer: str) -> ColumnElement[bool]:
    """They put the question aside as it stands."""
    same = _same(SKIPS.c.run_area, SKIPS.c.item_id) & (SKIPS.c.version == _ITEM.version)
    return exists().where(same, SKIPS.c.reviewer == reviewer)


def _staged() -> ColumnElement[bool]:
    """A row of `reading_stages` is about the item as it stands."""
    stage = READING_STAGES.c
    of_item = _same(stage.run_area, stage.item_id)
    return of_item & (stage.version == _ITEM.version) & (stage.content_hash == _ITEM.content_hash)


def _same(book: ColumnElement[str], item_id: ColumnElement[str]) -> ColumnElement[bool]:
    return (book == _ITEM.run_area) & (item_id == _ITEM.item_id)
