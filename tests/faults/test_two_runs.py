"""Two runs of an area at once, on one host or on two: the second is told who holds the lock, exit code 5."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.errors import RunLocked
from data.settings import Settings, load_settings
from data.store.locks import database_lock
from flows.guard import area_lock
from longlou.main import run

AREA = "469005"


def _host(folder: Path, store_url: str) -> Settings:
    """An installation of its own; the database is shared."""
    return load_settings().model_copy(update={"var_dir": folder, "database_url": store_url})


def test_two_installations_of_one_database_exclude_one_another(store_url: str, tmp_path: Path) -> None:
    one, two = _host(tmp_path / "one", store_url), _host(tmp_path / "two", store_url)
    with area_lock(one, AREA):
        with pytest.raises(RunLocked, match=str(os.getpid())), area_lock(two, AREA):
            pytest.fail("both hold it")
        with area_lock(two, "469021"):
            pass
    with area_lock(two, AREA):
        pass


@pytest.mark.postgres
def test_the_lock_of_the_database_names_its_holder(store_url: str) -> None:
    if store_url.startswith("sqlite"):
        with database_lock(store_url, AREA, "longlou a:1"), database_lock(store_url, AREA, "longlou b:2"):
            return
    with (
        database_lock(store_url, AREA, "longlou a:1"),
        pytest.raises(RunLocked, match="longlou a:1"),
        database_lock(store_url, AREA, "longlou b:2"),
    ):
        pytest.fail("both hold it")
    with database_lock(store_url, AREA, "longlou b:2"):
        pass


def test_the_command_line_says_so(
    county: Path, store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "two"))
    monkeypatch.setenv("LONGLOU_DATABASE_URL", store_url)
    call = ["--quiet", "reconcile", "--sources", str(county / "sources.toml"), "--out", str(tmp_path / "out")]
    from tests.county import without_engine

    without_engine(monkeypatch)
    with area_lock(_host(tmp_path / "one", store_url), AREA):
        assert run(call) == 5
    assert str(os.getpid()) in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
