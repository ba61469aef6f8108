"""What does an xls or et file say beside its values? The records of its OLE2 stream, walked once.

calamine gives values and merged cells; hidden rows and columns, error cells and passwords are told here (MS-XLS 2.4).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import olefile

from data.contracts.reasons.files import CORRUPT_WORKBOOK, OFFICE_DOCUMENT, PASSWORD
from data.sources.formats.typed_cells import SheetFacts
from data.words import tr

_HEADER = struct.Struct("<HH")
_TWO = struct.Struct("<HH")
_BOF, _EOF, _FILEPASS, _BOUNDSHEET = 0x0809, 0x000A, 0x002F, 0x0085
_DIMENSIONS, _SST, _DATEMODE = 0x0200, 0x00FC, 0x0022
_ROW, _COLINFO, _BOOLERR, _FORMULA, _MULRK = 0x0208, 0x007D, 0x0205, 0x0006, 0x00BD
#: NUMBER, LABEL, RK, LABELSST, RSTRING: row and column come first.
_VALUES = frozenset({0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6, _BOOLERR, _FORMULA})
_OF_SHEETS = _VALUES | {_ROW, _COLINFO, _MULRK, _DIMENSIONS}
#: The largest sheet of the format.
_MAX_ROWS, _MAX_COLUMNS = 65_536, 256
#: Numbers of FAT, mini FAT and DIFAT sectors in the header of a container, and the smallest sector.
_COUNTS, _SECTOR = struct.Struct("<44xI16xI4xI"), 128
#: Streams of other programs; names as olefile compares them, without regard to case.
_OTHERS = {
    "WordDocument": ("Word 文档", "a Word document"),
    "PowerPoint Document": ("演示文稿", "a presentation"),
    "VisioDocument": ("Visio 绘图", "a Visio drawing"),
    "__properties_version1.0": ("邮件", "a mail message"),
}


@dataclass
class _Records:
    """What the records of one sheet have shown so far."""

    n_rows: int = 0
    n_columns: int = 0
    n_filled: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: list[tuple[int, int]] = field(default_factory=list)

    def add(self, kind: int, body: bytes) -> None:
        first, second = _TWO.unpack_from(body)
        if kind == _ROW:
            if body[12] & 0x20:
                self.hidden_rows.add(first)
        elif kind == _DIMENSIONS:
            _check_dimensions(body)
        elif kind == _COLINFO:
            if body[8] & 0x01:
                self.hidden_columns.update(range(first, min(second, 255) + 1))
        else:
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MULRK else second
            self.n_rows = max(self.n_rows, first + 1)
            self.n_columns = max(self.n_columns, last + 1)
            self.n_filled += max(last - second, 0) + 1
            if (kind == _BOOLERR and body[7]) or (kind == _FORMULA and body[6] == 2 and body[12:14] == b"\xff\xff"):
                self.errors.append((first, second))

    def facts(self) -> SheetFacts:
        return SheetFacts(
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            errors=tuple(self.errors),
            n_rows=self.n_rows,
            n_columns=self.n_columns,
            n_filled=self.n_filled,
        )


def look_over_xls(data: bytes, source: str, where: str) -> list[SheetFacts]:
    """The facts of every sheet in order. Raises SourceFileError for a password, another program's file, damage."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if container.exists("EncryptedPackage"):
                raise PASSWORD.refuse(source, where)
            name = next((name for name in ("Workbook", "Book") if container.exists(name)), None)
            if name is None:
                raise _other(container, source, where)
            _check_sizes(data, container)
            stream = container.openstream(name).read()
        return _scan(stream, source, where)
    # olefile reads what it can of a damaged directory and fails where it leads nowhere.
    except (OSError, struct.error, IndexError, ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        raise CORRUPT_WORKBOOK.refuse(source, where) from None


def _check_sizes(data: bytes, container: olefile.OleFileIO[str]) -> None:
    """calamine sets memory aside for whatever a container claims to hold. Raises ValueError for more than there is."""
    claimed = [count * _SECTOR for count in _COUNTS.unpack_from(data)]
    claimed += [container.get_size(name) for name in container.listdir()]
    if max(claimed) > len(data):
        raise ValueError("a container larger than its file")


def _check_dimensions(body: bytes) -> None:
    """The same for the cells of a sheet. Rows are counted in four bytes (BIFF8) or two (BIFF5)."""
    top, bottom, left, right = struct.unpack_from("<IIHH" if len(body) >= 12 else "<HHHH", body)
    if not (top <= bottom <= _MAX_ROWS and left <= right <= _MAX_COLUMNS):
        raise ValueError("a sheet larger than any")


def _other(container: olefile.OleFileIO[str], source: str, where: str) -> Exception:
    for name, words in _OTHERS.items():
        if container.exists(name):
            return OFFICE_DOCUMENT.refuse(source, where, what=tr(*words))
    return CORRUPT_WORKBOOK.refuse(source, where)


def _scan(stream: bytes, source: str, where: str) -> list[SheetFacts]:
    starts: list[int] = []
    is_1904 = False
    for kind, body in _records(stream, 0):
        if kind == _FILEPASS:
            raise PASSWORD.refuse(source, where)
        if kind == _BOUNDSHEET:
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _DATEMODE:
            is_1904 = body[:1] == b"\x01"
        elif kind == _SST and struct.unpack_from("<4xI", body)[0] > len(stream):
            raise ValueError("more texts than bytes")
        elif kind == _EOF:
            break
    return [replace(_sheet(stream, start), is_1904=is_1904) for start in starts]


def _sheet(stream: bytes, start: int) -> SheetFacts:
    """One sheet; charts inside it have records of their own, between a BOF and an EOF."""
    records = _Records()
    depth = 0
    for kind, body in _records(stream, start):
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 1 and kind in _OF_SHEETS:
            records.add(kind, body)
    return records.facts()


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    end = len(stream) - _HEADER.size
    while at <= end:
        kind, size = _HEADER.unpack_from(stream, at)
        at += _HEADER.size
        yield kind, stream[at : at + size]
        at += size
