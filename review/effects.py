"""What does a decision do? Statements in the ledger for a match, states of findings for a false entry; and its undoing.

All in the transaction of the decision. A decision never changes what a run published; the next run reads the ledger.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from data.model import Judgement, QueueKind
from data.store import findings, ledger, queue
from data.store.grounds import Grounds, grounds_of
from data.store.queue import Item
from data.store.tables import JUDGEMENTS
from data.store.transitions import FindingState
from review.choices import FINDING_STATES, Answer, Choice, judgements_of
from review.view_models import Card, card

MATCHING = (QueueKind.MATCH, QueueKind.CONFLICT, QueueKind.CLUSTER)


def carry_out(
    connection: Connection,
    area: str,
    item: Item,
    choice: Choice,
    reviewer: str,
    reason: str,
    now: datetime,
    **noted: object,
) -> None:
    """Decide the item and do what the choice says; `noted` goes into the audit row of the decision."""
    asked = card(item)
    queue.decide(connection, item, str(choice), reviewer, reason, now, **noted)
    if asked.kind in MATCHING:
        statements = _statements(asked, choice, grounds_of(connection, area, item))
        if statements:
            ledger.append_statements(connection, area, statements, reviewer, reason, now)
    elif asked.kind is QueueKind.FALSE_ENTRY and choice.answer in FINDING_STATES:
        _decide_findings(connection, area, asked, FINDING_STATES[choice.answer], reviewer, reason, now)


def take_back(connection: Connection, area: str, item: Item, reviewer: str, reason: str, now: datetime) -> None:
    """Undo a decision: its judgements are withdrawn by new rows, its findings proposed again, the item is open.

    Raises InvalidTransition when the item is not decided, ConfigError without a name or a reason.
    """
    queue.reopen(connection, item, reviewer, reason, now)
    decided = card(item)
    if decided.kind in MATCHING:
        said = (JUDGEMENTS.c.item_id == decided.item_id) & (JUDGEMENTS.c.decided_at == decided.decided_at)
        standing = select(JUDGEMENTS.c.judgement_id).where(JUDGEMENTS.c.run_area == area, ledger.standing(), said)
        if connection.execute(standing.limit(1)).first() is not None:
            ledger.withdraw(connection, area, said, reviewer, reason, now)
    elif decided.kind is QueueKind.FALSE_ENTRY:
        for finding in findings.about_record(connection, area, decided.unique_id):
            # Only what this decision decided: somebody may have decided another finding of the record by itself.
            if (finding["decided_by"], finding["decided_at"]) == (decided.decided_by, decided.decided_at):
                state = FindingState.PROPOSED
                findings.decide(connection, area, finding["finding_id"], state, reviewer, reason, now)


def _statements(asked: Card, choice: Choice, grounds: Grounds) -> list[ledger.Statement]:
    stored = {candidate.unique_id: candidate for candidate in asked.candidates}
    said = [
        ledger.Statement(
            asked.unique_id,
            other,
            judgement,
            evidence={
                "weight": stored[other].weight,
                "probability": stored[other].probability,
                "match_key": stored[other].match_key,
                "version": asked.version,
                **grounds.of_pair(asked.unique_id, other),
            },
            run_id=grounds.run_id,
            item_id=asked.item_id,
        )
        for other, judgement in judgements_of(asked, choice).items()
    ]
    if choice.answer is Answer.FOUND and choice.found is not None:
        evidence = {"found_by": "search", "version": asked.version, **grounds.of_pair(asked.unique_id, choice.found)}
        pair = (asked.unique_id, choice.found, Judgement.POSITIVE)
        said.append(ledger.Statement(*pair, evidence, run_id=grounds.run_id, item_id=asked.item_id))
    return said


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
