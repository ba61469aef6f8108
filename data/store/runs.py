"""Which runs were there? One row each, with every version that decided its result and what people decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.engine import RowMapping

from data.errors import ConfigError, InvalidTransition
from data.model import RunState
from data.store import audit
from data.store.clock import utc_now
from data.store.session import Store
from data.store.tables import RUNS
from data.store.transitions import check_transition
from data.words import tr

#: Why a run failed that nobody saw ending: its process was killed, or the power went.
KILLED = "killed"


@dataclass(frozen=True)
class RunInfo:
    """One execution. `sources` maps a source to the digest of its files, `counts` a name to a number of rows.

    `area` is the county or province of the run: it names the book that the run writes. `built_on`: the published run
    it started from; `republishes`: the run whose night a rollback brought back; `archive`: digest of its archive, null
    when none was kept; `retention`: source -> last day its data may be kept.
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
    built_on: str | None = None
    republishes: str | None = None
    archive: str | None = None
    decided_by: str | None = None
    reason: str | None = None
    retention: Mapping[str, str] = field(default_factory=dict)


def start_run(store: Store, run: RunInfo) -> None:
    """Note that a run began; `publish`, `hold` or `fail_run` ends it. InvalidTransition when the run_id is taken."""
    with audit.changing(store) as connection:
        found = _state(connection, run.run_id)
        if found is not None:
            raise InvalidTransition(f"run {run.run_id}", found, RunState.STARTED)
        connection.execute(insert(RUNS).values(values_of(replace(run, state=RunState.STARTED, ended_at=None))))
        note(connection, run, "run started", run.started_at)


def fail_run(store: Store, run_id: str, problem: str, now: datetime | None = None) -> None:
    """Note that a started run stopped, and why (the text of a LonglouError, never a member's value)."""
    now = now or utc_now()
    with audit.changing(store) as connection:
        run = move(connection, run_id, RunState.FAILED, now, reason=problem)
        note(connection, run, "run failed", now, problem=problem)


def close_killed(store: Store, area: str, now: datetime | None = None) -> list[str]:
    """Note that runs of the area which never ended were killed; their ids.

    To be called by who holds the area's lock: then nobody else is running, and whoever had started is dead.
    """
    now = now or utc_now()
    started = select(RUNS.c.run_id).where(RUNS.c.area == area, RUNS.c.state == RunState.STARTED)
    with audit.changing(store) as connection:
        killed = list(connection.execute(started.order_by(RUNS.c.run_id)).scalars())
        for run_id in killed:
            run = move(connection, run_id, RunState.FAILED, now, reason=KILLED)
            note(connection, run, "run failed", now, problem=KILLED)
    return killed


def finish_run(connection: Connection, run: RunInfo, now: datetime) -> None:
    """In publish's transaction: the run's row becomes published, with its final counts and digests."""
    found = _state(connection, run.run_id)
    values = values_of(replace(run, state=RunState.PUBLISHED, ended_at=now))
    if found is None:
        connection.execute(insert(RUNS).values(values))
        return
    check_transition("run", run.run_id, found, RunState.PUBLISHED)
    connection.execute(update(RUNS).where(RUNS.c.run_id == run.run_id).values(values))


def move(
    connection: Connection, run_id: str, state: RunState, now: datetime, *, by: str | None = None, reason: str
) -> RunInfo:
    """Bring a run into a state, in the caller's transaction; the run as it was. Raises InvalidTransition."""
    run = _existing(connection, run_id)
    check_transition("run", run_id, run.state, state)
    values = {"state": state, "ended_at": now, "reason": reason, "decided_by": by}
    connection.execute(update(RUNS).where(RUNS.c.run_id == run_id).values(values))
    return run


def current_run(store: Store, area: str) -> RunInfo | None:
    """The run whose tables the book of the area shows; null before the first."""
    with store.read() as connection:
        return current(connection, area)


def current(connection: Connection, area: str) -> RunInfo | None:
    """As `current_run`, in the caller's transaction."""
    published = select(RUNS).where(RUNS.c.area == area, RUNS.c.state == RunState.PUBLISHED)
    row = connection.execute(published.order_by(RUNS.c.ended_at.desc()).limit(1)).mappings().first()
    return None if row is None else _run(row)


def get_run(store: Store, run_id: str) -> RunInfo:
    """The run. Raises ConfigError when there is none of that id."""
    with store.read() as connection:
        row = connection.execute(select(RUNS).where(RUNS.c.run_id == run_id)).mappings().first()
    if row is None:
        raise ConfigError(tr(f"没有运行 {run_id}", f"there is no run {run_id}"))
    return _run(row)


def list_runs(store: Store, area: str | None = None, limit: int = 100) -> list[RunInfo]:
    """The newest runs, of one area or of all."""
    query = select(RUNS).order_by(RUNS.c.started_at.desc(), RUNS.c.run_id).limit(limit)
    with store.read() as connection:
        rows = connection.execute(query if area is None else query.where(RUNS.c.area == area)).mappings().all()
    return [_run(row) for row in rows]


def note(
    connection: Connection, run: RunInfo, action: str, now: datetime, by: str = audit.MACHINE, **details: str
) -> None:
    """The audit row of a run's move, in the caller's transaction."""
    subject, told = f"run {run.run_id}", {"area": run.area, **details}
    audit.append(connection, now=now, actor=by, action=action, subject=subject, details=told)


def _state(connection: Connection, run_id: str) -> RunState | None:
    found = connection.execute(select(RUNS.c.state).where(RUNS.c.run_id == run_id)).scalar()
    return None if found is None else RunState(found)


def _existing(connection: Connection, run_id: str) -> RunInfo:
    row = connection.execute(select(RUNS).where(RUNS.c.run_id == run_id).with_for_update()).mappings().first()
    if row is None:
        raise InvalidTransition(f"run {run_id}", "-", RunState.FAILED)
    return _run(row)


def values_of(run: RunInfo) -> dict[str, object]:
    """The row of a run."""
    return {**vars(run), **{name: dict(getattr(run, name)) for name in ("sources", "counts", "retention")}}


def _run(row: RowMapping) -> RunInfo:
    return RunInfo(**{**row, "state": RunState(row["state"]), "retention": row["retention"] or {}})
