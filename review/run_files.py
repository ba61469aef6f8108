"""Which files of the last run may somebody take? Those in its folder, as long as they are still that run's."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from data.store.runs import current_run
from data.store.scope import Scope
from data.store.session import Store
from data.store.statistics import folder_of

#: Written last: says whose files lie in a folder.
_SEAL = "summary.json"
#: Tables in which nobody can be found: small cells are withheld.
PUBLIC = ("statistics.csv", "coverage.csv", "surveys.csv", "size_classes.csv")
#: For a member's own branch alone (guard-rail 4): handed over by whoever runs the reconciliation, never from here.
_PRIVATE = ("本支部联系任务.xlsx",)
_SUFFIXES = (".xlsx", ".csv")


@dataclass(frozen=True)
class RunFile:
    """A file to take: its name, its size in bytes, whether it names members (masked)."""

    name: str
    n_bytes: int
    is_public: bool


@dataclass(frozen=True)
class RunFiles:
    """The files of the run that the book shows. reason: why there are none, '' when there are; folder: null then."""

    run_id: str | None
    folder: Path | None
    files: Mapping[str, RunFile]
    reason: str = ""


def files_of(store: Store, book: str, scope: Scope, *, may_see_members: bool) -> RunFiles:
    """What a person may take. Files hold the whole book: who sees a part of it takes the public tables only."""
    run = current_run(store, book)
    folder = None if run is None else folder_of(store, run.run_id)
    if run is None or folder is None:
        return RunFiles(run.run_id if run else None, None, {}, "unknown")
    place = Path(folder)
    if _run_in(place) != run.run_id:
        return RunFiles(run.run_id, None, {}, "gone")
    sees_all = may_see_members and scope.sees_all(book)
    found = sorted(path for path in place.iterdir() if path.suffix in _SUFFIXES and path.is_file())
    files = [RunFile(path.name, path.stat().st_size, path.name in PUBLIC) for path in found]
    allowed = {file.name: file for file in files if file.name not in _PRIVATE and (sees_all or file.is_public)}
    return RunFiles(run.run_id, place, allowed)


def _run_in(folder: Path) -> str | None:
    """The run whose files lie in a folder now; None when there is no finished one."""
    try:
        said = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return str(said["run_id"]) if isinstance(said, dict) and "run_id" in said else None
