"""One reconciliation of an area at a time, and no error that carries a member's value out of the process."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from data.errors import LonglouError, RunLocked
from data.settings import Settings
from data.words import tr

log = logging.getLogger("longlou.run")


@contextmanager
def area_lock(settings: Settings, area: str) -> Iterator[None]:
    """Hold the area's lock file; the system releases it when the process dies. Raises RunLocked naming the holder."""
    folder = settings.var_dir.resolve() / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    holder = folder / f"{area}.holder"
    lock = FileLock(folder / f"{area}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        text = holder.read_text(encoding="utf-8") if holder.exists() else "?"
        raise RunLocked(area, text) from None
    try:
        holder.write_text(tr(f"进程 {os.getpid()}", f"process {os.getpid()}"), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


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
        raise LonglouError(tr(f"程序出错（{name}），加 -v 看详情", f"unexpected {name}; -v tells more")) from None
