"""How far is the run, and what became of the last ones? Counts and names of steps only; no audit row, nothing decides
by it but what is begun again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import RowMapping, insert, select, update

from data.digests import random_id
from data.store.clock import utc_now
from data.store.guard import masked
from data.store.session import Store
from data.store.tables_progress import ATTEMPTS

_N_RANDOM_BYTES = 8


class Origin(StrEnum):
    """What began an attempt: a person at the command line, the night, files handed in, judgements."""

    HAND = "hand"
    NIGHT = "night"
    UPLOAD = "upload"
    REGRADE = "regrade"


class AttemptState(StrEnum):
    """How it stands; killed: its process vanished or was told to stop."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    KILLED = "killed"


@dataclass(frozen=True)
class Attempt:
    """One beginning of a reconciliation; the fields as in data.store.tables_progress."""

    attempt_id: str
    area: str
    origin: Origin
    holder: str
    night_on: date | None
    began_at: datetime
    changed_at: datetime
    step: str | None
    n_done: int
    n_steps: int
    state: AttemptState
    run_id: str | None
    problem: str | None


def begin_attempt(
    store: Store,
    area: str,
    origin: Origin,
    holder: str,
    n_steps: int,
    night_on: date | None = None,
    now: datetime | None = None,
) -> str:
    """Note that it begins; its id. The caller holds the area's lock: whatever was running there is dead by now."""
    now = now or utc_now()
    close_dead(store, area, now)
    attempt_id = random_id(_N_RANDOM_BYTES)
    values = {"attempt_id": attempt_id, "run_area": area, "origin": origin, "holder": holder, "night_on": night_on}
    begun = {"began_at": now, "changed_at": now, "n_done": 0, "n_steps": n_steps, "state": AttemptState.RUNNING}
    with store.write() as connection:
        connection.execute(insert(ATTEMPTS).values({**values, **begun}))
    return attempt_id


def note_step(store: Store, attempt_id: str, step: str, n_done: int, now: datetime | None = None) -> None:
    """It is at this step now."""
    _change(store, attempt_id, now, step=step, n_done=n_done)


def end_attempt(
    store: Store,
    attempt_id: str,
    state: AttemptState,
    *,
    run_id: str | None = None,
    problem: str | None = None,
    now: datetime | None = None,
) -> None:
    """It is over; problem: the text of a LonglouError, never a member's value."""
    told = None if problem is None else masked(problem)
    _change(store, attempt_id, now, state=state, run_id=run_id, problem=told, step=None)


def close_dead(store: Store, area: str, now: datetime | None = None) -> int:
    """Attempts of the area that never ended were killed; how many. Only for who holds the area's lock."""
    running = (ATTEMPTS.c.run_area == area) & (ATTEMPTS.c.state == AttemptState.RUNNING)
    values = {"state": AttemptState.KILLED, "changed_at": now or utc_now()}
    with store.write() as connection:
        return connection.execute(update(ATTEMPTS).where(running).values(values)).rowcount


def last_attempts(store: Store, area: str, limit: int = 20) -> list[Attempt]:
    """The newest attempts of an area, newest first."""
    query = select(ATTEMPTS).where(ATTEMPTS.c.run_area == area)
    query = query.order_by(ATTEMPTS.c.began_at.desc(), ATTEMPTS.c.attempt_id).limit(limit)
    with store.read() as connection:
        return [_attempt(row) for row in connection.execute(query).mappings()]


def attempt_of_night(store: Store, area: str, night_on: date) -> Attempt | None:
    """The newest attempt at that night of the area."""
    query = select(ATTEMPTS).where(ATTEMPTS.c.run_area == area, ATTEMPTS.c.night_on == night_on)
    with store.read() as connection:
        row = connection.execute(query.order_by(ATTEMPTS.c.began_at.desc()).limit(1)).mappings().first()
    return None if row is None else _attempt(row)


def _change(store: Store, attempt_id: str, now: datetime | None, **values: object) -> None:
    changed = {**values, "changed_at": now or utc_now()}
    with store.write() as connection:
        connection.execute(update(ATTEMPTS).where(ATTEMPTS.c.attempt_id == attempt_id).values(changed))


def _attempt(row: RowMapping) -> Attempt:
    values = {name: value for name, value in row.items() if name != "run_area"}
    kinds = {"origin": Origin(row["origin"]), "state": AttemptState(row["state"])}
    return Attempt(**{**values, "area": row["run_area"], **kinds})
