"""What has passed its last day goes: pulled rows and caches with their keys, old nights, encrypted values, uploads.

One certificate says what went and by which rule; an audit row bears its digest.
"""

from __future__ import annotations

import shutil
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
from data.store.transitions import UploadState
from data.store.uploads import answer_folder, file_of, uploads_in
from flows.guard import area_lock
from flows.uploads import source_name

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
    return [*pulled, *nights, *retention.due_values(store, on), *_uploads_due(settings, store, on)]


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
        for item in due:
            if item.kind == "upload":
                file_of(settings.uploads_dir, item.subject).unlink(missing_ok=True)
                shutil.rmtree(answer_folder(settings.uploads_dir, item.subject), ignore_errors=True)
        folder = settings.var_dir.resolve() / "certificates"
        return Removed(due, retention.remove(store, Archive.of(settings), folder, due, on, by))


def _uploads_due(settings: Settings, store: Store, on: date) -> list[Due]:
    """Files handed in, with the last day that the runs which read them noted; of those that no run has read yet, the
    first last day of the book's newest run."""
    of_source: dict[tuple[str, str], str] = {}
    of_book: dict[str, tuple[str, str]] = {}
    for run in sorted(list_runs(store, limit=_ALL), key=lambda run: (run.started_at, run.run_id)):
        of_source |= {(run.area, name): day for name, day in run.retention.items()}
        of_book |= {run.area: min((day, name) for name, day in run.retention.items())} if run.retention else {}
    found = []
    for upload in uploads_in(store, tuple(UploadState)):
        name = source_name(upload)
        day = of_source.get((upload.book, name))
        if day is None and upload.book in of_book:
            day, name = of_book[upload.book]
        is_there = file_of(settings.uploads_dir, upload.upload_id).exists()
        if is_there and day is not None and date.fromisoformat(day) < on:
            found.append(Due("upload", upload.upload_id, {name: day}))
    return found
