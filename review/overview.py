"""What does the county look like tonight? Tables that add up, the map's tiles, and how the nights went.

A statistician sees the same tables with small cells withheld, over all tables of the book together: what the county's
page shows must not give away what the province's page withholds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.disclosure import SMALLEST_CELL, withheld
from data.model import Population, PrimaryClass
from data.store.statistics import Night

TOTAL = "total"
CLASSES = (*(str(name) for name in PrimaryClass), TOTAL)
POPULATIONS = tuple(str(name) for name in Population)
#: Upper bounds in days of the ages of questions; the last group is open.
AGES = (1, 7, 30, 90)

#: (area, township, population, class) -> members.
Counts = Mapping[tuple[str, str, str, str], int]
#: (which table, of which area, row, class).
Cell = tuple[str, str, str, str]
AREA, OVERALL, TOWN = "area", "population", "township"


@dataclass(frozen=True)
class Shown:
    """A number as it is shown: n is null where it is withheld, and text says how."""

    n: int | None
    text: str


@dataclass(frozen=True)
class Tables:
    """Every cell of the book's tables, and which of them are withheld."""

    counts: Mapping[Cell, int]
    hidden: frozenset[Cell]

    def at(self, table: str, area: str, row: str, name: str) -> Shown:
        """One cell."""
        cell = (table, area, row, name)
        n = self.counts.get(cell, 0)
        if cell not in self.hidden:
            return Shown(n, str(n))
        return Shown(None, f"<{SMALLEST_CELL}" if 0 < n < SMALLEST_CELL else "*")

    def line(self, table: str, area: str, row: str) -> list[Shown]:
        """A row of a table: every class, then the total."""
        return [self.at(table, area, row, name) for name in CLASSES]

    def areas(self) -> list[str]:
        """The areas there are members of; '' last, where the place is not known."""
        found = {area for (table, area, _row, _name) in self.counts if table == TOWN}
        return sorted(found, key=lambda area: (area == "", area))

    def townships(self, area: str) -> list[str]:
        """The townships of an area; '' last."""
        found = {row for (table, of, row, _name) in self.counts if table == TOWN and of == area}
        return sorted(found, key=lambda row: (row == "", row))


def tables_of(counts: Counts, *, is_exact: bool) -> Tables:
    """All tables of a book. is_exact: the reader may see every number.

    Cells: (AREA, '', area, class), (OVERALL, area or '', population, class), (TOWN, area, township, class), and the
    totals (AREA, '', TOTAL, class); a county's total line is its line in the table of areas.
    """
    sums: Counter[Cell] = Counter()
    for (area, township, population, name), n in counts.items():
        for kind in (name, TOTAL):
            rows = ((AREA, "", area), (AREA, "", TOTAL), (TOWN, area, township))
            for table, of, row in (*rows, (OVERALL, area, population), (OVERALL, TOTAL, population)):
                sums[table, of, row, kind] += n
    if is_exact:
        return Tables(sums, frozenset())
    lines = _lines(sums)
    full = {cell: sums[cell] for line in lines for cell in line}
    return Tables(sums, withheld(full, lines))


def _lines(sums: Mapping[Cell, int]) -> list[list[Cell]]:
    """Every line of parts and their total that a reader could subtract along."""
    tables = Tables(sums, frozenset())
    areas = tables.areas()
    rows: list[tuple[str, str, str]] = [(AREA, "", TOTAL)]
    rows += [(AREA, "", area) for area in areas]
    rows += [(OVERALL, of, population) for of in (*areas, TOTAL) for population in POPULATIONS]
    rows += [(TOWN, area, town) for area in areas for town in tables.townships(area)]
    lines = [[(*row, name) for name in CLASSES] for row in rows]
    for name in CLASSES:
        everything = (AREA, "", TOTAL, name)
        lines.append([(AREA, "", area, name) for area in areas] + [everything])
        lines.append([(OVERALL, TOTAL, population, name) for population in POPULATIONS] + [everything])
        for area in areas:
            whole = (AREA, "", area, name)
            lines.append([(OVERALL, area, population, name) for population in POPULATIONS] + [whole])
            lines.append([(TOWN, area, town, name) for town in tables.townships(area)] + [whole])
        for population in POPULATIONS:
            parts: list[Cell] = [(OVERALL, area, population, name) for area in areas]
            lines.append([*parts, (OVERALL, TOTAL, population, name)])
    return lines


def class_trend(nights: Sequence[Night], names: Iterable[str], *, is_exact: bool) -> dict[str, list[Shown]]:
    """Members of each class night by night."""
    return {name: [_masked(_of_class(night, name), is_exact) for night in nights] for name in names}


def queue_trend(nights: Sequence[Night], *, is_exact: bool) -> list[Shown]:
    """Open questions at the end of each night."""
    return [_masked(_sum(night, lambda key: key[0] == "queue"), is_exact) for night in nights]


@dataclass(frozen=True)
class Change:
    """How a night differs from the one before: what, before, after."""

    what: str
    before: Shown
    after: Shown


def changes(before: Night, after: Night, *, is_exact: bool) -> list[Change]:
    """The classes whose number changed; none for a reader who sees no small numbers: differences are small."""
    if not is_exact:
        return []
    pairs = [(name, _of_class(before, name), _of_class(after, name)) for name in CLASSES[:-1]]
    return [Change(name, _masked(old, True), _masked(new, True)) for name, old, new in pairs if old != new]


def ages(found: Iterable[tuple[str, datetime, int]], now: datetime) -> dict[str, list[int]]:
    """Open questions by kind and age: up to 1, 7, 30, 90 days, and older."""
    table: dict[str, list[int]] = {}
    for kind, started_at, n in found:
        days = (now - started_at).days
        group = next((place for place, most in enumerate(AGES) if days < most), len(AGES))
        table.setdefault(kind, [0] * (len(AGES) + 1))[group] += n
    return dict(sorted(table.items()))


def _of_class(night: Night, name: str) -> int:
    return _sum(night, lambda key: key[0] == "class" and key[2] == name)


def _sum(night: Night, wanted: Callable[[tuple[str, str, str]], bool]) -> int:
    return sum(n for key, n in night.numbers.items() if wanted(key))


def _masked(n: int, is_exact: bool) -> Shown:
    if is_exact or not 0 < n < SMALLEST_CELL:
        return Shown(n, str(n))
    return Shown(None, f"<{SMALLEST_CELL}")
