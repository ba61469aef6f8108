"""How much is there, for whoever watches the installation? Counts and ages from the store; no name, no number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, func, select

from data.model import QueueState
from data.store.measures import Measure, last_measures
from data.store.session import Store
from data.store.tables import QUEUE_ITEMS, RUNS
from data.store.tables_progress import ATTEMPTS
from data.store.tables_uploads import UPLOADS

Counts = list[tuple[tuple[str, ...], int]]


@dataclass(frozen=True)
class Waiting:
    """Open queue items of a book and kind; since: when the run ended that asked the oldest, null while it lasts."""

    area: str
    kind: str
    n_open: int
    since: datetime | None


@dataclass(frozen=True)
class Figures:
    """runs: (area, state); attempts: (area, origin, state); uploads: (area, state); measures: the last of each area."""

    runs: Counts
    attempts: Counts
    uploads: Counts
    queue: list[Waiting]
    measures: list[Measure]


def read_figures(store: Store) -> Figures:
    """All of them, each in one query."""
    with store.read() as connection:
        runs = _counts(connection, RUNS, RUNS.c.area, RUNS.c.state)
        attempts = _counts(connection, ATTEMPTS, ATTEMPTS.c.run_area, ATTEMPTS.c.origin, ATTEMPTS.c.state)
        uploads = _counts(connection, UPLOADS, UPLOADS.c.run_area, UPLOADS.c.state)
        queue = _waiting(connection)
    areas = sorted({key[0] for key, _ in runs})
    measures = [measure for area in areas for measure in last_measures(store, area, limit=1)]
    return Figures(runs, attempts, uploads, queue, measures)


def _counts(connection: Connection, table: Table, *columns: ColumnElement[str]) -> Counts:
    query = select(*columns, func.count()).select_from(table).group_by(*columns).order_by(*columns)
    rows: Iterable[tuple[object, ...]] = connection.execute(query).tuples()
    return [(tuple(map(str, row[:-1])), int(str(row[-1]))) for row in rows]


def _waiting(connection: Connection) -> list[Waiting]:
    item = QUEUE_ITEMS.c
    query = select(item.run_area, item.kind, func.count(), func.min(RUNS.c.ended_at))
    query = query.join_from(QUEUE_ITEMS, RUNS, RUNS.c.run_id == item.first_run_id, isouter=True)
    query = query.where(item.state == QueueState.OPEN).group_by(item.run_area, item.kind)
    return [Waiting(*row) for row in connection.execute(query.order_by(item.run_area, item.kind)).tuples()]
