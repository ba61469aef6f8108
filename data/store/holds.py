"""A run that its checks held: kept aside, released by nobody but a named person, gone when a newer night is published.

The tables of a held run lie in its archive; of the store it has its row, and its numbers encrypted but not asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, select, update

from data.errors import InvalidTransition
from data.model import RunState
from data.store import audit
from data.store.clock import utc_now
from data.store.guard import masked
from data.store.people import require_reason, require_reviewer
from data.store.runs import RunInfo, get_run, move, note, values_of
from data.store.sealing import ClearValues, add_sealed, drop_left_by
from data.store.session import Store
from data.store.tables import RUNS

#: The reason of a held run that nobody decided about before the next night.
SUPERSEDED = "superseded"


def hold_run(
    store: Store, run: RunInfo, reasons: Sequence[str], clear: ClearValues | None, now: datetime | None = None
) -> None:
    """Note that a started run waits for a person, and why; nothing that anybody reads changes.

    `run.archive` is the digest of its archive; one held run waits at a time, an earlier one is discarded.
    """
    now = now or utc_now()
    with audit.changing(store) as connection:
        drop_held(connection, run, now)
        told = masked("；".join(reasons))
        move(connection, run.run_id, RunState.HELD, now, reason=told)
        values = values_of(replace(run, state=RunState.HELD, ended_at=now, reason=told))
        connection.execute(update(RUNS).where(RUNS.c.run_id == run.run_id).values(values))
        if clear is not None:
            add_sealed(connection, run.area, run.run_id, clear)
        note(connection, run, "run held", now, reason=told, archive=run.archive or "")


def discard_run(store: Store, run_id: str, by: str, reason: str, now: datetime | None = None) -> RunInfo:
    """A named person decides that a held run is not to be published. Raises InvalidTransition, ConfigError."""
    require_reviewer(by)
    require_reason(reason)
    now = now or utc_now()
    with audit.changing(store) as connection:
        run = move(connection, run_id, RunState.DISCARDED, now, by=by, reason=masked(reason))
        drop_left_by(connection, run.area, run_id)
        note(connection, run, "run discarded", now, by=by, reason=reason)
    return run


def held_run(store: Store, run_id: str) -> RunInfo:
    """A run that waits for a decision. Raises ConfigError for an unknown one, InvalidTransition for any other state."""
    run = get_run(store, run_id)
    if run.state is not RunState.HELD:
        raise InvalidTransition(f"run {run_id}", run.state, RunState.PUBLISHED)
    return run


def drop_held(connection: Connection, run: RunInfo, now: datetime) -> None:
    """Discard what waited of the area before this run, in the transaction that publishes or holds it."""
    waiting = select(RUNS.c.run_id).where(RUNS.c.area == run.area, RUNS.c.state == RunState.HELD)
    others = waiting.where(RUNS.c.run_id != run.run_id)
    for run_id in list(connection.execute(others.order_by(RUNS.c.run_id)).scalars()):
        older = move(connection, run_id, RunState.DISCARDED, now, reason=SUPERSEDED)
        drop_left_by(connection, run.area, run_id)
        note(connection, older, "run discarded", now, reason=SUPERSEDED)
