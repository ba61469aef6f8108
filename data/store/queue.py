"""What waits for an analyst, and who is working on it? Claims, leases, decisions and undo of queue items.

A lease is a column with an end, judged when it is read: nobody has to clean up after a closed browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, update

from data.errors import InvalidTransition
from data.model import QueueKind, QueueState
from data.store import audit
from data.store.clock import utc_now
from data.store.guard import masked
from data.store.people import require_reason, require_reviewer
from data.store.session import Store
from data.store.tables import QUEUE_ITEMS
from data.store.transitions import check_transition

#: How long an item is held for a reviewer who says nothing.
LEASE = timedelta(minutes=5)

Item = Mapping[str, Any]


@dataclass(frozen=True)
class QueueFilter:
    """Which items: null means any. `area` is the member's county (a prefix: 46 means the province)."""

    state: QueueState | None = QueueState.OPEN
    kind: QueueKind | None = None
    area: str | None = None
    township: str | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """As SQL."""
        found: list[ColumnElement[bool]] = []
        if self.state is not None:
            found.append(QUEUE_ITEMS.c.state == self.state)
        if self.kind is not None:
            found.append(QUEUE_ITEMS.c.kind == self.kind)
        if self.area is not None:
            found.append(QUEUE_ITEMS.c.area.startswith(self.area, autoescape=True))
        if self.township is not None:
            found.append(QUEUE_ITEMS.c.township == self.township)
        return found


ANY_OPEN = QueueFilter()


def claim_next(
    store: Store, book: str, reviewer: str, which: QueueFilter = ANY_OPEN, now: datetime | None = None
) -> Item | None:
    """The reviewer's item: the one already held, else the most urgent free one, held from now on; null when none is
    left. Two reviewers never get the same item: PostgreSQL skips rows that another claim holds, SQLite claims in turn.
    """
    require_reviewer(reviewer)
    now = now or utc_now()
    mine = QUEUE_ITEMS.c.leased_by == reviewer
    free = or_(QUEUE_ITEMS.c.leased_until.is_(None), QUEUE_ITEMS.c.leased_until <= now)
    candidates = _of_book(book, which).where(QUEUE_ITEMS.c.state == QueueState.OPEN)
    candidates = candidates.limit(1).with_for_update(skip_locked=True)
    with store.write() as connection:
        for condition in (mine & (QUEUE_ITEMS.c.leased_until > now), free):
            row = connection.execute(candidates.where(condition)).mappings().first()
            if row is not None:
                lease = {"leased_by": reviewer, "leased_until": now + LEASE}
                connection.execute(update(QUEUE_ITEMS).where(_key(book, row["item_id"])).values(lease))
                return {**row, **lease}
    return None


def release(store: Store, book: str, item_id: str, reviewer: str) -> None:
    """Give an item back undecided (skip, log out); nothing happens when the reviewer does not hold it."""
    held = _key(book, item_id) & (QUEUE_ITEMS.c.leased_by == reviewer)
    with store.write() as connection:
        connection.execute(update(QUEUE_ITEMS).where(held).values(leased_by=None, leased_until=None))


def page(store: Store, book: str, which: QueueFilter = ANY_OPEN, limit: int = 50, offset: int = 0) -> list[Item]:
    """Items in the order they will be asked: most urgent (largest priority) first."""
    with store.read() as connection:
        rows = connection.execute(_of_book(book, which).limit(limit).offset(offset)).mappings()
        return [dict(row) for row in rows]


def counts(store: Store, book: str) -> dict[tuple[QueueKind, QueueState], int]:
    """Number of items by kind and state; absent means none."""
    query = select(QUEUE_ITEMS.c.kind, QUEUE_ITEMS.c.state, func.count()).where(QUEUE_ITEMS.c.run_area == book)
    with store.read() as connection:
        rows = connection.execute(query.group_by(QUEUE_ITEMS.c.kind, QUEUE_ITEMS.c.state)).all()
    return {(QueueKind(kind), QueueState(state)): n for kind, state, n in rows}


def item_for_change(connection: Connection, book: str, item_id: str) -> Item:
    """The item, locked until the transaction ends. Raises InvalidTransition when the book has no such item."""
    row = connection.execute(select(QUEUE_ITEMS).where(_key(book, item_id)).with_for_update()).mappings().first()
    if row is None:
        raise InvalidTransition(f"queue item {item_id}", "-", QueueState.DECIDED)
    return dict(row)


def decide(connection: Connection, item: Item, choice: str, reviewer: str, reason: str, now: datetime) -> None:
    """The item is decided. Raises InvalidTransition when it is not open or another reviewer holds it."""
    require_reviewer(reviewer)
    check_transition("queue item", item["item_id"], QueueState(item["state"]), QueueState.DECIDED)
    if item["leased_by"] not in (None, reviewer) and item["leased_until"] > now:
        raise InvalidTransition(f"queue item {item['item_id']}", f"leased by {item['leased_by']}", QueueState.DECIDED)
    _change(
        connection,
        item,
        state=QueueState.DECIDED,
        choice=choice,
        decided_by=reviewer,
        decided_at=now,
        decision_reason=masked(reason),
        leased_by=None,
        leased_until=None,
    )
    _note(connection, item, "item decided", reviewer, now, choice=choice, reason=reason, version=item["version"])


def reopen(connection: Connection, item: Item, reviewer: str, reason: str, now: datetime) -> None:
    """The decision is undone and the question stands again. Raises InvalidTransition when the item is not decided."""
    require_reviewer(reviewer)
    require_reason(reason)
    if item["state"] != QueueState.DECIDED:
        raise InvalidTransition(f"queue item {item['item_id']}", item["state"], QueueState.OPEN)
    _change(
        connection,
        item,
        state=QueueState.OPEN,
        version=item["version"] + 1,
        choice=None,
        decided_by=None,
        decided_at=None,
        decision_reason=None,
    )
    _note(connection, item, "item reopened", reviewer, now, undone=item["choice"], reason=reason)


def _of_book(book: str, which: QueueFilter) -> Select[Any]:
    query = select(QUEUE_ITEMS).where(QUEUE_ITEMS.c.run_area == book, *which.conditions())
    return query.order_by(QUEUE_ITEMS.c.priority.desc(), QUEUE_ITEMS.c.item_id)


def _key(book: str, item_id: str) -> ColumnElement[bool]:
    return (QUEUE_ITEMS.c.run_area == book) & (QUEUE_ITEMS.c.item_id == item_id)


def _change(connection: Connection, item: Item, **values: object) -> None:
    connection.execute(update(QUEUE_ITEMS).where(_key(item["run_area"], item["item_id"])).values(values))


def _note(connection: Connection, item: Item, action: str, reviewer: str, now: datetime, **details: object) -> None:
    audit.append(
        connection,
        now=now,
        actor=reviewer,
        action=action,
        subject=f"item {item['run_area']}/{item['item_id']}",
        details={"kind": item["kind"], **details},
    )
