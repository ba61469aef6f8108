"""What does an xlsx sheet say beside its values, and is it too large to load? Its XML in blocks, never as a tree.

calamine gives values and merged cells but lays a sheet out from its first to its last filled cell, and knows nothing of
hidden rows and columns, of formulas never calculated, and of error cells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from data.sources.formats.typed_cells import SheetFacts

_PREFIX = re.compile(rb"<(\w{1,40}:)?worksheet\b")
_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_SPAN = re.compile(rb'\b(min|max)="(\d{1,7})"')
_ANY_WIDE = re.compile(rb'r="[A-Z][A-Z]')
_PLACE = re.compile(rb'r="([A-Z])\d')
_MAX_CARRY = 8 * 1024**2


class _Patterns:
    """What to look for; tags begin in plain bytes, for a search that starts with `<` alone is slow.

    `any_` are attributes of one tag; bounded, so that no hand-made file can keep the patterns busy.
    """

    def __init__(self, prefix: bytes, *, waits: bool, month_styles: frozenset[int]) -> None:
        any_ = rb"[^<>]{0,600}"
        cell, place = rb"<%bc\b" % prefix, rb'\br="([A-Z]{1,3})(\d{1,7})"'
        # Blank cells are closed in their own tag.
        self.filled = b"</%bc>" % prefix
        self.formula = b"<%bf" % prefix
        self.row = re.compile(rb"<%brow\b(%b)>" % (prefix, any_))
        self.hidden_column = re.compile(rb'<%bcol\b(?=%b\bhidden="(?:1|true)")%b>' % (prefix, any_, any_))
        # Cells beyond Z that hold anything: not closed in their own tag, nor at once.
        self.wide = re.compile(rb'%b%b?\br="([A-Z]{2,3})\d+"%b(?<!/)>(?!</)' % (cell, any_, any_))
        self.error = re.compile(rb'%b(?=%b\bt="e")%b%b' % (cell, any_, any_, place))
        styles = b"|".join(b"%d" % style for style in sorted(month_styles))
        self.month = (
            re.compile(rb'%b(?=%b\bs="(?:%b)")%b%b%b(?<!/)>' % (cell, any_, styles, any_, place, any_))
            if styles
            else None
        )
        # An empty text is a value (t="str"), and so is 0 unless everything waits for calculation.
        self.no_value = re.compile(
            rb'%b(?!%b\bt="str")%b%b%b>\s*' % (cell, any_, any_, place, any_)
            + rb"<%bf\b%b(?:/>|>[^<]{0,9000}</%bf>)\s*" % (prefix, any_, prefix)
            + rb"(?:<%bv\s*/>|<%bv>%b</%bv>)?\s*</%bc>" % (prefix, prefix, b"0?" if waits else b"", prefix, prefix)
        )


@dataclass
class _Scan:
    """What the blocks of one sheet have shown so far."""

    patterns: _Patterns
    row: int = 0
    first_row: int | None = None
    last_row: int = 0
    last_column: int = 0
    n_filled: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncalculated: list[tuple[int, int]] = field(default_factory=list)
    errors: list[tuple[int, int]] = field(default_factory=list)
    months: list[tuple[int, int]] = field(default_factory=list)

    def add(self, block: bytes) -> None:
        before = self.row
        rows = self._rows(block)
        self.n_filled += block.count(self.patterns.filled)
        last_filled = block.rfind(self.patterns.filled)
        if last_filled >= 0:
            first, last = (bisect_left(rows, (at, 0)) - 1 for at in (block.find(self.patterns.filled), last_filled))
            if self.first_row is None:
                self.first_row = max(rows[first][1] if first >= 0 else before, 1) - 1
            self.last_row = max([self.last_row, before if last < 0 else 0, *(row for _, row in rows[: last + 1])])
            self._width(block, last_filled)
        if not before:
            for tag in self.patterns.hidden_column.findall(block):
                span = {bound: int(value) for bound, value in _SPAN.findall(tag)}
                self.hidden_columns.update(range(span.get(b"min", 1) - 1, min(span.get(b"max", 0), 16_384)))
        if b'"e"' in block:
            self.errors += _places(self.patterns.error.findall(block))
        if self.patterns.formula in block:
            self.uncalculated += _places(self.patterns.no_value.findall(block))

        if self.patterns.month:
            self.months += _places(self.patterns.month.findall(block))

    def _rows(self, block: bytes) -> list[tuple[int, int]]:
        """Where each row of the block begins, and its number."""
        rows = []
        for tag in self.patterns.row.finditer(block):
            attributes = tag[1]
            number = _NUMBER.search(attributes)
            self.row = int(number[1]) if number else self.row + 1
            rows.append((tag.start(), self.row))
            if b"hidden" in attributes and _HIDDEN.search(attributes):
                self.hidden_rows.add(self.row - 1)
        return rows

    def _width(self, block: bytes, last_filled: int) -> None:
        """Exact beyond Z. Below, the last cell of the block speaks for it: too narrow by 25 columns at the most."""
        columns = {self.last_column, 1}
        if _ANY_WIDE.search(block):
            columns |= {column_of(name) + 1 for name in set(self.patterns.wide.findall(block))}
        if place := _PLACE.match(block, max(block.rfind(b'r="', 0, last_filled), 0)):
            columns.add(column_of(place[1]) + 1)
        self.last_column = max(columns)

    def facts(self) -> SheetFacts:
        return SheetFacts(
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            uncalculated=tuple(self.uncalculated),
            errors=tuple(self.errors),
            months=tuple(self.months),
            first_row=self.first_row or 0,
            n_rows=self.last_row,
            n_columns=self.last_column,
            n_filled=self.n_filled,
        )


def scan_sheet(
    blocks: Iterable[bytes], *, waits: bool = False, month_styles: frozenset[int] = frozenset()
) -> SheetFacts:
    """The facts of one sheet part.

    waits: the workbook says that all formulas are still to be calculated; month_styles: dates so formatted show no day.
    """
    scan = None
    for block in _whole_rows(blocks):
        if scan is None:
            prefix = _PREFIX.search(block)
            scan = _Scan(_Patterns(prefix[1] or b"" if prefix else b"", waits=waits, month_styles=month_styles))
        scan.add(block)
    return scan.facts() if scan else SheetFacts()


def column_of(name: bytes) -> int:
    """A -> 0, Z -> 25, AA -> 26."""
    position = 0
    for letter in name:
        position = position * 26 + letter - 64
    return position - 1


def _places(found: list[tuple[bytes, bytes]]) -> list[tuple[int, int]]:
    return [(int(row) - 1, column_of(column)) for column, row in found]


def _whole_rows(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut where rows end; a row longer than any honest one is cut at a tag."""
    rest = b""
    for block in blocks:
        rest += block
        cut = rest.rfind(b"row>") + 4
        if cut < 4:
            cut = rest.rfind(b">") + 1 if len(rest) > _MAX_CARRY or b"<sheetData" not in rest else 0
        if not cut and len(rest) > 2 * _MAX_CARRY:
            cut = len(rest)
        if cut:
            yield rest[:cut]
            rest = rest[cut:]
    yield rest
