"""How do the typed cells of a sheet become a grid? Column by column in blocks of rows, equal texts kept once.

Every reader hands in rows of Python values (text, number, date, truth value, '' for nothing); only what is no text
costs a conversion. A roster repeats most of its texts, so each is kept once per column unless nearly all differ.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.sources.formats.cell_texts import Flags, Objects, Tidied, as_texts, objects, tidy
from data.sources.grid import Grid

#: First row, first column, last row, last column of cells merged into one, counted from nought.
Merge = tuple[int, int, int, int]

#: Rows turned at a time: enough for speed, little beside the sheet.
_BLOCK = 8_192
#: Texts of a column are kept once each, unless after so many of them more than this share turn out to differ.
_SAMPLE = 65_536
_MOSTLY_DIFFERENT = 0.6
_FIRST = re.compile(r"\d{4}-\d\d-01")


@dataclass(frozen=True)
class SheetFacts:
    """What a sheet's file says beside its values, counted from nought.

    months: dates that show no day. first_row to n_rows (not included), and n_columns from A on, bound the cells that
    hold anything; n_filled: how many do.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncalculated: tuple[tuple[int, int], ...] = ()
    errors: tuple[tuple[int, int], ...] = ()
    months: tuple[tuple[int, int], ...] = ()
    is_1904: bool = False
    merges: tuple[Merge, ...] = ()
    first_row: int = 0
    n_rows: int = 0
    n_columns: int = 0
    n_filled: int = 0

    @property
    def n_cells(self) -> int:
        """Cells to lay out, filled or not."""
        return (self.n_rows - self.first_row) * self.n_columns


@dataclass
class _Column:
    """The cells of one column so far."""

    texts: list[Objects] = field(default_factory=list)
    numeric: list[Flags] = field(default_factory=list)
    shared: dict[str | None, str | None] | None = field(default_factory=dict)
    n_seen: int = 0

    def texts_of(self, values: Sequence[Any]) -> tuple[Tidied, Flags]:
        texts, numeric = as_texts(values)
        tidied = tidy(texts)
        if self.shared is not None:
            tidied = tidied._replace(texts=list(map(self.shared.setdefault, tidied.texts, tidied.texts)))
            self.n_seen += len(values)
            if self.n_seen > _SAMPLE and len(self.shared) > self.n_seen * _MOSTLY_DIFFERENT:
                self.shared = None
        return tidied, numeric


def grid_of(
    name: str,
    rows: Iterable[tuple[int, Sequence[Any]]],
    width: int,
    facts: SheetFacts,
    *,
    first_column: int = 0,
    is_hidden: bool = False,
) -> Grid:
    """The grid of a sheet. rows: (position from nought, `width` values), ascending; values begin at `first_column`."""
    columns = [_Column() for _ in range(width)]
    positions: list[npt.NDArray[np.int64]] = []
    n_invisible = 0
    errors = list(facts.errors)
    for block in _blocks(rows):
        position = np.fromiter(map(itemgetter(0), block), dtype=np.int64, count=len(block))
        by_column = zip(*map(itemgetter(1), block), strict=True)
        turned = [cells.texts_of(values) for cells, values in zip(columns, by_column, strict=True)]
        n_invisible += sum(tidied.n_invisible for tidied, _ in turned)
        for column, (tidied, _) in enumerate(turned, start=first_column):
            errors += [(at, column) for at in position[tidied.errors].tolist()]
        texts = [objects(tidied.texts) for tidied, _ in turned]
        kept = _filled(texts, len(block))
        positions.append(position[kept])
        for column_so_far, cells, (_, numeric) in zip(columns, texts, turned, strict=True):
            column_so_far.texts.append(cells[kept])
            column_so_far.numeric.append(numeric[kept])
    at = np.concatenate(positions) if positions else np.zeros(0, dtype=np.int64)
    cells, flags = _joined(columns, len(at), first_column)
    facts = replace(facts, errors=tuple(sorted(set(errors))))
    return _grid(name, cells, flags, at, facts, n_invisible=n_invisible, is_hidden=is_hidden)


def _grid(
    name: str,
    cells: Objects,
    flags: Flags,
    at: npt.NDArray[np.int64],
    facts: SheetFacts,
    *,
    n_invisible: int,
    is_hidden: bool = False,
) -> Grid:
    _shorten(cells, at, facts.months)
    merged_across = _merge(cells, flags, at, facts.merges)
    if facts.uncalculated:
        _empty(cells, flags, at, facts.uncalculated)
        kept = _filled(cells, len(at))
        cells, flags, at = cells[:, kept], flags[kept], at[kept]
    hidden_rows = facts.hidden_rows.intersection(at.tolist()) if facts.hidden_rows else ()
    return Grid(
        sheet=name,
        cells=pd.DataFrame(cells.T, copy=False),
        numeric=flags,
        row_numbers=at + 1,
        n_blank=int(at[-1] - at[0]) + 1 - len(at) if len(at) else 0,
        n_invisible=n_invisible,
        merged_across=merged_across,
        hidden_rows=frozenset(row + 1 for row in hidden_rows),
        hidden_columns=frozenset(column for column in facts.hidden_columns if column < len(cells)),
        is_hidden=is_hidden,
        uncalculated=tuple((row + 1, column) for row, column in facts.uncalculated),
        errors=tuple((row + 1, column) for row, column in facts.errors),
        is_1904=facts.is_1904,
    )


