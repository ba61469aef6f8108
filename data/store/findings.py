"""What became of a finding? The machine proposed it; here a named reviewer upholds or dismisses it, or takes that back.

An upheld false entry is how an entry is struck out: a state with evidence, reversible. No row is ever deleted for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

from data.errors import InvalidTransition
from data.store import audit
from data.store.guard import masked
from data.store.people import require_reason, require_reviewer
from data.store.session import Store
from data.store.tables import FINDINGS
from data.store.transitions import FindingState, check_transition

Finding = Mapping[str, Any]


def decide(
    connection: Connection, book: str, finding_id: str, state: FindingState, reviewer: str, reason: str, now: datetime
) -> None:
    """Move a finding to upheld, dismissed or (undo) proposed. Raises InvalidTransition when the table forbids it."""
    require_reviewer(reviewer)
    require_reason(reason)
    if state is FindingState.WITHDRAWN:
        raise InvalidTransition(f"finding {finding_id}", "-", state)  # only a run withdraws what it no longer finds
    found = _for_change(connection, book, finding_id)
    check_transition("finding", finding_id, FindingState(found["state"]), state)
    is_undo = state is FindingState.PROPOSED
    connection.execute(
        update(FINDINGS)
        .where(_key(book, finding_id))
        .values(
            state=state,
            version=found["version"] + is_undo,
            decided_by=None if is_undo else reviewer,
            decided_at=None if is_undo else now,
            decision_reason=None if is_undo else masked(reason),
        )
    )
    audit.append(
        connection,
        now=now,
        actor=reviewer,
        action=f"finding {state}",
        subject=f"finding {book}/{finding_id}",
        details={"was": found["state"], "rule_code": found["rule_code"], "reason": reason},
    )


def get(store: Store, book: str, finding_id: str) -> Finding | None:
    """One finding; null when the book has none of that id."""
    with store.read() as connection:
        row = connection.execute(select(FINDINGS).where(_key(book, finding_id))).mappings().first()
    return None if row is None else dict(row)


def about_record(connection: Connection, book: str, unique_id: str) -> list[Finding]:
    """Every finding about a record, decided ones included, in order of finding_id."""
    query = select(FINDINGS).where(FINDINGS.c.run_area == book, FINDINGS.c.unique_id == unique_id)
    return [dict(row) for row in connection.execute(query.order_by(FINDINGS.c.finding_id)).mappings()]


def _for_change(connection: Connection, book: str, finding_id: str) -> Finding:
    row = connection.execute(select(FINDINGS).where(_key(book, finding_id)).with_for_update()).mappings().first()
    if row is None:
        raise InvalidTransition(f"finding {finding_id}", "-", FindingState.PROPOSED)
    return dict(row)


def _key(book: str, finding_id: str) -> ColumnElement[bool]:
    return (FINDINGS.c.run_area == book) & (FINDINGS.c.finding_id == finding_id)
