"""What a named person decides about a night: release or discard a held run, roll back, have its files again."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from data.errors import ConfigError
from data.settings import Settings
from data.store.archive import Archive, Manifest
from data.store.clock import utc_now
from data.store.guard import masked
from data.store.holds import discard_run, held_run
from data.store.people import require_reason, require_reviewer
from data.store.publish import Ready, Terms, publish
from data.store.runs import RunInfo, current_run, get_run
from data.store.session import Store
from data.store.shown import STORE
from data.words import tr
from flows.finish import HELD_FOLDER, seal_archive
from flows.guard import area_lock
from flows.outcome import run_id
from reports.staging import SEAL, staged


def release(settings: Settings, store: Store, asked: str, by: str, reason: str) -> RunInfo:
    """Publish a held run as it was found, and put its files where they belong.

    Raises InvalidTransition for a run that is not held, NewerNight, ArchiveDamaged, RunLocked.
    """
    _require(by, reason)
    with area_lock(settings, held_run(store, asked).area):
        run, now = held_run(store, asked), utc_now()
        archive = Archive.of(settings)
        manifest = archive.manifest(run.run_id, run.archive)
        out = Path(manifest.notes["out"])
        with staged(out) as folder:
            archive.restore(manifest, folder)
            decision = {"by": by, "reason": masked(reason), "at": now.isoformat(timespec="seconds")}
            summary = {**_summary(folder), "state": "published", "decision": decision}
            terms = Terms(
                (run.built_on,), by, masked(reason), seal=lambda: seal_archive(archive, manifest, folder, summary)
            )
            publish(store, run, Ready.of(archive.tables(manifest, STORE)), now, terms)
        shutil.rmtree(out / HELD_FOLDER, ignore_errors=True)
    return get_run(store, asked)


def discard(settings: Settings, store: Store, asked: str, by: str, reason: str) -> RunInfo:
    """Decide that a held run is not to be published; its archive and its files go."""
    with area_lock(settings, held_run(store, asked).area):
        run = held_run(store, asked)
        discard_run(store, asked, by, reason)
        archive = Archive.of(settings)
        out = Path(archive.manifest(asked, run.archive).notes["out"])
        shutil.rmtree(out / HELD_FOLDER, ignore_errors=True)
        archive.forget(asked)
        archive.sweep()
    return get_run(store, asked)


def roll_back(settings: Settings, store: Store, area: str, by: str, reason: str) -> RunInfo:
    """Publish the night before the published one again, in one transaction; a run of its own says so.

    Decisions of people stay. One step only: what a rollback brought back cannot be rolled back again. Raises
    ConfigError when there is nothing to go back to, ArchiveDamaged, RunLocked.
    """
    _require(by, reason)
    with area_lock(settings, area):
        shown = current_run(store, area)
        former = _former(store, shown)
        assert shown is not None, "there is a night before it"
        archive, now = Archive.of(settings), utc_now()
        manifest = archive.manifest(former.run_id, former.archive)
        out = _folder_of(archive, shown, manifest)
        again = _again(former, shown, area, now)
        with staged(out) as folder:
            archive.restore(manifest, folder)
            terms = Terms(
                (shown.run_id,), by, masked(reason), shown.run_id, lambda: _kept_again(archive, manifest, again)
            )
            publish(store, again, Ready.of(archive.tables(manifest, STORE)), now, terms)
    return get_run(store, again.run_id)


def restore(settings: Settings, store: Store, asked: str, out: Path) -> list[str]:
    """Write the files of a night into the folder, byte for byte as they were; their names."""
    run = get_run(store, asked)
    archive = Archive.of(settings)
    manifest = archive.manifest(run.run_id, run.archive)
    with staged(out) as folder:
        archive.restore(manifest, folder)
    return sorted(manifest.files)


def _require(by: str, reason: str) -> None:
    require_reviewer(by)
    require_reason(reason)


def _summary(folder: Path) -> dict[str, Any]:
    summary: dict[str, Any] = json.loads((folder / SEAL).read_text(encoding="utf-8"))
    return summary


def _former(store: Store, shown: RunInfo | None) -> RunInfo:
    """The night that a rollback brings back."""
    if shown is None:
        raise ConfigError(tr("还没有发布过，无可退回", "nothing was published yet"))
    if shown.republishes is not None:
        raise ConfigError(
            tr("已经退回过一次，只能退一步：请重新核对", "it was rolled back already, one step only: reconcile again")
        )
    if shown.built_on is None:
        raise ConfigError(tr("这是第一次发布，没有更早的可退回", "this is the first night, there is none before it"))
    return get_run(store, shown.built_on)


def _folder_of(archive: Archive, shown: RunInfo, former: Manifest) -> Path:
    """Where the files of the night that goes lie, for those that come back."""
    notes = former.notes if shown.archive is None else archive.manifest(shown.run_id, shown.archive).notes
    return Path(notes["out"])


def _again(former: RunInfo, shown: RunInfo, area: str, now: datetime) -> RunInfo:
    """The run that publishes a former night again."""
    return replace(
        former,
        run_id=run_id(area, now),
        started_at=now,
        ended_at=None,
        built_on=shown.run_id,
        republishes=former.republishes or former.run_id,
        decided_by=None,
        reason=None,
    )


def _kept_again(archive: Archive, manifest: Manifest, again: RunInfo) -> str:
    with archive.writing():
        return archive.write(replace(manifest, run_id=again.run_id))
