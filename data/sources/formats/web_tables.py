"""How is a web page read that poses as an xls? All its tables below each other, as Excel lays them out.

Systems export HTML under the name .xls; Excel and WPS save single-file pages (MHTML), one part per sheet. The page is
read as it streams: rows are let go once they are read.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from lxml import etree

from data.contracts.reasons.files import UNFINISHED, WEB_PAGE
from data.sources.formats.delimited import decode
from data.sources.formats.limits import refuse_size
from data.sources.formats.typed_cells import Merge, SheetFacts, grid_of
from data.sources.grid import Grid

_BLOCK = 1024**2
_HEAD = 65_536
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]*)</x:Name>(.*?)</x:ExcelWorksheet>", re.DOTALL | re.IGNORECASE)
_SHEET_HIDDEN = re.compile(r"<x:Visible>\s*Sheet(?:Very)?Hidden", re.IGNORECASE)
_CLASS_FORMAT = re.compile(r"\.([\w-]+)\s*\{[^}]*mso-number-format:\s*([^;}]*)", re.IGNORECASE)
_CELL_FORMAT = re.compile(r"(?:mso-number-format|vnd\.ms-excel\.numberformat):\s*([^;]*)", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TABLES = re.compile(r"<(/?)table\b", re.IGNORECASE)
#: A cell merged over more rows and columns than these is no table.
_MAX_ACROSS, _MAX_DOWN = 256, 65_536


@dataclass
class _Page:
    """The rows of one page so far; positions count from nought."""

    rows: list[list[str | float]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    text_classes: set[str] = field(default_factory=set)
    #: Of each table now open: the last row down to which a column is taken by a cell from above; nested tables.
    taken: list[dict[int, int]] = field(default_factory=list)
    is_layout: bool = False

    def open_table(self) -> None:
        self.taken.append({})

    def close_table(self) -> None:
        if self.taken:
            self.taken.pop()
        # The row around a table inside a cell only lays the page out.
        self.is_layout = bool(self.taken)

    def add_row(self, row: etree._Element) -> None:
        if self.is_layout:
            self.is_layout = False
            return
        taken = self.taken[-1] if self.taken else {}
        at = len(self.rows)
        if _is_hidden(row):
            self.hidden_rows.add(at)
        cells: list[str | float] = []
        for cell in row.iterchildren("td", "th"):
            while taken.get(len(cells), -1) >= at:
                cells.append("")
            column = len(cells)
            right = column + min(_span(cell, "colspan"), _MAX_ACROSS) - 1
            bottom = at + min(_span(cell, "rowspan"), _MAX_DOWN) - 1
            cells.append(_value(cell, self.text_classes))
            cells += [""] * (right - column)
            if bottom > at:
                taken.update(dict.fromkeys(range(column, right + 1), bottom))
            if (bottom, right) != (at, column):
                self.merges.append((at, column, bottom, right))
            if _is_hidden(cell):
                self.hidden_columns.add(column)
        self.rows.append(cells)

    def add_line(self, text: str) -> None:
        """Text outside of tables: titles, or who filled it in."""
        if line := _SPACES.sub(" ", text).strip():
            self.rows.append([line])


def read_web_page(data: bytes, source: str, where: str) -> Iterator[Grid]:
    """A page, or every sheet of a single-file page. Raises SourceFileError without a table, or if it breaks off."""
    head = data[:_HEAD].lower()
    if b"multipart/related" in head and not data.lstrip().startswith(b"<"):
        pages = _parts(data, source, where)
    else:
        pages = [_decoded(data, source, where)]
    sheets = [(name, bool(_SHEET_HIDDEN.search(rest))) for name, rest in _SHEET_NAME.findall(pages[0])]
    with_tables = [page for page in pages if _TABLES.search(page)]
    if not with_tables:
        raise WEB_PAGE.refuse(source, where)
    if len(sheets) != len(with_tables):
        sheets = [("", False)] if len(with_tables) == 1 else [(str(n), False) for n in range(1, len(with_tables) + 1)]
    for page, (name, is_hidden) in zip(with_tables, sheets, strict=True):
        yield _grid(page, name, is_hidden, source, where)


def _grid(text: str, name: str, is_hidden: bool, source: str, where: str) -> Grid:
    if sum(1 if not slash else -1 for slash in _TABLES.findall(text)) > 0:
        raise UNFINISHED.refuse(source, where)
    page = _read(text)
    width = max(map(len, page.rows), default=0)
    n_rows = len(page.rows)
    n_filled = sum(map(len, page.rows))
    refuse_size(n_rows * width, n_filled, last=(n_rows, width), source=source, where=where)
    for row in page.rows:
        row += [""] * (width - len(row))
    facts = SheetFacts(
        hidden_rows=frozenset(page.hidden_rows),
        hidden_columns=frozenset(page.hidden_columns),
        merges=tuple(page.merges),
    )
    return grid_of(name, enumerate(page.rows), width, facts, is_hidden=is_hidden)


def _read(text: str) -> _Page:
    page = _Page(text_classes={name for name, form in _CLASS_FORMAT.findall(text[: 16 * _HEAD]) if "@" in form})
    parser = etree.HTMLPullParser(
        events=("start", "end"), encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    for at in range(0, len(text), _BLOCK):
        parser.feed(text[at : at + _BLOCK].encode("utf-8", "replace"))
        _take(parser, page)
    parser.close()
    _take(parser, page)
    return page


def _take(parser: etree.HTMLPullParser, page: _Page) -> None:
    for event, element in cast("Iterator[tuple[str, etree._Element]]", parser.read_events()):
        match event, element.tag:
            case "start", "table":
                for line in [] if page.taken else _lines_before(element):
                    page.add_line(line)
                page.open_table()
            case "end", "table":
                page.close_table()
                element.clear()
            case "end", "tr":
                page.add_row(element)
                element.clear()
            case "end", "h1" | "h2" | "h3" | "h4" | "p" | "div" | "caption" | "center" | "title":
                if (not page.taken or element.tag == "caption") and element.tag != "title":
                    page.add_line(_text(element))
                    element.clear()


def _value(cell: etree._Element, text_classes: set[str]) -> str | float:
    """The text shown, or the number behind it where the page tells one (x:num by Excel, sdval by LibreOffice)."""
    shown = _text(cell)
    stored = cell.get("x:num", cell.get("sdval"))
    if stored is None or _is_text(cell, text_classes):
        return shown
    try:
        # Dates and percentages hold numbers too, but say more as they are shown.
        shown_number = float(shown.replace(",", ""))
        return float(stored) if stored else shown_number
    except ValueError:
        return shown


def _is_text(cell: etree._Element, text_classes: set[str]) -> bool:
    form = _CELL_FORMAT.search(cell.get("style", ""))
    if form:
        return "@" in form[1]
    return "x:str" in cell.attrib or not text_classes.isdisjoint(cell.get("class", "").split())


def _text(element: etree._Element) -> str:
    """The text with white space as a browser shows it: only <br> breaks lines."""
    pieces: list[str] = []
    for node in element.iter():
        if node.tag in ("script", "style"):
            node.text = None
        if node.tag == "br":
            pieces.append("\n")
        pieces.append(_SPACES.sub(" ", node.text or ""))
        if node is not element:
            pieces.append(_SPACES.sub(" ", node.tail or ""))
    return "".join(pieces).strip()


def _span(cell: etree._Element, name: str) -> int:
    text = cell.get(name, "1").strip()
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _is_hidden(element: etree._Element) -> bool:
    return bool(_NOT_SHOWN.search(element.get("style", "")))


def _lines_before(table: etree._Element) -> Iterator[str]:
    """Text that stands right before a table in the same block; taken out, so that it is not read again."""
    parent = table.getparent()
    if parent is None:
        return
    before = [parent.text or ""]
    parent.text = None
    for sibling in reversed(list(table.itersiblings(preceding=True))):
        if sibling.tag in ("b", "strong", "font", "span", "i", "u", "a"):
            before.append(_text(sibling))
            sibling.clear()
        elif sibling.tag == "br":
            before.append("\n")
        before.append(sibling.tail or "")
        sibling.tail = None
    yield from "".join(before).split("\n")


def _parts(data: bytes, source: str, where: str) -> list[str]:
    """The pages of a single-file page, as Excel orders them."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = [part for part in message.walk() if part.get_content_type() == "text/html"]
        payloads = [part.get_payload(decode=True) for part in parts]
    # The standard library's parser of headers fails in many ways over damaged ones.
    except (LookupError, ValueError, TypeError, AttributeError):
        payloads = []
    pages = [_decoded(payload, source, where) for payload in payloads if isinstance(payload, bytes)]
    if not pages:
        raise WEB_PAGE.refuse(source, where)
    return pages


def _decoded(data: bytes, source: str, where: str) -> str:
    """By the charset that the page names, else by the ladder of text files."""
    named = _CHARSET.search(data[:_HEAD])
    charset = named[1].decode("ascii").lower() if named else ""
    # What calls itself GB2312 or GBK may hold characters of GB18030.
    encoding = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(charset, charset)
    if encoding in ("gb18030", "big5hkscs", "utf-8", "utf8") and not data.startswith(b"\xef\xbb\xbf"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return decode(data, source, where)
