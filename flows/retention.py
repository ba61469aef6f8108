"""Everything whose last day has passed goes: pulled rows and caches with their keys, old nights, encrypted values.

One certificate says what went and by which rule; an audit row bears its digest.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.settings import Settings
from data.sources.pulls.retention import destroy_expired, expired
from data.store import retention
from data.store.archive import Archive
from data.store.retention import Due
from data.store.runs import list_runs
from data.store.session import Store
from flows.guard import area_lock

_ALL = 1_000_000


@dataclass(frozen=True)
class Removed:
    """What is due or went; certificate: where it says so, null when nothing was done."""

    due: list[Due]
    certificate: Path | None = None


def due_on(settings: Settings, store: Store, on: date) -> list[Due]:
    """What has passed its last day on that day."""
    pulled = [Due("pull", name, {"retention_on": day.isoformat()}) for name, day in expired(on, settings)]
    nights = retention.due_nights(store, Archive.of(settings), on)
    return [*pulled, *nights, *retention.due_values(store, on)]


def remove_due(settings: Settings, store: Store, on: date, by: str) -> Removed:
    """Remove it. The areas are held meanwhile: no run reads what goes. Raises RunLocked."""
    with ExitStack() as held:
        for area in sorted({run.area for run in list_runs(store, limit=_ALL)}):
            held.enter_context(area_lock(settings, area))
        due = due_on(settings, store, on)
        if not due:
            return Removed(due)
        # The keys first: whatever is left of the rest in a backup is unreadable from here on.
        destroy_expired(on, settings)
        folder = settings.var_dir.resolve() / "certificates"
        return Removed(due, retention.remove(store, Archive.of(settings), folder, due, on, by))
