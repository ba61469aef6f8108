"""A small synthetic county on disk, made once per session, and the flow run on it without Prefect's engine."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

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
