"""What does an ods sheet say beside its values, and is it too large to load? Its content.xml, row by row in blocks.

calamine gives no merged cells for ods, and repeats what is written once: a few bytes may stand for a million rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from data.sources.formats.typed_cells import Merge, SheetFacts

_ANY = rb"[^<>]{0,4000}?"
#: A sheet begins, or declares columns, or holds a row.
_PART = re.compile(
    rb"<table:table(?P<table>\s%b)?>"
    rb"|<table:table-column\b(?P<column>%b)/?>"
    rb"|<table:table-row\b(?P<row>%b)(?:/>|>(?P<cells>.*?)</table:table-row>)" % (_ANY, _ANY, _ANY),
    re.DOTALL,
)
_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b(%b)(/?)>" % _ANY)
_LAST_BLANKS = re.compile(
    rb"(?:<table:table-cell(?:\s+table:(?:style-name|number-columns-repeated)=\"[^\"]*\")*\s*/>)+\Z"
)
_COLUMNS_REPEATED = re.compile(rb'table:number-columns-repeated="(\d{1,8})"')
_ROWS_REPEATED = re.compile(rb'table:number-rows-repeated="(\d{1,8})"')
_COLUMNS_SPANNED = re.compile(rb'table:number-columns-spanned="(\d{1,8})"')
_ROWS_SPANNED = re.compile(rb'table:number-rows-spanned="(\d{1,8})"')
_HIDDEN = re.compile(rb'table:visibility="(?:collapse|filter)"')
_VALUE = (b"office:value-type=", b"<text:p")
#: Whatever is worth counting cells for, one by one.
_SPECIAL = (b"-spanned=", b'"error"', b"table:formula=")
_ROW_END = b"</table:table-row>"
#: Larger than the largest sheet of any office program.
_MAX_REPEAT = 1_048_576
_MAX_CARRY = 8 * 1024**2


@dataclass
class _Table:
    """What one sheet has shown so far."""

    row: int = 0
    column: int = 0
    n_rows: int = 0
    n_columns: int = 0
    n_filled: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)

    def add_column(self, attributes: bytes) -> None:
        n_here = _repeat(_COLUMNS_REPEATED, attributes)
        # A sheet declares all its 16,384 columns; hidden ones beyond the cells are left out later.
        if _HIDDEN.search(attributes):
            self.hidden_columns.update(range(self.column, min(self.column + n_here, 16_384)))
        self.column += n_here

    def add_row(self, attributes: bytes, cells: bytes) -> None:
        n_here = _repeat(_ROWS_REPEATED, attributes)
        if any(word in cells for word in _VALUE):
            if _HIDDEN.search(attributes):
                self.hidden_rows.update(range(self.row, self.row + min(n_here, _MAX_REPEAT)))
            body = _LAST_BLANKS.sub(b"", cells)
            repeats = sum(int(n) - 1 for n in _COLUMNS_REPEATED.findall(body))
            width = body.count(b"<table:table-cell") + body.count(b"<table:covered-table-cell") + repeats
            self.n_filled += n_here * (cells.count(b"office:value-type=") + repeats)
            self.n_columns = max(self.n_columns, width)
            self.n_rows = self.row + n_here
        if any(word in cells for word in _SPECIAL):
            self._add_special(cells)
        self.row += n_here

    def _add_special(self, cells: bytes) -> None:
        column = 0
        for cell in _CELL.finditer(cells):
            attributes = cell[1]
            if b"spanned=" in attributes:
                down, right = (_repeat(pattern, attributes) for pattern in (_ROWS_SPANNED, _COLUMNS_SPANNED))
                if down > 1 or right > 1:
                    self.merges.append((self.row, column, self.row + down - 1, column + right - 1))
            if b'calcext:value-type="error"' in attributes:
                self.errors.append((self.row, column))
            elif b"table:formula=" in attributes and b"office:value-type=" not in attributes:
                self.uncalculated.append((self.row, column))
            column += _repeat(_COLUMNS_REPEATED, attributes)

    def facts(self) -> SheetFacts:
        return SheetFacts(
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            uncalculated=tuple(self.uncalculated),
            errors=tuple(self.errors),
            merges=tuple(self.merges),
            n_rows=self.n_rows,
            n_columns=self.n_columns,
            n_filled=self.n_filled,
        )


def scan_content(blocks: Iterable[bytes]) -> list[SheetFacts]:
    """The facts of every sheet of content.xml, in order."""
    tables: list[_Table] = []
    for block in _whole_rows(blocks):
        for part in _PART.finditer(block):
            if part["row"] is not None:
                if tables:
                    tables[-1].add_row(part["row"], part["cells"] or b"")
            elif part["column"] is not None:
                if tables:
                    tables[-1].add_column(part["column"])
            else:
                tables.append(_Table())
    return [table.facts() for table in tables]


def _repeat(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return max(int(found[1]), 1) if found else 1


def _whole_rows(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut where rows end."""
    rest = b""
    for block in blocks:
        rest += block
        cut = rest.rfind(_ROW_END) + len(_ROW_END)
        if cut < len(_ROW_END):
            cut = rest.rfind(b">") + 1 if len(rest) > _MAX_CARRY else 0
        if not cut and len(rest) > 2 * _MAX_CARRY:
            cut = len(rest)
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest
