"""Following an attempt in the store while it lasts: which step, how it ended; and what is to be begun again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from data.errors import DiskFull, LonglouError, RunLocked, StoreUnavailable
from data.settings import Settings
from data.store.progress import (
    Attempt,
    AttemptState,
    Origin,
    begin_attempt,
    close_dead,
    end_attempt,
    last_attempts,
    note_step,
)
from data.store.session import Store, open_store
from flows.guard import area_lock, holder_name
from flows.steps import StepClock

#: An attempt that was killed so often in a row is not begun again: something kills it.
MOST_KILLS = 3


@dataclass(frozen=True)
class Asked:
    """Who wants a reconciliation. night_on: which night; wait_seconds: how long it waits for another run's end."""

    origin: Origin = Origin.HAND
    night_on: date | None = None
    wait_seconds: float = 0.0


@dataclass
class Followed:
    """What the attempt came to; run_id is told by who runs it."""

    run_id: str | None = field(default=None)


@contextmanager
def followed(settings: Settings, area: str, asked: Asked, clock: StepClock) -> Iterator[Followed]:
    """The attempt's row while the block lasts. The caller holds the area's lock.

    A database that went away is not told; the next attempt notes this one as killed.
    """
    found = Followed()
    with open_store(settings.database) as store:
        attempt_id = begin_attempt(store, area, asked.origin, holder_name(), clock.n_steps, asked.night_on)

        def tell(step: str, n_done: int) -> None:
            with suppress(StoreUnavailable, DiskFull):
                note_step(store, attempt_id, step, n_done)

        clock.on_step = tell
        try:
            yield found
        except Exception as error:
            text = str(error) if isinstance(error, LonglouError) else type(error).__name__
            with suppress(StoreUnavailable, DiskFull):
                end_attempt(store, attempt_id, AttemptState.FAILED, problem=text)
            raise
        except BaseException:
            with suppress(StoreUnavailable, DiskFull):
                end_attempt(store, attempt_id, AttemptState.KILLED)
            raise
        with suppress(StoreUnavailable, DiskFull):
            end_attempt(store, attempt_id, AttemptState.DONE, run_id=found.run_id)


def killed_attempts(settings: Settings, store: Store, area: str) -> list[Attempt]:
    """The area's last attempts as far as all of them were killed, newest first; none while another is running.

    What a person began at the command line is left to that person.
    """
    try:
        with area_lock(settings, area):
            close_dead(store, area)
    except RunLocked:
        return []
    newest = last_attempts(store, area, MOST_KILLS)
    return list(takewhile(lambda one: one.state is AttemptState.KILLED and one.origin is not Origin.HAND, newest))
