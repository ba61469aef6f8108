"""Where does a pull keep what it resumes from, and how long? One folder and one key a source, until its last day.

The last day stands beside the data, so that it goes even when nobody declares the source any more (guard-rail 2).
"""

from __future__ import annotations

import os
import secrets
import shutil
from datetime import date
from pathlib import Path

from data.settings import Settings, load_settings
from data.whole_files import put_whole

_KEY_BYTES = 32
_LAST_DAY = "retention_on"


def folder_name(source: str) -> str:
    """The source's name as the name of a folder: anything but letters, digits, - and _ by its number."""
    return "".join(sign if sign.isalnum() or sign in "-_" else f"%{ord(sign):x}" for sign in source)


def folder_of(source: str, settings: Settings) -> Path:
    """Where the spool and the snapshot of a source lie."""
    return settings.pulls_dir / folder_name(source)


def key_file(source: str, settings: Settings) -> Path:
    """The file with the source's key, readable by its owner alone."""
    return settings.pull_keys_dir / f"{folder_name(source)}.key"


def open_folder(source: str, retention_on: date, settings: Settings) -> tuple[Path, bytes]:
    """The source's folder and key, made on first use; notes the last day anew, for it may have been extended."""
    folder, key = folder_of(source, settings), key_file(source, settings)
    for path in (folder, key.parent):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    last_day, said = folder / _LAST_DAY, retention_on.isoformat()
    if not last_day.exists() or last_day.read_text(encoding="ascii") != said:
        put_whole(last_day, said)
    if not key.exists():
        put_whole(key, secrets.token_bytes(_KEY_BYTES))
    return folder, key.read_bytes()


def destroy(source: str, settings: Settings | None = None) -> None:
    """Make what was kept of a source unreadable, then remove it: the key first, for backups may hold the rest."""
    settings = settings or load_settings()
    _destroy(folder_of(source, settings), settings)


def expired(today: date, settings: Settings) -> list[tuple[str, date]]:
    """The folders kept beyond their last day, with that day, sorted."""
    last_days = {path.parent.name: _last_day(path) for path in settings.pulls_dir.glob(f"*/{_LAST_DAY}")}
    return [(name, day) for name, day in sorted(last_days.items()) if day < today]


def _last_day(path: Path) -> date:
    """The day that is noted; one that nobody can read is over, for nothing may be kept without one (guard-rail 2)."""
    try:
        return date.fromisoformat(path.read_text(encoding="ascii"))
    except FileNotFoundError:
        # Another run destroyed the folder a moment ago.
        return date.max
    except ValueError:
        return date.min


def destroy_expired(today: date, settings: Settings | None = None) -> list[str]:
    """Destroy what is kept beyond its last day; the names of the folders, sorted."""
    settings = settings or load_settings()
    gone = [name for name, _ in expired(today, settings)]
    for name in gone:
        _destroy(settings.pulls_dir / name, settings)
    return gone


def _destroy(folder: Path, settings: Settings) -> None:
    key = settings.pull_keys_dir / f"{folder.name}.key"
    if key.exists():
        with key.open("r+b") as file:
            file.write(bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        key.unlink()
    shutil.rmtree(folder, ignore_errors=True)
