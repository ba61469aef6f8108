"""What does an analyst do? Take the next question, answer it, take an answer back. Each is one transaction with audit.

`area` names the book: the area of the run that asked. A decision never changes what a run published; the next
run reads the judgements and decides anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from data.model import QueueKind, QueueState
from data.store import audit, findings, ledger, queue
from data.store.clock import utc_now
from data.store.people import require_reason
from data.store.queue import ANY_OPEN, QueueFilter
from data.store.session import Store
from data.store.tables import JUDGEMENTS
from data.store.transitions import FindingState
from review.choices import FINDING_STATES, NEEDS_REASON, Answer, Choice, check_choice, judgements_of
from review.view_models import Card, card

_MATCHING = (QueueKind.MATCH, QueueKind.CONFLICT)


@dataclass(frozen=True)
class QueuePage:
    """A page of the queue, most urgent first, and how many items there are by kind and state over the whole book."""

    cards: tuple[Card, ...]
    counts: Mapping[tuple[QueueKind, QueueState], int]


def queue_page(store: Store, area: str, which: QueueFilter = ANY_OPEN, limit: int = 50, offset: int = 0) -> QueuePage:
    """What waits, without taking it."""
    items = queue.page(store, area, which, limit, offset)
    return QueuePage(tuple(card(item) for item in items), queue.counts(store, area))


def next_item(
    store: Store, area: str, reviewer: str, which: QueueFilter = ANY_OPEN, now: datetime | None = None
) -> Card | None:
    """The reviewer's next question, held for five minutes; null when nothing is free. See data.store.queue."""
    item = queue.claim_next(store, area, reviewer, which, now)
    return None if item is None else card(item)


def record_judgement(
    store: Store, area: str, item_id: str, choice: Choice, reviewer: str, reason: str = "", now: datetime | None = None
) -> Card:
    """Answer a question; returns the card as decided.

    Match and conflict: one judgement a shown pair goes to the ledger. False entry: every finding that would strike the
    record out is upheld or dismissed. Raises InvalidTransition when the item is decided, withdrawn or held by
    another, ConfigError for an answer the question does not take, a missing name or a missing reason.
    """
    now = now or utc_now()
    if choice.answer in NEEDS_REASON:
        require_reason(reason)
    with audit.changing(store) as connection:
        item = queue.item_for_change(connection, area, item_id)
        asked = card(item)
        check_choice(asked, choice)
        queue.decide(connection, item, str(choice), reviewer, reason, now)
        if asked.kind in _MATCHING:
            ledger.append_statements(connection, area, _statements(asked, choice), reviewer, reason, now)
        elif asked.kind is QueueKind.FALSE_ENTRY and choice.answer is not Answer.UNSURE:
            _decide_findings(connection, area, asked, FINDING_STATES[choice.answer], reviewer, reason, now)
        return card(queue.item_for_change(connection, area, item_id))


def undo(store: Store, area: str, item_id: str, reviewer: str, reason: str, now: datetime | None = None) -> Card:
    """Take a decision back: its judgements are withdrawn by new rows, its findings proposed again, the item is open.

    Raises InvalidTransition when the item is not decided, ConfigError without a name or a reason.
    """
    now = now or utc_now()
    with audit.changing(store) as connection:
        item = queue.item_for_change(connection, area, item_id)
        queue.reopen(connection, item, reviewer, reason, now)
        decided = card(item)
        if decided.kind in _MATCHING and decided.candidates:
            said = (JUDGEMENTS.c.item_id == item_id) & (JUDGEMENTS.c.decided_at == decided.decided_at)
            ledger.withdraw(connection, area, said, reviewer, reason, now)
        elif decided.kind is QueueKind.FALSE_ENTRY:
            for finding in findings.about_record(connection, area, decided.unique_id):
                # Only what this decision decided: somebody may have decided another finding of the record by itself.
                if (finding["decided_by"], finding["decided_at"]) == (decided.decided_by, decided.decided_at):
                    state = FindingState.PROPOSED
                    findings.decide(connection, area, finding["finding_id"], state, reviewer, reason, now)
        return card(queue.item_for_change(connection, area, item_id))


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


def _statements(asked: Card, choice: Choice) -> list[ledger.Statement]:
    stored = {candidate.unique_id: candidate for candidate in asked.candidates}
    return [
        ledger.Statement(
            asked.unique_id,
            other,
            judgement,
            evidence={
                "weight": stored[other].weight,
                "probability": stored[other].probability,
                "match_key": stored[other].match_key,
                "version": asked.version,
            },
            item_id=asked.item_id,
        )
        for other, judgement in judgements_of(asked, choice).items()
    ]


def _decide_findings(
    connection: Connection, area: str, asked: Card, state: FindingState, reviewer: str, reason: str, now: datetime
) -> None:
    proposed = [
        finding["finding_id"]
        for finding in findings.about_record(connection, area, asked.unique_id)
        if finding["is_false_entry"] and finding["state"] == FindingState.PROPOSED
    ]
    for finding_id in proposed:
        findings.decide(connection, area, finding_id, state, reviewer, reason, now)
