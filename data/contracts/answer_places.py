"""In which cell is a problem? Rows and fields of notes become sheet, row, column and what the cell holds.

A field may have several columns; the one that was read is the first filled one of the row, the best header first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.field import FeedContract, ValueType
from data.contracts.masks import shown_to_anyone, shown_to_owner
from data.sources.layout.header import HeaderMap
from data.sources.raw import RawTable
from data.values.columns import map_unique

#: No column: the problem is of the whole row or sheet.
WHOLE_ROW = -1
#: Where notes on a whole table stand until its header row is known.
_TOP = 1
_Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Mapped:
    """A table as read, with the columns that its headers gave to each field."""

    table: RawTable
    header_map: HeaderMap


@dataclass
class _Places:
    """The columns to be added, one slot a problem."""

    field: npt.NDArray[np.object_]
    row: npt.NDArray[np.int64]
    table: npt.NDArray[np.int64]
    position: npt.NDArray[np.int64]
    is_row: npt.NDArray[np.bool_]
    header: npt.NDArray[np.object_]
    shown: npt.NDArray[np.object_]
    value_masked: npt.NDArray[np.object_]


def with_places(problems: pd.DataFrame, mapped: Sequence[Mapped], contract: FeedContract) -> pd.DataFrame:
    """`problems` (REJECTED_ROWS, any order) with columns added: table, position, header, is_row, shown, value_masked.

    table: position in `mapped`, -1 for a sheet that was not read. position: column from nought, WHOLE_ROW for none.
    is_row: the problem is of a row of data; else source_row becomes the row of the header, where there is one.
    shown, value_masked: the cell for its owner and for anyone; '' where there is none.
    """
    n = len(problems)
    places = _Places(
        field=problems["field"].to_numpy(dtype=object),
        row=problems["source_row"].to_numpy(dtype=np.int64).copy(),
        table=np.full(n, -1),
        position=np.full(n, WHOLE_ROW),
        is_row=np.zeros(n, dtype=bool),
        **{name: np.full(n, "", dtype=object) for name in ("header", "shown", "value_masked")},
    )
    groups = problems.reset_index(drop=True).groupby(["source_file", "source_sheet"], sort=False).indices
    for number, item in enumerate(mapped):
        rows = groups.get((item.table.source_file, item.table.source_sheet))
        if rows is not None:
            _place_rows(places, np.asarray(rows), number, item, contract)
            _place_notes(places, np.asarray(rows), number, item, contract)
    added = {field.name: getattr(places, field.name) for field in fields(places) if field.name not in ("field", "row")}
    return problems.reset_index(drop=True).assign(source_row=places.row, **added)


def _place_rows(places: _Places, rows: _Rows, number: int, item: Mapped, contract: FeedContract) -> None:
    """Problems of rows of data of one table."""
    known = item.table.source_row
    if not len(known):
        return
    lines = np.searchsorted(known, places.row[rows]).clip(max=len(known) - 1)
    is_here = known[lines] == places.row[rows]
    rows, lines = rows[is_here], lines[is_here]
    places.table[rows], places.is_row[rows] = number, True
    for name in pd.unique(places.field[rows]):
        of_field = places.field[rows] == name
        _place_field(places, rows[of_field], lines[of_field], item, contract, str(name))


def _place_field(places: _Places, rows: _Rows, lines: _Rows, item: Mapped, contract: FeedContract, field: str) -> None:
    positions = _positions(item.header_map, contract, field)
    if not positions:
        return
    cells = item.table.cells.iloc[lines]
    # From the worst header to the best: what is left at the end is the first filled one, else the best.
    chosen = np.full(len(rows), positions[0])
    values = np.full(len(rows), None, dtype=object)
    for position in reversed(positions):
        column = cells[position].to_numpy(dtype=object)
        is_filled = ~pd.isna(column)
        chosen[is_filled], values[is_filled] = position, column[is_filled]
    kind = next((own.type for own in contract.fields if own.name == field), ValueType.TEXT)
    texts = pd.Series(values, dtype=object)
    places.position[rows] = chosen
    places.header[rows] = np.array(item.table.headers, dtype=object)[chosen]
    places.shown[rows] = map_unique(texts, lambda text: shown_to_owner(text, kind)).fillna("")
    places.value_masked[rows] = map_unique(texts, lambda text: shown_to_anyone(text, kind)).fillna("")


def _place_notes(places: _Places, rows: _Rows, number: int, item: Mapped, contract: FeedContract) -> None:
    """Notes on a table as a whole; of several tables on one sheet the one with that header row, else the first."""
    is_own = (places.table[rows] == -1) | (places.row[rows] == item.table.header_row)
    rows = rows[is_own & ~places.is_row[rows]]
    for row in rows:
        positions = _positions(item.header_map, contract, str(places.field[row]))
        if positions:
            places.position[row], places.header[row] = positions[0], item.table.headers[positions[0]]
    places.table[rows] = number
    places.row[rows[places.row[rows] == _TOP]] = item.table.header_row


def _positions(header_map: HeaderMap, contract: FeedContract, field: str) -> list[int]:
    """Columns of a field; of a group that needs one of several fields, the columns of all of them."""
    group = next((group for group in contract.needs_one_of if group[0] == field), (field,))
    own = header_map.columns.get(field, [])
    return own or [position for name in group for position in header_map.columns.get(name, [])]
