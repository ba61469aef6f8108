"""Which questions become cases of verification? Members whose class is asked about, and answers of unsure."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select

from data.digests import random_id
from data.errors import ConfigError
from data.model import PrimaryClass, QueueKind, QueueState
from data.store import audit
from data.store.clock import utc_now
from data.store.people import require_reviewer
from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from data.store.tables import CLASSIFICATIONS, QUEUE_ITEMS
from data.store.tables_verification import CASES
from data.store.transitions import CaseState
from data.store.verification import ENDS, Case, CaseFilter
from data.words import tr

#: Cases opened at once; who takes on more calls nobody.
MOST_AT_ONCE = 500
_N_RANDOM_BYTES = 6


def open_by_class(
    store: Store,
    book: str,
    primary_class: PrimaryClass,
    by: str,
    *,
    area: str | None = None,
    township: str | None = None,
    scope: Scope = EVERYTHING,
    now: datetime | None = None,
) -> int:
    """Open a case for every member of the class whose class is still asked about; returns how many, at most 500."""
    items = QUEUE_ITEMS.c
    wanted = [items.kind == QueueKind.CLASSIFICATION, items.state == QueueState.OPEN]
    wanted.append(CLASSIFICATIONS.c.primary_class == primary_class)
    if area is not None:
        wanted.append(items.area.startswith(area, autoescape=True))
    if township is not None:
        wanted.append(func.coalesce(items.township, "") == township)
    return _open(store, book, wanted, by, scope, now)


def open_unsure(store: Store, book: str, by: str, *, scope: Scope = EVERYTHING, now: datetime | None = None) -> int:
    """Open a case for every question that a reviewer answered with unsure; returns how many, at most 500."""
    items = QUEUE_ITEMS.c
    wanted = [items.state == QueueState.DECIDED, items.choice == "unsure", items.is_current]
    return _open(store, book, wanted, by, scope, now)


def open_item(
    store: Store, book: str, item_id: str, by: str, *, scope: Scope = EVERYTHING, now: datetime | None = None
) -> int:
    """Open a case for one question; 0 when its record has one already. ConfigError when there is no such question."""
    with store.read() as connection:
        query = _questions(book, [QUEUE_ITEMS.c.item_id == item_id], scope)
        if connection.execute(query).first() is None:
            raise ConfigError(tr("没有这个问题", "no such question"))
    return _open(store, book, [QUEUE_ITEMS.c.item_id == item_id], by, scope, now)


def case_of(store: Store, book: str, unique_id: str, scope: Scope = EVERYTHING) -> Case | None:
    """The case of a record: the one that is open, else the one that ended last; null when there is none in scope."""
    is_open = CASES.c.state.not_in(ENDS)
    query = select(CASES).where(*CaseFilter(scope=scope).conditions(book), CASES.c.unique_id == unique_id)
    with store.read() as connection:
        query = query.order_by(is_open.desc(), CASES.c.changed_at.desc(), CASES.c.case_id).limit(1)
        row = connection.execute(query).mappings().first()
    return None if row is None else dict(row)


def _open(
    store: Store, book: str, wanted: list[ColumnElement[bool]], by: str, scope: Scope, now: datetime | None
) -> int:
    require_reviewer(by)
    now = now or utc_now()
    with audit.changing(store) as connection:
        n_opened = _insert(connection, _questions(book, wanted, scope).where(~_has_case()), by, now)
        if n_opened:
            told = {"n": n_opened}
            audit.append(connection, now=now, actor=by, action="cases opened", subject=f"book {book}", details=told)
    return n_opened


def _questions(book: str, wanted: list[ColumnElement[bool]], scope: Scope) -> Select[tuple[object, ...]]:
    items, classes = QUEUE_ITEMS.c, CLASSIFICATIONS.c
    same = (classes.run_area == items.run_area) & (classes.person_id == items.person_id)
    inside = scope.rows(book, items.area)
    columns = (
        *(items.run_area, items.unique_id, items.person_id, items.item_id, items.area, items.township),
        *(items.shown, items.reason, items.kind, classes.branch, classes.primary_class),
    )
    query = select(*columns).select_from(QUEUE_ITEMS.outerjoin(CLASSIFICATIONS, same))
    query = query.where(items.run_area == book, *wanted, *([] if inside is None else [inside]))
    return query.order_by(items.priority.desc(), items.item_id)


def _has_case() -> ColumnElement[bool]:
    """Is somebody at work on the record, or was the very question found out before?"""
    same = (CASES.c.run_area == QUEUE_ITEMS.c.run_area) & (CASES.c.unique_id == QUEUE_ITEMS.c.unique_id)
    covered = CASES.c.state.not_in(ENDS) | (CASES.c.item_id == QUEUE_ITEMS.c.item_id)
    return select(CASES.c.case_id).where(same, covered).exists()


def _insert(connection: Connection, query: Select[tuple[object, ...]], by: str, now: datetime) -> int:
    rows: dict[str, dict[str, object]] = {}
    for found in connection.execute(query.limit(MOST_AT_ONCE)).mappings():
        is_class = found["kind"] == QueueKind.CLASSIFICATION or found["primary_class"] == PrimaryClass.HIDDEN
        copied = ("run_area", "unique_id", "person_id", "item_id", "area", "township", "branch", "reason")
        # Two questions about one record make one case.
        rows.setdefault(
            found["unique_id"],
            {
                **{name: found[name] for name in copied},
                "case_id": random_id(_N_RANDOM_BYTES),
                "primary_class": found["primary_class"] if is_class else None,
                "shown": json.loads(found["shown"] or "null") or {},
                "state": CaseState.LEAD,
                "n_steps": 0,
                "opened_by": by,
                "opened_at": now,
                "changed_at": now,
            },
        )
    if rows:
        connection.execute(insert(CASES), list(rows.values()))
    return len(rows)
