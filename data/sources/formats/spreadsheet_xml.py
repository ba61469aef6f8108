"""How is a workbook of 2003 in one XML file read (SpreadsheetML)? As it streams, by the types its cells declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from lxml import etree

from data.contracts.reasons.files import UNFINISHED, WEB_PAGE
from data.sources.formats.limits import refuse_size
from data.sources.formats.typed_cells import Merge, SheetFacts, grid_of
from data.sources.grid import Grid

_BLOCK = 1024**2
_NS = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{_NS}}}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_MAX_ROWS, _MAX_COLUMNS = 1_048_576, 16_384


@dataclass
class _Worksheet:
    """One sheet so far; positions count from nought."""

    name: str
    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    row: int = -1
    column: int = -1
    is_hidden: bool = False
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)

    def add_column(self, column: etree._Element) -> None:
        first = _number(column, "Index", self.column + 2) - 1
        self.column = min(first + _number(column, "Span", 0), _MAX_COLUMNS)
        if column.get(f"{_SS}Hidden") == "1":
            self.hidden_columns.update(range(first, self.column + 1))

    def add_row(self, row: etree._Element) -> None:
        self.row = max(_number(row, "Index", 0) - 1, self.row + 1)
        if row.get(f"{_SS}Hidden") == "1":
            self.hidden_rows.add(self.row)
        cells: list[Any] = []
        for cell in row.iterchildren(f"{_SS}Cell"):
            column = _number(cell, "Index", len(cells) + 1) - 1
            cells += [""] * (min(column, _MAX_COLUMNS) - len(cells))
            across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            if across or down:
                self.merges.append((self.row, column, self.row + down, column + across))
            cells.append(self._value(cell, column))
            cells += [""] * min(across, _MAX_COLUMNS)
        self.rows.append((self.row, cells))
        self.row += _number(row, "Span", 0)

    def _value(self, cell: etree._Element, column: int) -> Any:  # noqa: ANN401 - a cell is of any type
        data = cell.find(f"{_SS}Data")
        text = "".join(map(str, data.itertext())) if data is not None else ""
        kind = data.get(f"{_SS}Type") if data is not None else None
        if cell.get(f"{_SS}Formula") is not None and data is None:
            self.uncalculated.append((self.row, column))
        if kind == "Error":
            self.errors.append((self.row, column))
            return ""
        try:
            match kind:
                case "Number":
                    return float(text)
                case "Boolean":
                    return text.strip() in ("1", "true")
                case "DateTime":
                    return datetime.fromisoformat(text.strip())
        except ValueError:
            pass
        return text


def read_spreadsheet_xml(text: str, source: str, where: str) -> Iterator[Grid]:
    """Every worksheet in order. Raises SourceFileError where the XML breaks off or holds no worksheet."""
    try:
        sheets = _read(_DECLARATION.sub("", text, count=1))
    except etree.XMLSyntaxError:
        raise UNFINISHED.refuse(source, where) from None
    if not sheets:
        raise WEB_PAGE.refuse(source, where)
    for sheet in sheets:
        yield _grid(sheet, source, f"{where}【{sheet.name}】")


def _grid(sheet: _Worksheet, source: str, where: str) -> Grid:
    width = max((len(cells) for _, cells in sheet.rows), default=0)
    n_rows = max((row for row, _ in sheet.rows), default=-1) + 1
    n_filled = sum(len(cells) for _, cells in sheet.rows)
    refuse_size(len(sheet.rows) * width, n_filled, last=(n_rows, width), source=source, where=where)
    for _, cells in sheet.rows:
        cells += [""] * (width - len(cells))
    facts = SheetFacts(
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
        uncalculated=tuple(sheet.uncalculated),
        errors=tuple(sheet.errors),
        merges=tuple(sheet.merges),
    )
    return grid_of(sheet.name, sheet.rows, width, facts, is_hidden=sheet.is_hidden)


def _read(text: str) -> list[_Worksheet]:
    sheets: list[_Worksheet] = []
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=[f"{_SS}{name}" for name in ("Worksheet", "Column", "Row")] + [f"{_EXCEL}Visible"],
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
    )
    for at in range(0, len(text), _BLOCK):
        parser.feed(text[at : at + _BLOCK].encode("utf-8", "replace"))
        _take(parser, sheets)
    parser.close()
    _take(parser, sheets)
    return sheets


def _take(parser: etree.XMLPullParser, sheets: list[_Worksheet]) -> None:
    for event, element in cast("Iterator[tuple[str, etree._Element]]", parser.read_events()):
        if event == "start":
            if element.tag == f"{_SS}Worksheet":
                sheets.append(_Worksheet(element.get(f"{_SS}Name", "")))
        elif sheets and element.tag == f"{_SS}Column":
            sheets[-1].add_column(element)
        elif sheets and element.tag == f"{_SS}Row":
            sheets[-1].add_row(element)
            element.clear()
        elif sheets and element.tag == f"{_EXCEL}Visible":
            sheets[-1].is_hidden = (element.text or "").startswith("Sheet")


def _number(element: etree._Element, name: str, default: int) -> int:
    text = element.get(f"{_SS}{name}", "")
    return min(int(text), _MAX_ROWS) if text.isascii() and text.isdigit() and len(text) < 9 else default
