"""A backup back into an empty installation: every digest first, then the files, then whether what came is whole."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.digests import digest_of
from data.errors import ConfigError, LonglouError
from data.settings import Settings
from data.store import audit, migrate
from data.store.backup import DATABASE, FOLDERS, MANIFEST, Backup, key_digests
from data.store.clock import utc_now
from data.store.copies import copy_in
from data.store.sealed import keyring_of, open_sample
from data.store.session import Store, open_store
from data.words import tr


class BackupDamaged(LonglouError):
    """A file of the backup is missing or is not what was put there; nothing was restored."""

    def __init__(self, name: str) -> None:
        super().__init__(tr(f"备份不完整或已损坏：{name}", f"the backup is damaged: {name}"))


@dataclass(frozen=True)
class Restored:
    """What came back: files, audit rows, and the revision that the tables were at and are at now."""

    n_files: int
    n_audit: int
    was_at: str
    is_at: str


def restore(
    settings: Settings, backup: Path, keys_folder: Path | None, by: str, now: datetime | None = None
) -> Restored:
    """Restore into an empty database and an empty `var_dir`. keys_folder: the keys of this very backup.

    Raises ConfigError where something lies already or keys are missing, BackupDamaged.
    """
    manifest = read_manifest(backup)
    _refuse_full(settings)
    keys = _keys(settings, manifest, keys_folder)
    for name, digest in manifest.files.items():
        if not (backup / name).is_file() or digest_of(backup / name) != digest:
            raise BackupDamaged(name)
    settings.var_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in manifest.files:
        if name != DATABASE:
            _place(backup / name, settings.var_dir.resolve() / name)
    for name, path in keys.items():
        _place(path, settings.var_dir.resolve() / "keys" / name)
    copy_in(backup / DATABASE, settings.database)
    with open_store(settings.database) as store:
        n_audit = _checked(settings, store, manifest)
        with audit.changing(store) as connection:
            details = {"made_at": manifest.made_at, "n_files": len(manifest.files)}
            subject = f"backup {backup.name}"
            audit.append(
                connection, now=now or utc_now(), actor=by, action="restored", subject=subject, details=details
            )
    return Restored(len(manifest.files), n_audit, manifest.revision, migrate.head())


def read_manifest(backup: Path) -> Backup:
    """What the backup says of itself. Raises ConfigError where there is none."""
    try:
        return Backup(**json.loads((backup / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        raise ConfigError(tr(f"{backup} 不是一份完整的备份", f"{backup} is no whole backup")) from None


def _refuse_full(settings: Settings) -> None:
    for name in (*FOLDERS, "keys"):
        folder = settings.var_dir / name
        if folder.exists() and any(path.is_file() for path in folder.rglob("*")):
            raise ConfigError(
                tr(f"{folder} 不是空的：请恢复到新的 var_dir", f"{folder} is not empty: restore into a new var_dir")
            )


def _keys(settings: Settings, manifest: Backup, folder: Path | None) -> Mapping[str, Path]:
    """The keys that the backup needs, each the right one."""
    if folder is None:
        if manifest.key_digests and key_digests(settings) != dict(manifest.key_digests):
            raise ConfigError(
                tr(
                    "这份备份需要密钥：请用 --keys 指出密钥备份",
                    "this backup needs its keys: name their folder by --keys",
                )
            )
        return {}
    found = {}
    for name, digest in manifest.key_digests.items():
        path = folder / name
        if not path.is_file() or digest_of(path) != digest:
            raise ConfigError(tr(f"{path} 不是这份备份的密钥", f"{path} is not the key of this backup"))
        found[name] = path
    return found


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    shutil.copyfile(source, target)


def _checked(settings: Settings, store: Store, manifest: Backup) -> int:
    """The audit chain leads to where it led, and the keys open what was encrypted; the number of audit rows."""
    found = audit.verify_chain(store, manifest.audit_head)
    if not found.is_intact or found.noted_at is None:
        raise BackupDamaged("audit")
    open_sample(store, keyring_of(settings, store))
    return found.n_rows
