"""Which runs were there? One row each, with every version that decided its result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.engine import RowMapping

from data.errors import InvalidTransition
from data.model import RunState
from data.store import audit
from data.store.clock import utc_now
from data.store.session import Store
from data.store.tables import RUNS
from data.store.transitions import check_transition


@dataclass(frozen=True)
class RunInfo:
    """One execution. `sources` maps a source to the digest of its files, `counts` a name to a number of rows.

    `area` is the county or province of the run: it names the book that the run writes.
    """

    run_id: str
    area: str
    as_of: date
    started_at: datetime
    code_version: str
    model_digest: str
    rules_digest: str
    sources: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    state: RunState = RunState.STARTED
    ended_at: datetime | None = None


def start_run(store: Store, run: RunInfo) -> None:
    """Note that a run began; `publish` or `fail_run` ends it. InvalidTransition when the run_id is taken."""
    with audit.changing(store) as connection:
        found = _state(connection, run.run_id)
        if found is not None:
            raise InvalidTransition(f"run {run.run_id}", found, RunState.STARTED)
        connection.execute(insert(RUNS).values(_values(replace(run, state=RunState.STARTED, ended_at=None))))
        _note(connection, run, "run started", run.started_at)


def fail_run(store: Store, run_id: str, problem: str, now: datetime | None = None) -> None:
    """Note that a started run stopped, and why (the text of a LonglouError, never a member's value)."""
    now = now or utc_now()
    with audit.changing(store) as connection:
        run = _existing(connection, run_id)
        check_transition("run", run_id, run.state, RunState.FAILED)
        connection.execute(update(RUNS).where(RUNS.c.run_id == run_id).values(state=RunState.FAILED, ended_at=now))
        _note(connection, run, "run failed", now, problem=problem)


def finish_run(connection: Connection, run: RunInfo, now: datetime) -> None:
    """In publish's transaction: the run's row becomes published, with its final counts and digests."""
    found = _state(connection, run.run_id)
    values = _values(replace(run, state=RunState.PUBLISHED, ended_at=now))
    if found is None:
        connection.execute(insert(RUNS).values(values))
        return
    check_transition("run", run.run_id, found, RunState.PUBLISHED)
    connection.execute(update(RUNS).where(RUNS.c.run_id == run.run_id).values(values))


def current_run(store: Store, area: str) -> RunInfo | None:
    """The run whose tables the book of the area shows; null before the first."""
    published = select(RUNS).where(RUNS.c.area == area, RUNS.c.state == RunState.PUBLISHED)
    with store.read() as connection:
        row = connection.execute(published.order_by(RUNS.c.ended_at.desc()).limit(1)).mappings().first()
    return None if row is None else _run(row)


def list_runs(store: Store, area: str | None = None, limit: int = 100) -> list[RunInfo]:
    """The newest runs, of one area or of all."""
    query = select(RUNS).order_by(RUNS.c.started_at.desc(), RUNS.c.run_id).limit(limit)
    with store.read() as connection:
        rows = connection.execute(query if area is None else query.where(RUNS.c.area == area)).mappings().all()
    return [_run(row) for row in rows]


def _state(connection: Connection, run_id: str) -> RunState | None:
    found = connection.execute(select(RUNS.c.state).where(RUNS.c.run_id == run_id)).scalar()
    return None if found is None else RunState(found)


def _existing(connection: Connection, run_id: str) -> RunInfo:
    row = connection.execute(select(RUNS).where(RUNS.c.run_id == run_id).with_for_update()).mappings().first()
    if row is None:
        raise InvalidTransition(f"run {run_id}", "-", RunState.FAILED)
    return _run(row)


def _values(run: RunInfo) -> dict[str, object]:
    return {**vars(run), "sources": dict(run.sources), "counts": dict(run.counts)}


def _run(row: RowMapping) -> RunInfo:
    return RunInfo(**{**row, "state": RunState(row["state"])})


def _note(connection: Connection, run: RunInfo, action: str, now: datetime, **details: str) -> None:
    audit.append(
        connection,
        now=now,
        actor=audit.MACHINE,
        action=action,
        subject=f"run {run.run_id}",
        details={"area": run.area, **details},
    )
