"""What waits for an analyst, and who is working on it? Claims, leases, decisions and undo of queue items.

A lease is a column with an end, judged when it is read: nobody has to clean up after a closed browser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, update

from data.errors import InvalidTransition
from data.model import QueueKind, QueueState
from data.store import audit
from data.store.clock import utc_now
from data.store.guard import masked
from data.store.people import require_reason, require_reviewer
from data.store.queue_filter import QueueFilter as QueueFilter
from data.store.queue_filter import assigned_to_others, may_read, skipped_by
from data.store.scope import EVERYTHING, OutOfScope, Scope
from data.store.session import Store
from data.store.tables import QUEUE_ITEMS
from data.store.tables_readings import ASSIGNMENTS, SKIPS
from data.store.transitions import check_transition

#: How long an item is held for a reviewer who says nothing.
LEASE = timedelta(minutes=5)

Item = Mapping[str, Any]


ANY_OPEN = QueueFilter()


def claim_next(
    store: Store,
    book: str,
    reviewer: str,
    which: QueueFilter = ANY_OPEN,
    now: datetime | None = None,
    *,
    is_adjudicator: bool = False,
) -> Item | None:
    """The reviewer's item: the one already held, else one assigned to them, else the most urgent free one, else one
    they had put aside; held from now on, null when none is left. Two reviewers never get the same item: PostgreSQL
    skips rows that another claim holds, SQLite claims in turn. What one has read oneself and waits for another reader
    is not offered again, a disagreement only to adjudicators who gave neither answer.
    """
    require_reviewer(reviewer)
    now = now or utc_now()
    if which.state is not QueueState.OPEN:
        return None
    with store.write() as connection:
        for query in _claims(connection, book, reviewer, which, now, is_adjudicator):
            row = connection.execute(query.limit(1).with_for_update(skip_locked=True)).mappings().first()
            if row is not None:
                lease = {"leased_by": reviewer, "leased_until": now + LEASE}
                connection.execute(update(QUEUE_ITEMS).where(_key(book, row["item_id"])).values(lease))
                return {**row, **lease}
    return None


def _claims(
    connection: Connection, book: str, reviewer: str, which: QueueFilter, now: datetime, is_adjudicator: bool
) -> Iterator[Select[Any]]:
    """The places to look for the next item, one after the other."""
    # Held and assigned items are few: they are looked up by who has them, not by walking the queue in its order.
    few = QUEUE_ITEMS.c.state.concat("") == QueueState.OPEN
    inside = select(QUEUE_ITEMS).where(
        QUEUE_ITEMS.c.run_area == book, few, *replace(which, state=None).conditions(book)
    )
    held = (QUEUE_ITEMS.c.leased_by == reviewer) & (QUEUE_ITEMS.c.leased_until > now)
    yield inside.where(held)
    free = or_(QUEUE_ITEMS.c.leased_until.is_(None), QUEUE_ITEMS.c.leased_until <= now)
    may = free & may_read(reviewer, is_adjudicator)
    given = select(ASSIGNMENTS.c.item_id).where(ASSIGNMENTS.c.run_area == book, ASSIGNMENTS.c.assigned_to == reviewer)
    if connection.execute(given.limit(1)).first() is not None:
        assigned = inside.where(QUEUE_ITEMS.c.item_id.in_(given), may, ~skipped_by(reviewer))
        yield assigned.order_by(QUEUE_ITEMS.c.priority.desc(), QUEUE_ITEMS.c.item_id)
    offered = _of_book(book, which).where(may, ~assigned_to_others(reviewer))
    yield offered.where(~skipped_by(reviewer))
    aside = (SKIPS.c.run_area == book) & (SKIPS.c.item_id == QUEUE_ITEMS.c.item_id) & (SKIPS.c.reviewer == reviewer)
    last = select(func.max(SKIPS.c.skip_id)).where(aside).scalar_subquery()
    mine = select(SKIPS.c.item_id).where(SKIPS.c.run_area == book, SKIPS.c.reviewer == reviewer)
    passed_over = inside.where(
        may, ~assigned_to_others(reviewer), QUEUE_ITEMS.c.item_id.in_(mine), skipped_by(reviewer)
    )
    yield passed_over.order_by(last, QUEUE_ITEMS.c.item_id)


def claim_item(
    store: Store,
    book: str,
    item_id: str,
    reviewer: str,
    now: datetime | None = None,
    *,
    is_adjudicator: bool = False,
) -> bool:
    """Hold this very item from now on; False when it is not open, another holds it, or it is for other readers."""
    require_reviewer(reviewer)
    now = now or utc_now()
    mine_or_free = or_(
        QUEUE_ITEMS.c.leased_by == reviewer, QUEUE_ITEMS.c.leased_until.is_(None), QUEUE_ITEMS.c.leased_until <= now
    )
    is_open = QUEUE_ITEMS.c.state == QueueState.OPEN
    may = _key(book, item_id) & is_open & mine_or_free & may_read(reviewer, is_adjudicator)
    with store.write() as connection:
        lease = {"leased_by": reviewer, "leased_until": now + LEASE}
        return bool(connection.execute(update(QUEUE_ITEMS).where(may).values(lease)).rowcount)


def release_all(store: Store, reviewer: str) -> None:
    """Give back everything a person holds (they log out)."""
    with store.write() as connection:
        held = QUEUE_ITEMS.c.leased_by == reviewer
        connection.execute(update(QUEUE_ITEMS).where(held).values(leased_by=None, leased_until=None))


def release(store: Store, book: str, item_id: str, reviewer: str) -> None:
    """Give an item back undecided (skip, log out); nothing happens when the reviewer does not hold it."""
    held = _key(book, item_id) & (QUEUE_ITEMS.c.leased_by == reviewer)
    with store.write() as connection:
        connection.execute(update(QUEUE_ITEMS).where(held).values(leased_by=None, leased_until=None))


def page(store: Store, book: str, which: QueueFilter = ANY_OPEN, limit: int = 50, offset: int = 0) -> list[Item]:
    """Items in the order they will be asked: most urgent (largest priority) first, then those asked longest."""
    with store.read() as connection:
        rows = connection.execute(_of_book(book, which).limit(limit).offset(offset)).mappings()
        return [dict(row) for row in rows]


def counts(store: Store, book: str, scope: Scope = EVERYTHING) -> dict[tuple[QueueKind, QueueState], int]:
    """Number of items by kind and state; absent means none."""
    conditions = QueueFilter(state=None, scope=scope).conditions(book)
    columns = (QUEUE_ITEMS.c.kind, QUEUE_ITEMS.c.state, func.count())
    query = select(*columns).where(QUEUE_ITEMS.c.run_area == book, *conditions)
    with store.read() as connection:
        rows = connection.execute(query.group_by(QUEUE_ITEMS.c.kind, QUEUE_ITEMS.c.state)).all()
    return {(QueueKind(kind), QueueState(state)): n for kind, state, n in rows}


def n_leased(store: Store, book: str, which: QueueFilter = ANY_OPEN, now: datetime | None = None) -> int:
    """How many items of a filter somebody is working on."""
    held = QUEUE_ITEMS.c.leased_until > (now or utc_now())
    query = select(func.count()).where(QUEUE_ITEMS.c.run_area == book, *which.conditions(book), held)
    with store.read() as connection:
        return int(connection.execute(query).scalar_one())


def find_item(store: Store, book: str, item_id: str, scope: Scope = EVERYTHING) -> Item:
    """The item as it stands. Raises OutOfScope when the book has none or it is not the person's."""
    conditions = QueueFilter(state=None, scope=scope).conditions(book)
    with store.read() as connection:
        row = connection.execute(select(QUEUE_ITEMS).where(_key(book, item_id), *conditions)).mappings().first()
    if row is None:
        raise OutOfScope
    return dict(row)


