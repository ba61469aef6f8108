"""What did a run count? Its members by class, its questions and its proposals, kept so that nights can be compared.

Written in the transaction that publishes (data.store.counted); read by the overview. Nobody is named here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select

from data.model import RunState
from data.store.clock import utc_now
from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from data.store.tables import CLASSIFICATIONS, QUEUE_ITEMS, RUNS
from data.store.tables_statistics import RUN_COVERAGE, RUN_FOLDERS, RUN_NUMBERS


@dataclass(frozen=True)
class Night:
    """A published run and its numbers: (subject, row, item) -> n, summed over the areas asked for."""

    run_id: str
    as_of: date
    ended_at: datetime
    numbers: Mapping[tuple[str, str, str], int]


def note_folder(store: Store, run_id: str, folder: Path, now: datetime | None = None) -> None:
    """The files of the run lie in this folder of this machine: the desk offers them there."""
    with store.write() as connection:
        connection.execute(delete(RUN_FOLDERS).where(RUN_FOLDERS.c.run_id == run_id))
        values = {"run_id": run_id, "folder": str(folder.resolve()), "noted_at": now or utc_now()}
        connection.execute(insert(RUN_FOLDERS).values(values))


def folder_of(store: Store, run_id: str) -> str | None:
    """The folder of a run's files; None when it was not noted."""
    with store.read() as connection:
        query = select(RUN_FOLDERS.c.folder).where(RUN_FOLDERS.c.run_id == run_id)
        folder: str | None = connection.execute(query).scalar()
    return folder


def coverage_of(store: Store, run_id: str) -> list[Mapping[str, Any]]:
    """The rates of a run, in order."""
    query = select(RUN_COVERAGE).where(RUN_COVERAGE.c.run_id == run_id).order_by(RUN_COVERAGE.c.position)
    with store.read() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def class_counts(store: Store, book: str, scope: Scope = EVERYTHING) -> dict[tuple[str, str, str, str], int]:
    """Members as published last by (area, township, population, class); '' where a place is not known."""
    table = CLASSIFICATIONS.c
    keys = (_or_empty(table.area), _or_empty(table.township), table.population, table.primary_class)
    query = select(*keys, func.count()).where(table.run_area == book, *_inside(scope, book, table.area))
    with store.read() as connection:
        rows = connection.execute(query.group_by(*keys)).all()
    return {(area, township, population, name): n for area, township, population, name, n in rows}


def nights(store: Store, book: str, area: str = "", scope: Scope = EVERYTHING, limit: int = 30) -> list[Night]:
    """The newest published runs, oldest first, with what they counted in an area (a prefix)."""
    published = (RUNS.c.area == book) & (RUNS.c.state == RunState.PUBLISHED)
    newest = select(RUNS.c.run_id, RUNS.c.as_of, RUNS.c.ended_at).where(published)
    numbers = RUN_NUMBERS.c
    keys = (numbers.run_id, numbers.subject, numbers.row, numbers.item)
    wanted = [numbers.area.startswith(area, autoescape=True), *_inside(scope, book, numbers.area)]
    with store.read() as connection:
        runs = connection.execute(newest.order_by(RUNS.c.ended_at.desc()).limit(limit)).all()[::-1]
        wanted.append(numbers.run_id.in_([run.run_id for run in runs]))
        rows = connection.execute(select(*keys, func.sum(numbers.n)).where(*wanted).group_by(*keys)).all()
    found: dict[str, dict[tuple[str, str, str], int]] = {run.run_id: {} for run in runs}
    for run_id, subject, row, item, n in rows:
        found[run_id][subject, row, item] = int(n)
    return [Night(run.run_id, run.as_of, run.ended_at, found[run.run_id]) for run in runs]


def queue_ages(store: Store, book: str, area: str = "", scope: Scope = EVERYTHING) -> list[tuple[str, datetime, int]]:
    """Open questions by kind and the start of the run that asked first: (kind, started_at, n)."""
    items = QUEUE_ITEMS.c
    query = select(items.kind, RUNS.c.started_at, func.count()).join(RUNS, RUNS.c.run_id == items.first_run_id)
    query = query.where(items.run_area == book, items.state == "open", *_inside(scope, book, items.area))
    if area:
        query = query.where(items.area.startswith(area, autoescape=True))
    with store.read() as connection:
        rows = connection.execute(query.group_by(items.kind, RUNS.c.started_at)).all()
    return [(kind, started_at, n) for kind, started_at, n in rows]


def _or_empty(column: ColumnElement[Any]) -> ColumnElement[str]:
    return func.coalesce(column, "")


def _inside(scope: Scope, book: str, area: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    condition = scope.rows(book, area)
    return [] if condition is None else [condition]
