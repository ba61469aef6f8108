from __future__ import annotations

import io
import struct
import zipfile

import pytest

from data.errors import SourceFileError
from data.sources.formats import archive
from data.sources.formats.archive import Archive


def packed(method: int = zipfile.ZIP_DEFLATED, **parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_parts_come_back_in_blocks(method: int) -> None:
    content = bytes(range(256)) * 10_000
    parts = Archive(packed(method, a=content, b=b""), "s", "f")
    assert parts.names == ("a", "b")
    assert parts.read("a") == content
    assert max(map(len, parts.blocks("a"))) <= 1024**2
    assert parts.read("b") == b""


def test_a_bomb_is_refused_before_anything_is_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(a=bytes(100 * 1024**2))
    monkeypatch.setattr("data.sources.formats.archive._inflate", None)
    with pytest.raises(SourceFileError, match=r"E113_ZIP_BOMB.*100 MB"):
        Archive(data, "s", "f")
    monkeypatch.setattr(archive, "MAX_UNPACKED", 99 * 1024**2)
    with pytest.raises(SourceFileError, match="E109_TOO_LARGE"):
        Archive(data, "s", "f")


def test_a_directory_that_lies_about_a_size_is_found_out() -> None:
    data = bytearray(packed(a=bytes(50 * 1024**2)))
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 24, 1000)
    parts = Archive(bytes(data), "s", "f")
    assert parts.size("a") == 1000
    with pytest.raises(SourceFileError, match="E113_ZIP_BOMB"):
        parts.measure(without=set())
    parts.measure(without={"a"})
    struct.pack_into("<I", data, entry + 24, 60 * 1024**2)
    with pytest.raises(SourceFileError, match="E104_CORRUPT_WORKBOOK"):
        Archive(bytes(data), "s", "f").read("a")


def test_damage_is_damage() -> None:
    data = packed(a=bytes(range(256)) * 100)
    with pytest.raises(SourceFileError, match="E104_CORRUPT_WORKBOOK"):
        Archive(data[: len(data) // 2], "s", "f")
    broken = bytearray(data)
    broken[60:90] = b"\xff" * 30
    with pytest.raises(SourceFileError, match="E104_CORRUPT_WORKBOOK"):
        Archive(bytes(broken), "s", "f").read("a")
