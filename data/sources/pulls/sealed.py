"""How are pulled rows kept on disk? One file of encrypted records, each a small table with a note, appended in order.

AES-256-GCM; the source, the role of the file and the record's number are bound in, so that no record can be moved.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES, _LENGTH_BYTES = 12, 8
_NOTE = b"note"
#: How a record as Arrow writes it begins; one that is packed as a whole begins with its length before packing.
_AS_ARROW_WRITES = b"\xff\xff\xff\xff"
_PACKING = "zstd"
Note = dict[str, Any]


@dataclass(frozen=True)
class Record:
    """A table and what was noted with it. end: where the record ends in its file, once it lies in one."""

    note: Note
    table: pa.Table
    end: int = 0


@dataclass(frozen=True)
class SealedFile:
    """An encrypted file of records. role: what the file is for, bound into every record with the source's name."""

    path: Path
    key: bytes
    source: str
    role: str

    def records(self) -> Iterator[Record]:
        """The records up to the end, or to the first one that is torn, foreign or sealed with another key."""
        if not self.path.exists():
            return
        end = 0
        with self.path.open("rb") as file:
            for number, sealed in enumerate(_sealed(file)):
                try:
                    record = _unpacked(self._open(sealed, number))
                except InvalidTag:
                    return
                end += _LENGTH_BYTES + len(sealed)
                yield replace(record, end=end)

    def append(self, record: Record, number: int, start: int) -> int:
        """Write the record of this number at `start`, the end of the one before; what lay there (torn) goes.

        Returns where it ends.
        """
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            file.seek(start)
            file.truncate()
            self._write(file, record, number)
            return file.tell()

    def replace(self, records: Iterable[Record]) -> None:
        """The whole file anew, written under another name and put in place when complete and on the disk."""
        draft = self.path.with_suffix(".draft")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for number, record in enumerate(records):
                self._write(file, record, number)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path)

    def remove(self) -> None:
        """Away with the file, if there is one."""
        with suppress(FileNotFoundError):
            self.path.unlink()

    def _write(self, file: Any, record: Record, number: int) -> None:  # noqa: ANN401 - any binary file
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = nonce + AESGCM(self.key).encrypt(nonce, _packed(record), self._bound(number))
        file.write(len(sealed).to_bytes(_LENGTH_BYTES, "big") + sealed)

    def _open(self, sealed: bytes, number: int) -> bytes:
        return AESGCM(self.key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], self._bound(number))

    def _bound(self, number: int) -> bytes:
        return json.dumps([self.source, self.role, number]).encode()


def _sealed(file: Any) -> Iterator[bytes]:  # noqa: ANN401 - any binary file
    while len(head := file.read(_LENGTH_BYTES)) == _LENGTH_BYTES:
        length = int.from_bytes(head, "big")
        sealed = file.read(length)
        if len(sealed) < length or length <= _NONCE_BYTES:
            return
        yield sealed


def _packed(record: Record) -> bytes:
    table = record.table.replace_schema_metadata({_NOTE: json.dumps(record.note)})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    whole = sink.getvalue()
    length: int = whole.size
    # All of it in one go: Arrow would begin anew for every column, which for a small table is most of the work.
    return length.to_bytes(_LENGTH_BYTES, "big") + bytes(pa.compress(whole, _PACKING, asbytes=True))


def _unpacked(data: bytes) -> Record:
    # Spools of pulls outlive an update of the program: what an earlier one wrote is read too.
    if not data.startswith(_AS_ARROW_WRITES):
        packed = pa.py_buffer(data).slice(_LENGTH_BYTES)
        data = pa.decompress(packed, int.from_bytes(data[:_LENGTH_BYTES], "big"), _PACKING)
    table = pa.ipc.open_stream(data).read_all()
    note: Note = json.loads(table.schema.metadata[_NOTE])
    return Record(note, table.replace_schema_metadata(None))
