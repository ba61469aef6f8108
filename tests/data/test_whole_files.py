"""A file is there whole or as it was before, whoever reads it meanwhile and whatever goes wrong."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from data.whole_files import put_whole


@pytest.mark.parametrize(
    ("content", "found"),
    [("", b""), ("东郊镇\r\n", "东郊镇\r\n".encode()), (b"\x00\xff", b"\x00\xff")],
)
def test_what_is_put_is_there(tmp_path: Path, content: str | bytes, found: bytes) -> None:
    path = tmp_path / "new" / "file"
    put_whole(path, content)
    assert path.read_bytes() == found
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert [entry.name for entry in path.parent.iterdir()] == ["file"]


def test_nobody_reads_half_of_it(tmp_path: Path) -> None:
    path, texts, seen = tmp_path / "file", ("a" * 100_000, "b" * 100_000), set()
    put_whole(path, texts[0])
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            seen.add(path.read_text(encoding="utf-8"))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(50):
        put_whole(path, texts[number % 2])
    is_over.set()
    reader.join()
    assert seen <= set(texts)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    put_whole(path, "before")

    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(OSError, match="no room"):
        put_whole(path, "after")
    assert path.read_text(encoding="utf-8") == "before"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
