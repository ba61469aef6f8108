"""Workbooks of another process are the bytes of this one, and what it cannot do is done or told here."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from data.errors import ConfigError
from data.settings import Settings
from flows import books_apart as module
from flows.books_apart import Task, books_apart
from flows.books_worker import written
from tests.county import tables_of
from tests.reports.test_books import BOOKS, books


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path / "var", workers=2)


@pytest.fixture
def plain(tmp_path: Path) -> dict[str, bytes]:
    """What this process writes."""
    (tmp_path / "plain").mkdir()
    books().write(tmp_path / "plain")
    return tables_of(tmp_path / "plain")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_the_same_bytes_by_another_process(
    out: Path, plain: dict[str, bytes], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_WORTH_IT", 1)
    monkeypatch.setattr(module, "_here", None)
    with books_apart(out, books(), settings) as finish:
        assert {path.stem for path in finish()} == BOOKS
        assert finish() == finish()
    assert tables_of(out) == plain


def test_few_members_are_written_here_at_once(out: Path, plain: dict[str, bytes], settings: Settings) -> None:
    with books_apart(out, books(), settings) as finish:
        assert tables_of(out) == plain
        assert {path.stem for path in finish()} == BOOKS


def test_a_process_that_died_costs_time_and_nothing_else(
    out: Path,
    plain: dict[str, bytes],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(module, "_WORTH_IT", 1)
    monkeypatch.setattr(module, "_WORKER", "flows.no_such_module")
    with books_apart(out, books(), settings) as finish:
        finish()
    assert tables_of(out) == plain
    assert "写台账的进程" in caplog.text


def test_an_error_is_that_of_a_run_without_it(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_WORTH_IT", 1)
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError), books_apart(tmp_path / "file", books(), settings) as finish:
        finish()
    assert written(Task(tmp_path / "file", books().packed(), "zh")) == []


def test_who_leaves_early_leaves_no_process(out: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WORTH_IT", 1)
    begun: list[subprocess.Popen[bytes]] = []
    ask = module._ask
    monkeypatch.setattr(module, "_ask", lambda process, task: (begun.append(process), ask(process, task))[1])
    with pytest.raises(KeyError), books_apart(out, books(), settings):
        raise KeyError
    assert [process.poll() is None for process in begun] == [False]


def test_it_ends_when_its_run_does(out: Path) -> None:
    task = pickle.dumps(Task(out, books().packed(), "zh"))
    code = (
        "import sys, time\n"
        "from flows import books_worker\n"
        "books_worker.written = lambda task: time.sleep(60)\n"
        "books_worker.serve(sys.stdin.buffer, sys.stdout.buffer)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    answer, _ = process.communicate(task, timeout=50)
    assert (process.returncode, answer) == (1, b"")
    assert not os.listdir(out)
