"""A source's files are digested once a process, unless they changed or were written only just now."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from data.digests import digest_of, spelled
from flows import versions
from flows.versions import Digests, digests_at_hand

LONG_AGO = time.time() - 3600


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files read, in order."""
    names: list[str] = []
    really = versions._read

    def watched(path: Path) -> Digests:
        names.append(path.name)
        return really(path)

    monkeypatch.setattr(versions, "_read", watched)
    return names


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def test_digests_are_those_of_the_bytes(tmp_path: Path) -> None:
    content = b"x" * 2_500_000
    found = digests_at_hand(written(tmp_path / "a.csv", content))
    assert found.plain == digest_of(tmp_path / "a.csv")
    framed = hashlib.sha256(len(content).to_bytes(8, "big") + content)
    assert found.framed == spelled(framed.hexdigest())


def test_a_file_is_read_once_until_it_changes(tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path / "a.csv", b"one")
    # The times of a file cannot be set back entirely: to the process an hour goes by.
    now = time.time_ns()
    monkeypatch.setattr("flows.versions.time.time_ns", lambda: now + 3600 * 10**9)
    first = digests_at_hand(path)
    assert digests_at_hand(path) == first
    assert read == ["a.csv"]
    written(path, b"two")
    assert digests_at_hand(path) != first, "of the same size and of the same time"
    assert read == ["a.csv", "a.csv"]


def test_what_was_written_just_now_is_read_each_time(tmp_path: Path, read: list[str]) -> None:
    path = written(tmp_path / "a.csv", b"one")
    assert digests_at_hand(path) == digests_at_hand(path)
    assert read == ["a.csv", "a.csv"]
