"""`longlou user`: what it makes, what it says, what it refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from data.store.logins import LoginRefused, log_in
from data.store.session import Store, open_store
from longlou.main import run


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("LONGLOU_VAR_DIR", str(tmp_path / "var"))
    with open_store(f"sqlite:///{tmp_path / 'var' / 'longlou.db'}") as store:
        yield store


def _add(*more: str) -> int:
    return run(["user", "add", "fuhe", "--role", "analyst", "--area", "469005", *more])


def _can_log_in(store: Store, password: str) -> bool:
    try:
        log_in(store, "fuhe", password, "127.0.0.1", "test")
    except LoginRefused:
        return False
    return True


def test_a_made_password_is_shown_once_and_works(kept: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert _add("--name", "符复核") == 0
    password = capsys.readouterr().out.strip().rsplit("：", 1)[1]
    assert _can_log_in(kept, password)


def test_a_password_from_stdin_is_not_shown(
    kept: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("correct horse 46\n"))
    assert _add("--password-stdin") == 0
    assert "horse" not in capsys.readouterr().out
    assert _can_log_in(kept, "correct horse 46")


def test_lock_unlock_reset_and_list(kept: Store, capsys: pytest.CaptureFixture[str]) -> None:
    _add()
    first = capsys.readouterr().out.strip().rsplit("：", 1)[1]
    assert run(["user", "lock", "fuhe"]) == 0
    assert not _can_log_in(kept, first)
    capsys.readouterr()
    assert run(["user", "list", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["users"]
    assert found == [{"username": "fuhe", "name": "fuhe", "roles": ["analyst"], "areas": ["469005"], "is_locked": True}]
    assert run(["user", "unlock", "fuhe"]) == 0
    assert _can_log_in(kept, first)
    capsys.readouterr()
    assert run(["user", "reset", "fuhe"]) == 0
    second = capsys.readouterr().out.strip().rsplit("：", 1)[1]
    assert not _can_log_in(kept, first)
    assert _can_log_in(kept, second)


@pytest.mark.parametrize(
    "arguments",
    [
        ["user", "add", "fuhe", "--role", "emperor", "--area", "46"],
        ["user", "add", "fuhe", "--role", "analyst"],
        ["user", "add", "fuhe", "--role", "analyst", "--area", "Hainan"],
        ["user", "lock", "nobody"],
        ["user", "reset", "nobody"],
    ],
)
def test_refusals_are_usage_errors(kept: Store, arguments: list[str]) -> None:
    assert run(arguments) == 2
