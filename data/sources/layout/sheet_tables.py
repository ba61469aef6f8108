"""From a sheet as it lies there to its tables: which rows belong to which header, and what is no data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
from xlsxwriter.utility import xl_col_to_name

from data.contracts.feeds import CONTRACTS
from data.contracts.field import ValueType
from data.sources.grid import Grid
from data.sources.layout.blocks import blocks
from data.sources.layout.header import HeaderMap, Vocabulary, map_headers
from data.sources.layout.noticed import above_header, beside, hidden, without_value
from data.sources.layout.row_kinds import Sorted, sort_rows
from data.sources.layout.stacked import Part, parts_of
from data.sources.layout.totals import Body, check_totals
from data.sources.raw import RawTable
from data.sources.spec import SourceSpec

#: Columns that hold one of a few answers, as a sheet of codes lists them.
_WITH_A_LIST = (ValueType.CODE, ValueType.YES_NO, ValueType.SEX)


@dataclass(frozen=True)
class _Piece:
    """One table before its rows are taken: its part of the sheet, its columns there, and what its rows are."""

    part: Part
    columns: list[int]
    headers: list[str]
    header_map: HeaderMap
    cells: pd.DataFrame
    rows: Sorted
    is_first_block: bool


def tables_by_sheet(grids: Sequence[Grid], spec: SourceSpec, name: str, where: str) -> list[tuple[str, list[RawTable]]]:
    """The name and the tables of every sheet of a file; none for a sheet without a header, and for what lies beside the
    sheets meant: a header that lacks what the contract needs and names less than half as many fields (a summary), or
    only fields with a list of answers (the table of these answers). Raises as below.
    """
    vocabulary = Vocabulary(CONTRACTS[spec.kind], spec.columns)
    parts = [parts_of(grid, vocabulary) for grid in grids]
    whole = [part.band.fields for own in parts for part in own if vocabulary.is_complete(set(part.band.fields))]
    n_most = max(map(len, whole), default=0)
    listed = {field.name for field in vocabulary.contract.fields if field.type in _WITH_A_LIST}
    found = []
    for grid, own in zip(grids, parts, strict=True):
        fields = own[0].band.fields if own else frozenset()
        is_aside = bool(own and whole) and fields not in whole and (len(fields) * 2 < n_most or fields <= listed)
        found.append((grid.sheet, [] if is_aside else tables_on(grid, own, vocabulary, spec, name, where)))
    return found


def tables_on(
    grid: Grid, parts: Sequence[Part], vocabulary: Vocabulary, spec: SourceSpec, name: str, where: str
) -> list[RawTable]:
    """The tables of one sheet, stacked and side by side, top to bottom and left to right.

    Every row below the first header is a row of a table or counted in its `n_dropped`. Raises SourceFileError for a
    header without the columns of the contract, and where a required column holds nothing but uncalculated formulas.
    """
    contract = vocabulary.contract
    pieces = [piece for part in parts for piece in _pieces(grid, part, part is parts[0], vocabulary, spec, name, where)]
    bodies = [_body(piece, grid) for piece in pieces]
    totals = check_totals(bodies, contract)
    tables = []
    for piece, remarks in zip(pieces, totals, strict=True):
        table = _table(grid, piece, piece.part is parts[0], name, where)
        noticed = [*remarks, *hidden(grid, table), *without_value(grid, table, piece.header_map, contract)]
        if piece is pieces[0]:
            noticed += above_header(grid, piece.part.band.first)
        if piece.is_first_block:
            noticed += beside(table, sum(other.part is piece.part for other in pieces))
        tables.append(replace(table, remarks=tuple(sorted(noticed, key=lambda remark: remark.row))))
    return tables


def _pieces(
    grid: Grid, part: Part, is_first: bool, vocabulary: Vocabulary, spec: SourceSpec, name: str, where: str
) -> list[_Piece]:
    """The tables of one header: one, or several side by side."""
    contract = vocabulary.contract
    number = int(grid.row_numbers[part.band.last])
    place = f"{where}【{grid.sheet}】" if grid.sheet else where
    place = place if is_first else f"{place}#{number}"
    found = []
    sides = blocks(part.band.headers, vocabulary)
    for columns in sides:
        headers = [header if position in columns else "" for position, header in enumerate(part.band.headers)]
        header_map = map_headers(headers, contract, spec.columns, source=name, where=place)
        cells = grid.cells.iloc[part.body]
        if len(sides) > 1:
            cells = cells.copy()
            cells[[position for position in range(cells.shape[1]) if position not in columns]] = None
        cells.index = pd.RangeIndex(len(cells))
        known = _known_kinds(part, len(cells))
        banners = np.isin(grid.row_numbers[part.body], [number for number, _, _ in grid.merged_across])
        rows = sort_rows(cells, headers, header_map, contract, banners, known)
        found.append(_Piece(part, columns, headers, header_map, cells, rows, columns is sides[0]))
    return found


def _known_kinds(part: Part, n_rows: int) -> dict[str, npt.NDArray[np.bool_]]:
    offset = part.band.last + 1
    positions = {"repeated_header": part.repeats, "header": part.numbering}
    return {kind: np.isin(np.arange(n_rows), np.array(own, dtype=np.intp) - offset) for kind, own in positions.items()}


def _body(piece: _Piece, grid: Grid) -> Body:
    kinds = piece.rows.kinds
    return Body(
        piece.cells,
        grid.row_numbers[piece.part.body],
        piece.rows.kept,
        kinds["trailer"],
        kinds["subtitle"] | kinds["repeated_header"],
        piece.headers,
        piece.header_map,
    )


def _table(grid: Grid, piece: _Piece, is_first: bool, name: str, where: str) -> RawTable:
    part, kept = piece.part, piece.rows.kept
    numbers = grid.row_numbers[part.body]
    subtitles = np.flatnonzero(piece.rows.kinds["subtitle"])
    texts = piece.cells.iloc[subtitles].to_numpy(dtype=object)
    letters = f"[{xl_col_to_name(piece.columns[0])}:{xl_col_to_name(piece.columns[-1])}]"
    return RawTable(
        source=name,
        source_file=where,
        source_sheet=grid.sheet if piece.is_first_block else grid.sheet + letters,
        headers=piece.headers,
        cells=_taken(piece.cells, kept),
        numeric=grid.numeric[part.body][kept],
        source_row=numbers[kept].astype(np.int64),
        title_lines=_titles(grid, part, piece.columns),
        n_dropped=_n_dropped(grid, piece, is_first),
        n_invisible=grid.n_invisible if is_first and piece.is_first_block else 0,
        header_row=int(grid.row_numbers[part.band.last]),
        is_1904=grid.is_1904,
        sections=tuple(
            (int(numbers[position]), next(text for text in row if text))
            for position, row in zip(subtitles, texts, strict=True)
        ),
    )


def _taken(cells: pd.DataFrame, kept: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """The rows kept; without a copy where they lie together."""
    rows = np.flatnonzero(kept)
    is_run = len(rows) > 0 and rows[-1] - rows[0] + 1 == len(rows)
    taken = cells.iloc[rows[0] : rows[-1] + 1] if is_run else cells.iloc[rows]
    taken.index = pd.RangeIndex(len(taken))
    return taken


def _titles(grid: Grid, part: Part, columns: Sequence[int]) -> list[str]:
    """Text above the header: what stands over the table's own columns, and lone cells wherever they are."""
    lines = []
    for row in grid.cells.iloc[part.first_title : part.band.first].to_numpy(dtype=object):
        own = [text for position, text in enumerate(row) if text and position in columns]
        every = [text for text in row if text]
        if own or len(every) == 1:
            lines.append(" ".join(own or every))
    return lines


def _n_dropped(grid: Grid, piece: _Piece, is_first: bool) -> dict[str, int]:
    """Rows left out by kind. Rows of the sheet as a whole (titles, headers, blank rows) count for the first block."""
    part = piece.part
    counts = {kind: int(mask.sum()) for kind, mask in piece.rows.kinds.items()}
    if not piece.is_first_block:
        return counts
    start = part.band.last if is_first else part.first_title - 1
    last = part.end - 1
    counts["blank"] += int(grid.row_numbers[last] - grid.row_numbers[start]) - (last - start)
    if not is_first:
        counts["title"] += part.band.first - part.first_title
        counts["header"] += part.band.last + 1 - part.band.first
    return counts
