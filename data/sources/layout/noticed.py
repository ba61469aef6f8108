"""What should somebody know about a sheet besides its cells? Hidden parts, formulas without a value, rows above."""

from __future__ import annotations

import re
from itertools import groupby

import numpy as np
import numpy.typing as npt
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from data.contracts.field import FeedContract
from data.contracts.reasons.headers import UNCALCULATED_COLUMN
from data.contracts.reasons.layout import (
    ERROR_VALUE,
    HIDDEN_COLUMNS,
    HIDDEN_ROWS,
    HIDDEN_SHEET,
    ROWS_ABOVE,
    SIDE_BY_SIDE,
    UNCALCULATED,
)
from data.sources.grid import Grid
from data.sources.layout.header import HeaderMap
from data.sources.raw import RawTable, Remark

#: What only a record holds: the places of an identity number, a credit code or a mobile.
_NUMBER = re.compile(r"1\d{10}|\d{15}|[0-9A-Za-z]{17}[0-9Xx]")
#: More than this share of a required column without values: the file was never opened since it was made.
_MAX_SHARE = 0.5


def ranges(rows: npt.NDArray[np.int64]) -> str:
    """Row numbers as people write them: 5-9、12."""
    runs = [
        [number for _, number in run]
        for _, run in groupby(enumerate(sorted(rows.tolist())), key=lambda item: item[1] - item[0])
    ]
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def hidden(grid: Grid, table: RawTable) -> list[Remark]:
    """Hidden rows and columns that hold data of this table, and a hidden sheet."""
    found = []
    if grid.is_hidden:
        found.append(Remark(table.header_row, HIDDEN_SHEET))
    rows = table.source_row[np.isin(table.source_row, sorted(grid.hidden_rows))]
    if len(rows):
        found.append(Remark(table.header_row, HIDDEN_ROWS, (("rows", ranges(rows)),)))
    columns = [
        xl_col_to_name(position) + (f"（{table.headers[position]}）" if table.headers[position] else "")
        for position in sorted(grid.hidden_columns)
        if position < len(table.headers) and table.cells[position].notna().any()
    ]
    if columns:
        found.append(Remark(table.header_row, HIDDEN_COLUMNS, (("columns", "、".join(columns)),)))
    return found


def without_value(grid: Grid, table: RawTable, header_map: HeaderMap, contract: FeedContract) -> list[Remark]:
    """Cells of known columns that hold no value: formulas never calculated, errors such as #N/A.

    Raises SourceFileError where most of a required column was never calculated.
    """
    rows = set(table.source_row.tolist()) if grid.uncalculated or grid.errors else set()
    fields = {position: field for field in contract.fields for position in header_map.columns.get(field.name, [])}
    needed = {field.name for field in contract.required()} | {group[0] for group in contract.needs_one_of}
    waiting = [(row, column) for row, column in grid.uncalculated if row in rows and column in fields]
    for column in sorted({column for _, column in waiting}):
        cells = [xl_rowcol_to_cell(row - 1, own) for row, own in waiting if own == column]
        if fields[column].name in needed and len(cells) > _MAX_SHARE * len(rows):
            where, title = f"{table.source_file}【{table.sheet}】", fields[column].title
            raise UNCALCULATED_COLUMN.refuse(table.source, where, title=title, n=len(cells), cell=cells[0])
    failed = [(row, column) for row, column in grid.errors if row in rows and column in fields]
    return [
        Remark(row, reason, (("title", fields[column].title),), fields[column].name)
        for reason, cells in ((UNCALCULATED, waiting), (ERROR_VALUE, failed))
        for row, column in cells
    ]


def above_header(grid: Grid, position: int) -> list[Remark]:
    """Rows above the first header that hold a number as only data do."""
    above = grid.cells.iloc[:position].to_numpy(dtype=object)
    is_data = [any(text and _NUMBER.fullmatch(text) for text in row) for row in above]
    rows = grid.row_numbers[:position][np.array(is_data, dtype=bool)]
    return [Remark(int(rows[0]), ROWS_ABOVE, (("rows", ranges(rows)),))] if len(rows) else []


def beside(table: RawTable, n_tables: int) -> list[Remark]:
    """That several tables stand side by side."""
    return [Remark(table.header_row, SIDE_BY_SIDE, (("n", n_tables),))] if n_tables > 1 else []
