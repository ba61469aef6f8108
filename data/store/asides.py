"""What people leave beside a question: notes, skips, assignments, and the guidance above every card of a book."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from data.errors import ConfigError
from data.model import QueueState
from data.store import audit
from data.store.clock import utc_now
from data.store.guard import masked
from data.store.people import require_reviewer
from data.store.queue import QueueFilter, find_item, release
from data.store.readings import about_items
from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from data.store.tables import QUEUE_ITEMS
from data.store.tables_readings import ASSIGNMENTS, GUIDANCE, NOTES, SKIPS
from data.words import tr

#: One assignment does not take a whole county's queue away from everybody else.
MOST_ASSIGNED = 500


def add_note(store: Store, book: str, item_id: str, author: str, text: str, now: datetime | None = None) -> None:
    """Keep a note beside a question; numbers in it are masked. ConfigError for an empty one."""
    require_reviewer(author)
    if not text.strip():
        raise ConfigError(tr("备注是空的", "the note is empty"))
    now = now or utc_now()
    with audit.changing(store) as connection:
        values = {"run_area": book, "item_id": item_id, "author": author, "text": masked(text.strip()), "noted_at": now}
        connection.execute(insert(NOTES).values(values))
        audit.append(connection, now=now, actor=author, action="note", subject=f"item {book}/{item_id}", details={})


def notes_of(store: Store, book: str, item_id: str) -> list[Mapping[str, Any]]:
    """The notes beside a question, oldest first."""
    query = select(NOTES).where(NOTES.c.run_area == book, NOTES.c.item_id == item_id).order_by(NOTES.c.note_id)
    with store.read() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def skip(store: Store, book: str, item_id: str, reviewer: str, now: datetime | None = None) -> None:
    """Put a question aside: it is free for others and comes again to this person after all others."""
    require_reviewer(reviewer)
    item = find_item(store, book, item_id)
    with store.write() as connection:
        values = {"run_area": book, "item_id": item_id, "version": item["version"], "reviewer": reviewer}
        connection.execute(insert(SKIPS).values(**values, skipped_at=now or utc_now()))
    release(store, book, item_id, reviewer)


def assign(
    store: Store, book: str, which: QueueFilter, to: str, n_items: int, by: str, now: datetime | None = None
) -> int:
    """Give the most urgent `n_items` open questions of a filter that nobody has been given to one person; how many.

    ConfigError for a number outside 1 to MOST_ASSIGNED.
    """
    if not 1 <= n_items <= MOST_ASSIGNED:
        raise ConfigError(tr(f"一次可分派 1 到 {MOST_ASSIGNED} 条", f"assign 1 to {MOST_ASSIGNED} at a time"))
    now = now or utc_now()
    taken = (ASSIGNMENTS.c.run_area == QUEUE_ITEMS.c.run_area) & (ASSIGNMENTS.c.item_id == QUEUE_ITEMS.c.item_id)
    free = ~select(ASSIGNMENTS.c.item_id).where(taken).exists()
    query = select(QUEUE_ITEMS.c.item_id).where(QUEUE_ITEMS.c.run_area == book, *which.conditions(book), free)
    query = query.where(QUEUE_ITEMS.c.state == QueueState.OPEN)
    query = query.order_by(QUEUE_ITEMS.c.priority.desc(), QUEUE_ITEMS.c.first_run_id, QUEUE_ITEMS.c.item_id)
    with audit.changing(store) as connection:
        ids = connection.execute(query.limit(n_items)).scalars().all()
        row = {"run_area": book, "assigned_to": to, "assigned_by": by, "assigned_at": now}
        if ids:
            connection.execute(insert(ASSIGNMENTS), [{**row, "item_id": item_id} for item_id in ids])
            _note(connection, "assigned", book, by, now, to=to, items=list(ids))
    return len(ids)


def unassign(
    store: Store, book: str, from_whom: str, by: str, now: datetime | None = None, scope: Scope = EVERYTHING
) -> int:
    """Take back everything a person was given in a book, as far as it is in scope; how many assignments went."""
    mine = (ASSIGNMENTS.c.run_area == book) & (ASSIGNMENTS.c.assigned_to == from_whom)
    with audit.changing(store) as connection:
        n_gone = connection.execute(delete(ASSIGNMENTS).where(mine, *about_items(ASSIGNMENTS, book, scope))).rowcount
        _note(connection, "unassigned", book, by, now or utc_now(), to=from_whom, n_items=n_gone)
    return n_gone


def assigned(store: Store, book: str, scope: Scope = EVERYTHING) -> list[tuple[str, int]]:
    """Who has been given how many questions that are still open."""
    same = (ASSIGNMENTS.c.run_area == QUEUE_ITEMS.c.run_area) & (ASSIGNMENTS.c.item_id == QUEUE_ITEMS.c.item_id)
    query = select(ASSIGNMENTS.c.assigned_to, func.count()).join(QUEUE_ITEMS, same)
    query = query.where(ASSIGNMENTS.c.run_area == book, QUEUE_ITEMS.c.state == QueueState.OPEN)
    inside = scope.rows(book, QUEUE_ITEMS.c.area)
    query = query if inside is None else query.where(inside)
    query = query.group_by(ASSIGNMENTS.c.assigned_to).order_by(ASSIGNMENTS.c.assigned_to)
    with store.read() as connection:
        return list(connection.execute(query).tuples().all())


def write_guidance(store: Store, book: str, text: str, author: str, now: datetime | None = None) -> None:
    """What analysts of the book are told from now on; an empty text takes the banner away."""
    now = now or utc_now()
    with audit.changing(store) as connection:
        values = {"run_area": book, "text": masked(text.strip()), "author": author, "written_at": now}
        connection.execute(insert(GUIDANCE).values(values))
        _note(connection, "guidance written", book, author, now, text=text.strip())


def guidance(store: Store, book: str) -> str:
    """What analysts of the book are told; '' for nothing."""
    query = select(GUIDANCE.c.text).where(GUIDANCE.c.run_area == book).order_by(GUIDANCE.c.guidance_id.desc())
    with store.read() as connection:
        return connection.execute(query.limit(1)).scalar() or ""


def _note(connection: Connection, action: str, book: str, actor: str, now: datetime, **details: object) -> None:
    audit.append(connection, now=now, actor=actor, action=action, subject=f"book {book}", details=details)
