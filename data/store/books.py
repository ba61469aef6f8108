"""Which books are there? One per area that a run has published for; a person opens those of their areas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from data.model import RunState
from data.store.scope import Scope
from data.store.session import Store
from data.store.tables import RUNS


@dataclass(frozen=True)
class Book:
    """The area of a book, and the run whose tables it shows."""

    area: str
    run_id: str
    as_of: date
    ended_at: datetime


def list_books(store: Store, scope: Scope) -> list[Book]:
    """The books in scope that show a published run, by area."""
    published = RUNS.c.state == RunState.PUBLISHED
    last = select(RUNS.c.area, func.max(RUNS.c.ended_at).label("ended_at")).where(published).group_by(RUNS.c.area)
    newest = last.subquery()
    same = (RUNS.c.area == newest.c.area) & (RUNS.c.ended_at == newest.c.ended_at) & published
    query = select(RUNS.c.area, RUNS.c.run_id, RUNS.c.as_of, RUNS.c.ended_at).join(newest, same).order_by(RUNS.c.area)
    with store.read() as connection:
        rows = connection.execute(query).all()
    return [Book(*row) for row in rows if scope.opens(row.area)]
