"""Encrypted records: whole or not at all, bound to their place, and torn ends cut off."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from data.sources.pulls.sealed import Record, SealedFile

KEY = bytes(range(32))


def record(number: int) -> Record:
    return Record({"number": number}, pa.table({"姓名": [f"王{number}", None]}))


def sealed(folder: Path, key: bytes = KEY, source: str = "r", role: str = "spool") -> SealedFile:
    return SealedFile(folder / "file", key, source, role)


def numbers(file: SealedFile) -> list[int]:
    return [found.note["number"] for found in file.records()]


def written(folder: Path, n: int = 3) -> tuple[SealedFile, list[int]]:
    file, ends = sealed(folder), [0]
    for number in range(n):
        ends.append(file.append(record(number), number, ends[-1]))
    return file, ends[1:]


def test_there_and_back(tmp_path: Path) -> None:
    file, ends = written(tmp_path)
    found = list(file.records())
    assert [one.end for one in found] == ends
    assert found[1].table.equals(record(1).table)
    assert numbers(sealed(tmp_path / "nothing")) == []


@pytest.mark.parametrize("other", [{"key": bytes(32)}, {"source": "s"}, {"role": "snapshot"}])
def test_another_key_source_or_role_opens_nothing(tmp_path: Path, other: dict[str, object]) -> None:
    written(tmp_path)
    assert numbers(sealed(tmp_path, **other)) == []  # type: ignore[arg-type]


def test_records_cannot_change_places(tmp_path: Path) -> None:
    file, ends = written(tmp_path)
    data = file.path.read_bytes()
    file.path.write_bytes(data[: ends[0]] + data[ends[1] :] + data[ends[0] : ends[1]])
    assert numbers(file) == [0]


def test_any_torn_end_leaves_the_records_before_it(tmp_path: Path) -> None:
    file, ends = written(tmp_path)
    data = file.path.read_bytes()
    for length in range(0, len(data), 7):
        file.path.write_bytes(data[:length])
        assert numbers(file) == list(range(sum(end <= length for end in ends)))


def test_writing_goes_on_behind_the_last_whole_record(tmp_path: Path) -> None:
    file, ends = written(tmp_path)
    with file.path.open("ab") as torn:
        torn.write(b"\x00" * 30)
    file.append(record(7), 3, ends[-1])
    assert numbers(file) == [0, 1, 2, 7]
    file.append(record(8), 1, ends[0])
    assert numbers(file) == [0, 8]


def test_what_an_earlier_version_wrote_is_read(tmp_path: Path) -> None:
    """It had Arrow pack every column by itself, and no length before it."""
    kept, nonce, sink = record(3), bytes(12), pa.BufferOutputStream()
    table = kept.table.replace_schema_metadata({b"note": json.dumps(kept.note)})
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
        writer.write_table(table)
    whole = nonce + AESGCM(KEY).encrypt(nonce, bytes(sink.getvalue()), json.dumps(["r", "spool", 0]).encode())
    file = sealed(tmp_path)
    file.path.write_bytes(len(whole).to_bytes(8, "big") + whole)
    assert next(iter(file.records())).table.equals(kept.table)
    assert numbers(file) == [3]


def test_a_file_is_replaced_whole_or_not(tmp_path: Path) -> None:
    file, _ = written(tmp_path)

    def failing() -> object:
        yield record(5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        file.replace(failing())  # type: ignore[arg-type]
    assert numbers(file) == [0, 1, 2]
    file.replace([record(5)])
    assert numbers(file) == [5]
    file.remove()
    file.remove()
    assert numbers(file) == []
