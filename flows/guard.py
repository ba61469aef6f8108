"""One reconciliation of an area at a time, and no error that carries a member's value out of the process."""

from __future__ import annotations

import errno
import logging
import os
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from data.errors import DiskFull, LonglouError, RunLocked
from data.settings import Settings
from data.store.locks import database_lock
from data.store.session import parsed_url
from data.words import tr

log = logging.getLogger("longlou.run")

#: What the system says when a write finds no room: the disk, a quota, or a limit on the size of a file.
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
#: How often who waits for an area asks again.
_ASK_SECONDS = 2.0


@contextmanager
def area_lock(settings: Settings, area: str, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the area: its lock files, and on PostgreSQL its lock in the database, for runs on other hosts.

    The system and the database release them when the process dies. wait_seconds: how long to wait for another holder.
    Raises RunLocked naming the holder, StoreUnavailable.
    """
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            held = _taken(settings, area)
            break
        except RunLocked:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_ASK_SECONDS)
    with held:
        yield


def holder_name() -> str:
    """This process, for whoever comes second."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}"


def _taken(settings: Settings, area: str) -> ExitStack:
    who = holder_name()
    with ExitStack() as held:
        for folder in _folders(settings):
            held.enter_context(_file_lock(folder, area, who))
        held.enter_context(database_lock(settings.database, area, f"longlou {who}"))
        return held.pop_all()


@contextmanager
def shielded() -> Iterator[None]:
    """Turn an unforeseen error into one without values: Prefect keeps an error's text in its own database."""
    try:
        yield
    except LonglouError:
        raise
    except Exception as error:
        name = type(error).__name__
        log.debug("unexpected", exc_info=error)
        if _is_no_room(error):
            raise DiskFull(tr("磁盘", "the disk")) from None
        raise LonglouError(tr(f"程序出错（{name}），加 -v 看详情", f"unexpected {name}; -v tells more")) from None


def _is_no_room(error: BaseException | None) -> bool:
    """Whether the error, or what led to it, says so; XlsxWriter hands the system's error on inside its own."""
    if error is None:
        return False
    inside = [part for part in error.args if isinstance(part, BaseException)]
    is_it = isinstance(error, OSError) and error.errno in _NO_ROOM
    return is_it or any(map(_is_no_room, [*inside, error.__cause__ or error.__context__]))


def _folders(settings: Settings) -> list[Path]:
    """Where lock files lie: in `var_dir`, and beside a SQLite database that lies elsewhere, for its other users."""
    places = [settings.var_dir.resolve()]
    url = parsed_url(settings.database)
    if url.get_backend_name() == "sqlite" and url.database:
        places.append(Path(url.database).resolve().parent)
    return [place / "locks" for place in dict.fromkeys(places)]


@contextmanager
def _file_lock(folder: Path, area: str, who: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / f"{area}.holder"
    lock = FileLock(folder / f"{area}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise RunLocked(area, _told(holder)) from None
    try:
        holder.write_text(tr(f"进程 {who}", f"process {who}"), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _told(holder: Path) -> str:
    """Who holds the lock, as far as it is told yet, or still."""
    with suppress(FileNotFoundError):
        return holder.read_text(encoding="utf-8") or "?"
    return "?"
