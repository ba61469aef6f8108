"""What has reached its last day? Archives of nights and their encrypted values: which go, and the proof that they went.

A night rests on its sources: it goes with the first last day among them, as `runs.retention` noted it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update

from data.model import RunState
from data.store import audit
from data.store.archive import Archive
from data.store.clock import utc_now
from data.store.runs import RunInfo, list_runs
from data.store.session import Store
from data.store.tables import RUNS
from data.store.tables_sealed import SEALED_VALUES

_ALL = 1_000_000


@dataclass(frozen=True)
class Due:
    """Something whose last day has passed. kind: `archive`, `sealed_values`, `pull`, `upload`; subject: the run, book,
    folder or file it is.

    rule: why it goes, with the sources and days that say so.
    """

    kind: str
    subject: str
    rule: Mapping[str, str]
    n: int = 1


@dataclass(frozen=True)
class Certificate:
    """What a removal did: who, when, what by which rule, the digests of the blobs that went with their bytes."""

    on: date
    at: datetime
    by: str
    removed: tuple[Due, ...]
    blobs: Mapping[str, int] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {**asdict(self), "on": self.on.isoformat(), "at": self.at.isoformat(timespec="seconds")}


def due_nights(store: Store, archive: Archive, on: date) -> list[Due]:
    """Archived nights whose first last day lies before `on`, and archives of runs that were never published."""
    known = {run.run_id: run for run in list_runs(store, limit=_ALL)}
    passed = {run_id: _passed(run, on) for run_id, run in known.items() if run.archive is not None}
    found = [Due("archive", run_id, rule) for run_id, rule in sorted(passed.items()) if rule]
    for run_id in archive.run_ids():
        state = known[run_id].state if run_id in known else "unknown"
        if state in (RunState.FAILED, RunState.DISCARDED, "unknown") and not passed.get(run_id):
            found.append(Due("archive", run_id, {"run": str(state)}))
    return found


def due_values(store: Store, on: date) -> list[Due]:
    """Books whose published night has passed its last day: their encrypted values go."""
    shown = {}
    for run in sorted(list_runs(store, limit=_ALL), key=lambda run: (run.ended_at or run.started_at, run.run_id)):
        if run.state is RunState.PUBLISHED:
            shown[run.area] = run
    counts = select(SEALED_VALUES.c.run_area, func.count()).group_by(SEALED_VALUES.c.run_area)
    with store.read() as connection:
        n_values = {str(area): int(n) for area, n in connection.execute(counts)}
    books = {area: _passed(run, on) for area, run in sorted(shown.items())}
    return [
        Due("sealed_values", area, rule, n_values[area]) for area, rule in books.items() if rule and area in n_values
    ]


def remove(store: Store, archive: Archive, folder: Path, due: list[Due], on: date, by: str) -> Path:
    """Remove archives and encrypted values that are due, write the certificate and sign it by its digest in an audit
    row, in the transaction that removes; the certificate's path.

    due: pulls among it are gone already and only attested.
    """
    for item in due:
        if item.kind == "archive":
            archive.forget(item.subject)
    blobs = archive.sweep()
    with audit.changing(store) as connection:
        for item in due:
            if item.kind == "archive":
                connection.execute(update(RUNS).where(RUNS.c.run_id == item.subject).values(archive=None))
            elif item.kind == "sealed_values":
                connection.execute(delete(SEALED_VALUES).where(SEALED_VALUES.c.run_area == item.subject))
        certificate = Certificate(on, utc_now(), by, tuple(due), blobs)
        path, digest = _written(folder, certificate)
        details = {"on": on.isoformat(), "sha256": digest, "n_removed": len(due)}
        audit.append(
            connection,
            now=certificate.at,
            actor=by,
            action="retention",
            subject=f"certificate {path.name}",
            details=details,
        )
    return path


def _written(folder: Path, certificate: Certificate) -> tuple[Path, str]:
    text = json.dumps(certificate.document(), ensure_ascii=False, sort_keys=True, indent=2) + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{certificate.at:%Y%m%dT%H%M%S}-{digest[:12]}.json"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return path, digest


def _passed(run: RunInfo, on: date) -> dict[str, str]:
    """The sources of a run whose last day lies before the date."""
    return {name: day for name, day in sorted(run.retention.items()) if date.fromisoformat(day) < on}
