"""How is a small file put in place? Whole and on the disk, or not at all: nobody ever reads half of it.

A reader at the same moment, a process killed, or a disk that is full find what was there before.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def put_whole(path: Path, content: str | bytes) -> None:
    """Write a file anew, readable by its owner alone; its folder is made, for the owner alone too.

    Texts are UTF-8 and keep their line ends. Raises OSError, and then what was there before is there still.
    """
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            os.replace(file.name, path)
        except OSError:
            with suppress(OSError):
                os.unlink(file.name)
            raise