def _blocks(rows: Iterable[tuple[int, Sequence[Any]]]) -> Iterator[list[tuple[int, Sequence[Any]]]]:
    """The rows by so many. They hold no cycles: looking for some while millions of texts are made only takes time."""
    numbered = iter(rows)
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        while block := list(islice(numbered, _BLOCK)):
            yield block
    finally:
        if was_collecting:
            gc.enable()


def grid_of_columns(columns: list[Objects]) -> Grid:
    """The grid of a text file: every column as it was parsed, with '' for nothing; its list is emptied on the way."""
    n_invisible, n_rows = 0, len(columns[0]) if columns else 0
    cells = np.empty((len(columns), n_rows), dtype=object)
    errors: list[tuple[int, int]] = []
    for position in range(len(columns)):
        column = columns.pop(0)
        texts = column.tolist()
        tidied = tidy(texts)
        cells[position] = column if tidied.texts is texts else tidied.texts
        n_invisible += tidied.n_invisible
        errors += [(row, position) for row in tidied.errors]
    kept = _filled(cells, n_rows)
    at = np.flatnonzero(kept).astype(np.int64)
    if len(at) < n_rows:
        cells = cells[:, kept]
    flags = np.zeros((len(at), len(cells)), dtype=bool, order="F")
    return _grid("", cells, flags, at, SheetFacts(errors=tuple(sorted(errors))), n_invisible=n_invisible)


def _filled(texts: Iterable[Objects], n_rows: int) -> Flags:
    """Rows that hold anything; the first column usually says so for all of them."""
    filled = np.zeros(n_rows, dtype=bool)
    for cells in texts:
        if filled.all():
            break
        filled |= pd.notna(cells)
    return filled


def _joined(columns: list[_Column], n_rows: int, first_column: int) -> tuple[Objects, Flags]:
    """Cells (columns from A on by rows) and number flags (rows by columns); blocks are let go one column at a time."""
    n_columns = first_column + len(columns) if n_rows else 0
    cells = np.empty((n_columns, n_rows), dtype=object)
    cells[:first_column] = None
    numeric = np.zeros((n_rows, n_columns), dtype=bool, order="F")
    for position, column in enumerate(columns if n_rows else (), start=first_column):
        np.concatenate(column.texts, out=cells[position])
        np.concatenate(column.numeric, out=numeric[:, position])
        column.texts.clear()
        column.shared = None
    return cells, numeric


def _merge(
    cells: Objects, numeric: Flags, at: npt.NDArray[np.int64], merges: Iterable[Merge]
) -> tuple[tuple[int, int, int], ...]:
    """A cell merged downwards counts for each row that holds anything else; gives the rows with cells merged across."""
    across: list[tuple[int, int, int]] = []
    done: dict[int, int] = {}
    for top, left, bottom, right in sorted(merges):
        # Merged cells of an honest sheet never overlap.
        if left >= len(cells) or top < done.get(left, 0):
            continue
        done[left] = bottom + 1
        first, last = np.searchsorted(at, [top, bottom + 1]).tolist()
        if first == last:
            continue
        if bottom > top and at[first] == top:
            cells[left, first:last] = cells[left, first]
            numeric[first:last, left] = numeric[first, left]
        if right > left:
            across += [(row + 1, left, right) for row in at[first:last].tolist()]
    return tuple(sorted(across))


def _shorten(cells: Objects, at: npt.NDArray[np.int64], where: Sequence[tuple[int, int]]) -> None:
    """1985年7月 typed into a cell is stored as the first of July: if no day is shown, the first means none."""
    for column, here in _by_column(cells, at, where):
        texts = cells[column, here]
        cells[column, here] = objects([text[:7] if text and _FIRST.fullmatch(text) else text for text in texts])


def _empty(cells: Objects, numeric: Flags, at: npt.NDArray[np.int64], where: Sequence[tuple[int, int]]) -> None:
    """Formula cells that nobody calculated hold nothing, whatever stands in for their value."""
    for column, here in _by_column(cells, at, where):
        cells[column, here] = None
        numeric[here, column] = False


def _by_column(
    cells: Objects, at: npt.NDArray[np.int64], where: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, Flags]]:
    """Each column that has any of these places, with its rows among those that hold anything."""
    rows, columns = np.array(where, dtype=np.int64).reshape(-1, 2).T
    for column in np.unique(columns[columns < len(cells)]).tolist():
        yield column, np.isin(at, rows[columns == column])
