"""A small county without a date of its own, and an installation for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.settings import Settings, load_settings, use_settings
from data.store.session import Store, open_store
from data.synthetic.generate import generate
from tests.serve.hands import AREA, FIRST


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county without a date of its own, that lets rosters be handed in."""
    folder = tmp_path_factory.mktemp("nights") / "in"
    generate(AREA, folder, seed=5, scale=0.01, as_of=FIRST)
    path = folder / "sources.toml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("as_of")]
    path.write_text("\n".join([*lines, "[uploads]", 'kinds = ["member_roster"]']), encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    chosen = load_settings().model_copy(update={"var_dir": tmp_path / "var"})
    with use_settings(chosen):
        yield chosen


@pytest.fixture
def opened(settings: Settings) -> Iterator[Store]:
    with open_store(settings.database) as store:
        yield store
