"""Is a zip safe to unpack? Sizes by its directory before anything is inflated, and by inflating, never beyond them.

A directory can lie: calamine inflates until the stream ends, so every part it may load is measured here first.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from data.contracts.reasons.files import CORRUPT_WORKBOOK, TOO_LARGE, ZIP_BOMB

#: Bytes of all parts together, and how many times larger than packed; a sheet of one repeated row reaches about 100.
MAX_UNPACKED = 2 * 1024**3
MAX_RATIO = 200
#: Small files may compress as they like.
_SMALL = 64 * 1024**2
_BLOCK = 1024**2
_LOCAL_HEADER = struct.Struct("<26xHH")
#: What the standard library raises over a damaged directory.
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, OverflowError, RuntimeError, EOFError)
#: Parts no reader of cells ever loads.
_MEDIA = (".png", ".jpeg", ".jpg", ".gif", ".emf", ".wmf", ".bmp", ".tiff", ".svg", ".vml", ".svm")


class Archive:
    """The parts of a zip file in memory, by name as written. Raises SourceFileError for a bomb or a damaged file."""

    def __init__(self, data: bytes, source: str, where: str) -> None:
        self._data, self._source, self._where = data, source, where
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._parts = {item.filename: item for item in archive.infolist()}
                declared = sum(item.file_size for item in archive.infolist())
        except BROKEN_ZIP:
            raise CORRUPT_WORKBOOK.refuse(source, where) from None
        if declared > MAX_UNPACKED:
            raise TOO_LARGE.refuse(source, where, size=_megabytes(declared))
        if declared > max(_SMALL, MAX_RATIO * len(data)):
            raise ZIP_BOMB.refuse(source, where, size=_megabytes(declared))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts."""
        return tuple(self._parts)

    def size(self, name: str) -> int:
        """How many bytes a part unpacks to, as its directory says."""
        return self._parts[name].file_size

    def measure(self, *, without: set[str]) -> None:
        """Inflate every part but those named, keeping nothing: none may be larger than the directory says."""
        for name in self._parts:
            if name not in without and not name.lower().endswith(_MEDIA):
                for _ in self.blocks(name):
                    pass

    def read(self, name: str) -> bytes:
        """A whole part, for the small ones."""
        return b"".join(self.blocks(name))

    def blocks(self, name: str) -> Iterator[bytes]:
        """A part in blocks. Raises SourceFileError where it is damaged or larger than the directory says."""
        item = self._parts[name]
        n_left = item.file_size
        for block in self._inflated(item):
            n_left -= len(block)
            if n_left < 0:
                raise ZIP_BOMB.refuse(self._source, self._where, size=f"> {_megabytes(item.file_size)}")
            yield block
        if n_left:
            raise CORRUPT_WORKBOOK.refuse(self._source, self._where)

    def _inflated(self, item: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = memoryview(self._data)
        try:
            n_name, n_extra = _LOCAL_HEADER.unpack_from(self._data, item.header_offset)
            start = item.header_offset + _LOCAL_HEADER.size + n_name + n_extra
            packed = packed[start : start + item.compress_size]
            if item.compress_type == zipfile.ZIP_STORED:
                yield from (bytes(packed[at : at + _BLOCK]) for at in range(0, len(packed), _BLOCK))
            elif item.compress_type == zipfile.ZIP_DEFLATED:
                yield from _inflate(packed)
            else:
                raise zipfile.BadZipFile(item.filename)
        except BROKEN_ZIP:
            raise CORRUPT_WORKBOOK.refuse(self._source, self._where) from None


def _inflate(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for at in range(0, len(packed), _BLOCK):
        block = inflater.decompress(packed[at : at + _BLOCK], _BLOCK)
        while block:
            yield block
            block = inflater.decompress(inflater.unconsumed_tail, _BLOCK)
        if inflater.eof:
            return


def _megabytes(size: int) -> str:
    return f"{size / 1024**2:,.0f} MB"
