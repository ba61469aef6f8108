"""What does an analyst do? Take the next question, answer it, take an answer back. Each is one transaction with audit.

`area` names the book: the area of the run that asked. A decision never changes what a run published; the next
run reads the judgements and decides anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data.model import QueueKind, QueueState
from data.store import audit, findings, queue
from data.store.clock import utc_now
from data.store.queue import ANY_OPEN, QueueFilter
from data.store.session import Store
from data.store.transitions import FindingState
from review.choices import Choice
from review.readings import Given, answer
from review.readings import undo as undo_reading
from review.view_models import Card, card


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue, most urgent first, and how many items there are by kind and state over the whole book."""

    cards: tuple[Card, ...]
    counts: Mapping[tuple[QueueKind, QueueState], int]


def queue_page(store: Store, area: str, which: QueueFilter = ANY_OPEN, limit: int = 50, offset: int = 0) -> QueuePage:
    """What waits, without taking it."""
    items = queue.page(store, area, which, limit, offset)
    return QueuePage(tuple(card(item) for item in items), queue.counts(store, area, which.scope))


def next_item(
    store: Store,
    area: str,
    reviewer: str,
    which: QueueFilter = ANY_OPEN,
    now: datetime | None = None,
    *,
    is_adjudicator: bool = False,
) -> Card | None:
    """The reviewer's next question, held for five minutes; null when nothing is free. See data.store.queue."""
    item = queue.claim_next(store, area, reviewer, which, now, is_adjudicator=is_adjudicator)
    return None if item is None else card(item)


def record_judgement(
    store: Store, area: str, item_id: str, choice: Choice, reviewer: str, reason: str = "", now: datetime | None = None
) -> Card:
    """Answer a question; returns its card: decided, or open for a second reader where review/policy.toml asks for one.

    Match and conflict: one judgement a shown pair goes to the ledger. False entry: every finding that would strike the
    record out is upheld or dismissed; striking out needs two people. See review.readings.answer for what it raises.
    """
    return answer(store, area, item_id, Given(str(choice), reviewer, reason), now)


def undo(store: Store, area: str, item_id: str, reviewer: str, reason: str, now: datetime | None = None) -> Card:
    """Take an answer back: its judgements are withdrawn by new rows, its findings proposed again, the item is open.

    Raises InvalidTransition when there is nothing to undo, ConfigError without a name or a reason.
    """
    return undo_reading(store, area, item_id, reviewer, reason, now)


def decide_finding(
    store: Store,
    area: str,
    finding_id: str,
    decision: FindingState,
    reviewer: str,
    reason: str,
    now: datetime | None = None,
) -> None:
    """Uphold or dismiss one finding, or propose it again (undo).

    The machine proposed it, so any named person may approve; the machine itself may not. Raises InvalidTransition
    for a move outside FINDING_TRANSITIONS, ConfigError without a name or a reason.
    """
    with audit.changing(store) as connection:
        findings.decide(connection, area, finding_id, decision, reviewer, reason, now or utc_now())
