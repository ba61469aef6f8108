"""What does a file hold? Its first bytes decide, never its extension; every sheet of it becomes a grid.

Workbooks by calamine, web pages and XML posing as xls by lxml, text by a strict ladder of encodings; the rest is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from data.contracts.reasons.files import NOT_A_TABLE, PACKED, WEB_PAGE
from data.sources.formats.delimited import decode, read_text
from data.sources.formats.spreadsheet_xml import read_spreadsheet_xml
from data.sources.formats.web_tables import read_web_page
from data.sources.formats.workbook import WORKBOOKS, read_workbook
from data.sources.grid import Grid

_HEAD = 65_536
_PACKED = (b"rar!\x1a", b"7z\xbc\xaf", b"\x1f\x8b", b"bzh", b"\xfd7zxz", b"pk\x05\x06")
_BINARY = (b"%pdf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"sqlite format 3", b"{\\rtf", b"ii*\0", b"mm\0*")
_MHTML = re.compile(rb"\A(?:mime-version|from|subject|date|content-type):", re.IGNORECASE)
_MARKUP = re.compile(
    rb"<(?:!doctype|!--|\?xml|html|head|meta|table|style|body|div|title|script|workbook|tr|center)\b|<!--"
)
#: The first tag that is neither a declaration nor a comment.
_ROOT = re.compile(rb"<([a-z][\w:]*)")
_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"


def grids(data: bytes, source: str, where: str, *, delimiter_of: Callable[[str], str]) -> Iterator[Grid]:
    """The sheets of a file in order, hidden and empty ones too; none for a file without content.

    delimiter_of: gives the delimiter for the text of a text file. Raises SourceFileError, and nothing else, for what
    is no table, is damaged, protected or too large; its message names file and sheet, never the value of a cell.
    """
    if data.startswith(WORKBOOKS):
        yield from read_workbook(data, source, where)
        return
    head = _plain(data[:_HEAD]).lstrip().lower()
    if head.startswith(_PACKED):
        raise PACKED.refuse(source, where)
    if head.startswith(_BINARY):
        raise NOT_A_TABLE.refuse(source, where)
    if _MHTML.match(head) and b"multipart/related" in head:
        yield from read_web_page(data, source, where)
    elif _MARKUP.match(head):
        yield from _markup(data, head, source, where)
    elif head:
        yield read_text(data, source, where, delimiter_of)


def _markup(data: bytes, head: bytes, source: str, where: str) -> Iterator[Grid]:
    """A page, or a workbook of 2003; flat XML of other programs is refused."""
    root = _ROOT.search(head)
    if not head.startswith(b"<?xml") or (root and root[1] in (b"html", b"table")):
        return read_web_page(data, source, where)
    if root and root[1].endswith(b"workbook") and _SPREADSHEET in head:
        return read_spreadsheet_xml(decode(data, source, where), source, where)
    raise WEB_PAGE.refuse(source, where)


def _plain(head: bytes) -> bytes:
    """The first bytes as one byte per character, whatever mark of byte order they begin with."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16-le" if head.startswith(b"\xff\xfe") else "utf-16-be"
        return head[2:].decode(encoding, "replace").encode("utf-8", "replace")
    return head.removeprefix(b"\xef\xbb\xbf")
