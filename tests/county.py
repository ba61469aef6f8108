"""A small synthetic county on disk, made once per session, and the flow run on it without Prefect's engine."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

AS_OF = date(2016, 6, 16)


def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Flow and task bodies as plain functions: no states, no retries, no server (tests/flows/test_engine.py has those)."""
    from prefect import Flow, Task

    def call(self: Any, *args: Any, **kwargs: Any) -> Any:
        return self.fn(*args, **kwargs)

    monkeypatch.setattr(Flow, "__call__", call)
    monkeypatch.setattr(Task, "__call__", call)


def tables_of(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of a run."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


#: What looks like an identity number in the bytes of a file, as `grep -aE` sees it.
NUMBER = re.compile(rb"[0-9]{17}[0-9X]")


def with_numbers(*folders: Path) -> list[str]:
    """Files in which `grep -aE '[0-9]{17}[0-9X]'` finds anything, blobs of the archive unpacked too."""
    found = []
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if path.parent.parent.name == "blobs":
            data += pa.CompressedInputStream(pa.BufferReader(data), "zstd").read()
        if NUMBER.search(data):
            found.append(path.name)
    return found
