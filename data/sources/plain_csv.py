"""How is a plain text table read fast? By Arrow, into Arrow, when nothing about it is unusual; else not at all.

Plain: UTF-8, a header of distinct names, equally many cells in every line, no character that reading would take away.
Whatever is not goes the long way, which repairs it or tells what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as csv

from data.sources.formats.delimited import first_records
from data.values.text import INVISIBLE

_BOM = b"\xef\xbb\xbf"
_TOP, _BLOCK = 65_536, 1 << 22
#: What failed formulas and columns too narrow show; and ="..." , which guards a number against spreadsheets.
_ODD = (b"#N/A", b"#REF!", b"#VALUE!", b"#DIV/0!", b"#NAME?", b"#NULL!", b"#NUM!", b"#SPILL!", b"#CALC!", b"##", b'="')
_SPACES = (b" ", b"\t", b"\x0b", b"\x0c", b"\xe3\x80\x80", b"\xc2\xa0")


def read_plain_csv(data: bytes, delimiter_of: Callable[[str], str]) -> pa.Table | None:
    """Columns of text, null for nothing; None when the long way has to be gone."""
    data = data.removeprefix(_BOM)
    try:
        top = data[:_TOP].rpartition(b"\n")[0].decode()
    except UnicodeDecodeError:
        return None
    delimiter = delimiter_of(top)
    header = next(iter(first_records(top, delimiter, 1)), [])
    names = [cell.strip() for cell in header]
    if len(names) < 2 or len(set(names)) < len(names) or not all(names) or _is_odd(data):
        return None
    n_lines = data.count(b"\n") + (not data.endswith(b"\n"))
    table = _parsed(data, delimiter, names)
    # A line more or less: an empty one, or a quote that swallowed some.
    if table is None or table.num_rows != n_lines - 1:
        return None
    return _without_blank_rows(_trimmed(table, data, delimiter.encode()))


def _parsed(data: bytes, delimiter: str, names: list[str]) -> pa.Table | None:
    try:
        return csv.read_csv(
            pa.BufferReader(data),
            csv.ReadOptions(column_names=names, skip_rows=1, block_size=_BLOCK),
            csv.ParseOptions(delimiter=delimiter),
            csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()), null_values=[""], strings_can_be_null=True
            ),
        )
    except pa.ArrowInvalid:
        return None


def _is_odd(data: bytes) -> bool:
    """Is there anything that the long way changes or refuses?"""
    if data[:1] in (b"<", b"%", b"{") or data.count(b"\r") != data.count(b"\r\n"):
        return True
    if any(mark in data for mark in _ODD if mark[:1] in data):
        return True
    table = _classes()
    whole = np.frombuffer(data, dtype=np.uint8)
    for start in range(0, len(whole), _BLOCK):
        # Two bytes more: a character may stand across the end of a block.
        found = table[whole[start : start + _BLOCK + 2]]
        if not found.any():
            continue
        if (found == 1).any() or _has_invisible(bytes(whole[start : start + _BLOCK + 2]), found):
            return True
    return False


def _classes() -> npt.NDArray[np.uint8]:
    """Per byte: 1 a control character, 2 the first byte of a character that may be invisible, else 0."""
    classes = np.zeros(256, dtype=np.uint8)
    for code in range(128):
        if INVISIBLE.match(chr(code)):
            classes[code] = 1
    for code in (0x80, 0x200B, 0xFEFF):
        classes[chr(code).encode()[0]] = 2
    return classes


def _has_invisible(block: bytes, classes: npt.NDArray[np.uint8]) -> bool:
    """Is one of the characters that begin so really invisible? Each distinct beginning is looked at once."""
    at = np.flatnonzero(classes == 2)
    codes = np.frombuffer(block + b"\0\0", dtype=np.uint8).astype(np.uint32)
    packed = np.unique((codes[at] << 16) | (codes[at + 1] << 8) | codes[at + 2])
    beginnings = [int(code).to_bytes(3, "big").decode("utf-8", "ignore")[:1] for code in packed]
    return any(INVISIBLE.match(beginning) for beginning in beginnings)


def _trimmed(table: pa.Table, data: bytes, delimiter: bytes) -> pa.Table:
    """Cells without white space at their ends, if any has some."""
    edges = (delimiter, b"\n", b"\r", b'"')
    present = [space for space in _SPACES if space in data]
    if not any(edge + space in data or space + edge in data for space in present for edge in edges):
        return table
    trimmed = [pc.utf8_trim_whitespace(column) for column in table.columns]
    blank = [pc.if_else(pc.equal(column, ""), pa.scalar(None, column.type), column) for column in trimmed]
    return pa.table(blank, names=table.column_names)


def _without_blank_rows(table: pa.Table) -> pa.Table:
    """Only rows that say something."""
    if not table.column(0).null_count:
        return table
    is_blank = table.column(0).is_null()
    for column in table.columns[1:]:
        is_blank = pc.and_(is_blank, column.is_null())
    return table.filter(pc.invert(is_blank))
