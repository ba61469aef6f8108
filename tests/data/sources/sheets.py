"""Sheets for tests without a file: rows of texts as they lie there, read as a reader of files would hand them on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data.model import FeedKind
from data.sources.grid import Grid
from data.sources.layout.sheet_tables import tables_by_sheet
from data.sources.raw import RawTable
from data.sources.spec import SourceSpec

Row = Sequence[str | int | None]


def grid_of(rows: Sequence[Row], *, sheet: str = "甲", merged: Sequence[str] = (), **more: object) -> Grid:
    """The grid of a sheet; ints are number cells, `merged` are areas such as A1:H1 (down they must be filled)."""
    width = max((len(row) for row in rows), default=0)
    full = [[*row, *[None] * (width - len(row))] for row in rows]
    filled = [any(cell is not None for cell in row) for row in full]
    kept = [row for row, is_filled in zip(full, filled, strict=True) if is_filled]
    numbers = np.flatnonzero(filled) + 1
    texts = [[None if cell is None else str(cell) for cell in row] for row in kept]
    return Grid(
        sheet=sheet,
        cells=pd.DataFrame(texts, columns=range(width), index=range(len(texts)), dtype=object),
        numeric=np.array([[isinstance(cell, int) for cell in row] for row in kept], dtype=bool).reshape(-1, width),
        row_numbers=numbers.astype(np.int64),
        n_blank=int(numbers[-1] - numbers[0] + 1 - len(numbers)) if len(numbers) else 0,
        merged_across=tuple(_span(area) for area in merged),
        **more,  # type: ignore[arg-type]
    )


def _span(area: str) -> tuple[int, int, int]:
    start, end = area.split(":")
    return int(start[1:]), ord(start[0]) - ord("A"), ord(end[0]) - ord("A")


def lay_out(
    rows: Sequence[Row], kind: FeedKind = FeedKind.MEMBER_ROSTER, *, merged: Sequence[str] = (), **more: object
) -> list[RawTable]:
    """The tables of a sheet of that kind; `columns` of the source among `more`, the rest is of the grid."""
    columns = more.pop("columns", {})
    code_system = "text" if kind is FeedKind.ANNUAL_REPORTS else None
    declared = {"kind": kind, "location": "r.xlsx", "area": "469005", "code_system": code_system, "columns": columns}
    grid = grid_of(rows, merged=merged, **more)
    return tables_by_sheet([grid], SourceSpec.model_validate(declared), "roster", "r.xlsx")[0][1]


def column(table: RawTable, header: str) -> list[str | None]:
    """The cells under a header."""
    cells: list[str | None] = table.cells[table.headers.index(header)].tolist()
    return cells