def renew(store: Store, book: str, item_id: str, reviewer: str, now: datetime | None = None) -> bool:
    """A sign of life: the lease of an item the reviewer holds begins anew. False when it is no longer theirs."""
    now = now or utc_now()
    held = _key(book, item_id) & (QUEUE_ITEMS.c.leased_by == reviewer) & (QUEUE_ITEMS.c.leased_until > now)
    with store.write() as connection:
        done = connection.execute(update(QUEUE_ITEMS).where(held).values(leased_until=now + LEASE))
    return bool(done.rowcount)


def item_for_change(connection: Connection, book: str, item_id: str) -> Item:
    """The item, locked until the transaction ends. Raises InvalidTransition when the book has no such item."""
    row = connection.execute(select(QUEUE_ITEMS).where(_key(book, item_id)).with_for_update()).mappings().first()
    if row is None:
        raise InvalidTransition(f"queue item {item_id}", "-", QueueState.DECIDED)
    return dict(row)


def decide(
    connection: Connection, item: Item, choice: str, reviewer: str, reason: str, now: datetime, **noted: object
) -> None:
    """The item is decided; `noted` goes into the audit row. Raises InvalidTransition when it is not open or another
    reviewer holds it."""
    require_reviewer(reviewer)
    check_free(item, reviewer, now)
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
    _note(
        connection, item, "item decided", reviewer, now, choice=choice, reason=reason, version=item["version"], **noted
    )


def check_free(item: Item, reviewer: str, now: datetime) -> None:
    """Raise InvalidTransition unless the item is open and no other reviewer holds it."""
    check_transition("queue item", item["item_id"], QueueState(item["state"]), QueueState.DECIDED)
    if item["leased_by"] not in (None, reviewer) and item["leased_until"] > now:
        raise InvalidTransition(f"queue item {item['item_id']}", f"leased by {item['leased_by']}", QueueState.DECIDED)


def hold(connection: Connection, item: Item, reviewer: str | None, now: datetime) -> None:
    """In the caller's transaction: the item is the reviewer's from now on; with None it is free."""
    _change(connection, item, leased_by=reviewer, leased_until=None if reviewer is None else now + LEASE)


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
    query = select(QUEUE_ITEMS).where(QUEUE_ITEMS.c.run_area == book, *which.conditions(book))
    order = (QUEUE_ITEMS.c.priority.desc(), QUEUE_ITEMS.c.first_run_id, QUEUE_ITEMS.c.item_id)
    return query.order_by(*order)


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
