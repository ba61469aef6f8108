"""The rates of coverage as tables: a row a place, a column a rate; what each rate counts is said once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: Breakdowns in the order they are read, with those unknown here behind.
_ORDER = ("area", "township", "population", "section")


@dataclass(frozen=True)
class Definition:
    """What a rate is: its title, its version, what stands above and below the line."""

    title: str
    version: str
    numerator_is: str
    denominator_is: str


@dataclass(frozen=True)
class RateTable:
    """One breakdown: row -> rate's code -> the stored row (texts; `*` where withheld)."""

    breakdown: str
    rows: Mapping[str, Mapping[str, Mapping[str, Any]]]


def definitions(stored: Iterable[Mapping[str, Any]]) -> dict[str, Definition]:
    """By the rate's code, in the order stored."""
    names = ("title", "version", "numerator_is", "denominator_is")
    return {row["coverage"]: Definition(*(row[name] for name in names)) for row in stored}


def rate_tables(stored: Iterable[Mapping[str, Any]]) -> list[RateTable]:
    """A table a breakdown."""
    tables: dict[str, dict[str, dict[str, Mapping[str, Any]]]] = {}
    for row in stored:
        tables.setdefault(row["breakdown"], {}).setdefault(row["row"], {})[row["coverage"]] = row
    known = {name: place for place, name in enumerate(_ORDER)}
    return [RateTable(name, tables[name]) for name in sorted(tables, key=lambda n: (known.get(n, len(known)), n))]
