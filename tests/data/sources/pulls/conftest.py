"""Every test of pulls has its own var folder, does not wait, and asks no proxy for 127.0.0.1."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.settings import Settings, use_settings
from tests.data.sources.pulls.builders import settings_in


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with use_settings(settings_in(tmp_path)) as _:
        yield settings_in(tmp_path)
