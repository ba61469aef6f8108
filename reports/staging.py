"""How do the files of a run appear all at once? Written aside, then moved; a failure leaves nothing behind."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import ConfigError
from data.words import tr

#: Moved last: whoever finds it knows that every other file of the run is in place.
SEAL = "summary.json"

_PREFIX = ".longlou-"


@contextmanager
def staged(out: Path) -> Iterator[Path]:
    """Yield an empty folder to write into; when the block ends well its files replace those of the same name in `out`.

    When the block raises, the folder is removed and `out` is as it was, not even created. Files of other names in
    `out` stay (it may be the folder of the source files). May be nested. Raises ConfigError if `out` is not a folder
    or cannot be written.
    """
    folder, held = _folder_beside(out)
    try:
        yield folder
        _move_into_place(folder, out)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def _folder_beside(out: Path) -> tuple[Path, int]:
    """A fresh folder on the file system of `out`: inside it when it exists, else in the nearest ancestor that does.

    The folder is locked by its open handle, which the system lets go when the process dies: what a killed process left
    behind is removed here.
    """
    home = next(path for path in (out.absolute(), *out.absolute().parents) if path.exists())
    if not home.is_dir():
        raise ConfigError(tr(f"输出位置 {home} 不是文件夹", f"{home} is not a folder"))
    try:
        for left in sorted(home.glob(f"{_PREFIX}*")):
            _remove_if_left(left)
        while True:
            folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=home))
            held = os.open(folder, os.O_RDONLY)
            fcntl.flock(held, fcntl.LOCK_EX)
            if folder.exists():  # else another process took it for a left one before it was locked
                return folder, held
            os.close(held)
    except OSError as error:
        raise ConfigError(
            tr(f"无法写入 {home}：{error.strerror}", f"cannot write to {home}: {error.strerror}")
        ) from None


def _remove_if_left(folder: Path) -> None:
    """Away with a folder whose process is dead; one that is in use, or that is another user's, stays."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        pass
    finally:
        os.close(handle)


def _move_into_place(folder: Path, out: Path) -> None:
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    if Path(SEAL) in files:
        (out / SEAL).unlink(missing_ok=True)
    for name in sorted(files, key=lambda path: (path == Path(SEAL), path)):
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (folder / name).replace(target)
