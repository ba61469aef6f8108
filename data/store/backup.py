"""Backups: the database in one state, files handed in, archive, models; the keys only into a folder of their own.

`DIR/20261124T060000Z/` with a manifest of digests. A file that stayed the same is a hard link to that of the backup
before. Sealed rows of pulls are left out: their keys must end on their last day, in backups too.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from data.digests import digest_of, spelled
from data.errors import ConfigError, LonglouError
from data.settings import Settings
from data.store import audit, migrate
from data.store.archive import Archive
from data.store.clock import utc_now
from data.store.copies import copy_out
from data.store.session import Store, open_store, parsed_url
from data.words import tr

MANIFEST = "manifest.json"
DATABASE = "database"
#: Folders of `var_dir` that are copied.
FOLDERS = ("archive", "certificates", "models", "uploads")
#: What is in `var/keys` besides the keys of pulls.
KEYS = ("record.key", "store.keyring")
_NAME = re.compile(r"\d{8}T\d{6}Z")


@dataclass(frozen=True)
class Size:
    """Of a backup: files that are links to an earlier one count too."""

    n_files: int
    n_bytes: int


@dataclass(frozen=True)
class Backup:
    """What lies in a backup. engine: of the database; revision: of its tables; audit_head, n_audit: of its chain.

    files: path in the backup -> SHA-256. key_digests: of the keys that open it, so that others are refused.
    """

    made_at: str
    engine: str
    revision: str
    audit_head: str
    n_audit: int
    files: Mapping[str, str]
    key_digests: Mapping[str, str] = field(default_factory=dict)


def make_backup(
    settings: Settings, folder: Path, keys_folder: Path | None, by: str, now: datetime | None = None
) -> Path:
    """A new backup under the folder; its path. keys_folder: where the keys go, never beside the data.

    Raises ConfigError for folders that would be lost together, LonglouError when the database's program fails.
    """
    now = now or utc_now()
    _refuse_nested(settings, folder, keys_folder)
    target = folder / f"{now:%Y%m%dT%H%M%SZ}"
    draft = folder / f".{target.name}.unfinished"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    earlier = finished(folder)
    try:
        with open_store(settings.database) as store:
            keys = _keys(settings)
            manifest = _filled(settings, store, draft, earlier[-1] if earlier else None, now)
            if keys != _keys(settings):
                raise LonglouError(
                    tr("备份期间更换了密钥，请再备份一次", "the keys were changed meanwhile: make the backup again")
                )
            data = json.dumps(asdict(manifest), sort_keys=True, indent=1).encode() + b"\n"
            _write(draft / MANIFEST, data)
            if keys_folder is not None:
                _copy_keys(keys, keys_folder / target.name)
            draft.rename(target)
            _note(store, target.name, data, by, now, has_keys=keys_folder is not None)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return target


def finished(folder: Path) -> list[Path]:
    """The whole backups of a folder, oldest first."""
    return sorted(path for path in folder.glob("*") if _NAME.fullmatch(path.name) and (path / MANIFEST).exists())


def read_size(backup: Path) -> Size:
    """How much lies in a backup."""
    files = [path for path in backup.rglob("*") if path.is_file()]
    return Size(len(files), sum(path.stat().st_size for path in files))


def remove_old(folder: Path, keep: int) -> list[str]:
    """Remove all but the newest; the names of what went. Copies of keys are left to whoever keeps them."""
    old = finished(folder)[:-keep]
    for path in old:
        shutil.rmtree(path)
    return [path.name for path in old]


def key_digests(settings: Settings) -> dict[str, str]:
    """Digests of the keys in force, without those that are not there."""
    return {name: spelled(hashlib.sha256(key).hexdigest()) for name, key in _keys(settings).items()}


def _filled(settings: Settings, store: Store, draft: Path, earlier: Path | None, now: datetime) -> Backup:
    """Copy everything into the draft. The database first: its rows name files, files may be more than it names."""
    found = audit.verify_chain(store)
    with store.read() as connection:
        revision = migrate.revision(connection)
    copy_out(settings.database, draft / DATABASE)
    files = {DATABASE: digest_of(draft / DATABASE)}
    source = settings.var_dir.resolve()
    before = {} if earlier is None else _digests(earlier)
    # Nobody sweeps the archive meanwhile.
    with Archive.of(settings).writing():
        for path in _files(source):
            name = str(path.relative_to(source))
            files[name] = _copy(path, draft / name, None if earlier is None else earlier / name, before.get(name))
    engine = parsed_url(settings.database).get_backend_name()
    return Backup(now.isoformat(), engine, str(revision), found.head, found.n_rows, files, key_digests(settings))


def _digests(backup: Path) -> Mapping[str, str]:
    files: Mapping[str, str] = json.loads((backup / MANIFEST).read_text(encoding="utf-8"))["files"]
    return files


def _files(source: Path) -> Iterator[Path]:
    for name in FOLDERS:
        for path in sorted((source / name).rglob("*")):
            if path.is_file() and path.suffix != ".lock" and "drafts" not in path.parts:
                yield path


def _copy(path: Path, target: Path, before: Path | None, digest_before: str | None) -> str:
    """Copy a file, or link the same file of the backup before as long as that is what it was; its digest."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = digest_of(path)
    if before is not None and digest == digest_before and before.is_file() and digest_of(before) == digest:
        os.link(before, target)
    else:
        shutil.copyfile(path, target)
        target.chmod(0o600)
        digest = digest_of(target)
    return digest


def _copy_keys(keys: Mapping[str, bytes], target: Path) -> None:
    target.mkdir(parents=True, mode=0o700)
    for name, key in keys.items():
        _write(target / name, key)


def _keys(settings: Settings) -> dict[str, bytes]:
    places = {name: settings.var_dir / "keys" / name for name in KEYS}
    return {name: path.read_bytes() for name, path in places.items() if path.exists()}


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _refuse_nested(settings: Settings, folder: Path, keys_folder: Path | None) -> None:
    inside = tr("备份文件夹不能在 var_dir 里面", "a backup inside var_dir would be lost with it")
    together = tr("密钥不能和备份放在一起", "keys do not belong beside the backup that they open")
    places = [(settings.var_dir.resolve(), folder.resolve(), inside)]
    if keys_folder is not None:
        places += [(settings.var_dir.resolve(), keys_folder.resolve(), inside)]
        places += [
            (folder.resolve(), keys_folder.resolve(), together),
            (keys_folder.resolve(), folder.resolve(), together),
        ]
    for outer, inner, problem in places:
        if inner == outer or outer in inner.parents:
            raise ConfigError(problem)


def _note(store: Store, name: str, data: bytes, by: str, now: datetime, *, has_keys: bool) -> None:
    details: dict[str, Any] = {"sha256": hashlib.sha256(data).hexdigest(), "has_keys": has_keys}
    with audit.changing(store) as connection:
        audit.append(connection, now=now, actor=by, action="backup", subject=f"backup {name}", details=details)
