"""What do the rows of one table hold? Its cells read column by column, and which rows may enter, with the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.contracts.column import Column, Mask, no_column, read_column
from data.contracts.cross_fields import FieldProblem, cross_field_problems
from data.contracts.field import FeedContract, Field
from data.contracts.parse import Context
from data.contracts.problems import notes, provenance, rejected_rows
from data.contracts.unknown import unknown_columns
from data.sources.layout.header import HeaderMap, map_headers
from data.sources.raw import RawTable
from data.sources.spec import SourceSpec
from data.values.columns import none_for_null

#: Where the other half of a cell goes: the note beside a name or number, the landline in a column of mobiles.
_ASIDES = (("name", "remark"), ("id_no", "remark"), ("mobile", "tel"))


@dataclass(frozen=True)
class TableRows:
    """One table, read. rows: accepted rows with provenance, every canonical column of the contract and id_status.

    rejected, notes: REJECTED_ROWS. n_rows: rows of the table; n_rejected: those of them that may not enter.
    n_unknown: header -> filled cells that were not taken.
    """

    rows: pd.DataFrame
    rejected: pd.DataFrame
    notes: pd.DataFrame
    n_rows: int
    n_rejected: int
    n_unknown: Counter[str]


def read_rows(table: RawTable, contract: FeedContract, spec: SourceSpec, context: Context) -> TableRows:
    """Read every cell of a table by its type. Raises SourceFileError when a required column is missing."""
    where = f"{table.source_file}【{table.source_sheet}】" if table.source_sheet else table.source_file
    header_map = map_headers(table.headers, contract, spec.columns, source=table.source, where=where)
    context = replace(context, is_text_file=table.is_text_file, is_1904=table.is_1904)
    columns = {field.name: _read_field(table, header_map, field, context) for field in contract.fields}
    rows = _frame(table, columns)
    missing = {group: _is_missing(rows, group) for group in contract.needs_one_of}
    is_rejected = np.logical_or.reduce(list(missing.values()))
    rejected = rejected_rows(table, contract, missing)
    accepted = rows[~is_rejected].reset_index(drop=True) if is_rejected.any() else rows
    contradictions = [
        problem._replace(mask=_among_all(problem, is_rejected))
        for problem in cross_field_problems(accepted, contract, context.as_of)
    ]
    return TableRows(
        rows=accepted,
        rejected=rejected,
        notes=notes(table, header_map, contract, columns, is_rejected, contradictions, context),
        n_rows=len(rows),
        n_rejected=int(is_rejected.sum()),
        n_unknown=unknown_columns(table, header_map),
    )


def _read_field(table: RawTable, header_map: HeaderMap, field: Field, context: Context) -> Column:
    """One canonical column; several columns of the sheet fill each other's blanks, the best header first."""
    positions = header_map.columns.get(field.name, [])
    if not positions:
        return no_column(table.cells.index, field)
    texts, numeric = table.cells[positions[0]], table.numeric[:, positions[0]]
    for position in positions[1:]:
        blank = texts.isna().to_numpy()
        texts = texts.where(~blank, table.cells[position])
        numeric = np.where(blank, table.numeric[:, position], numeric)
    return read_column(texts, numeric, field, context)


def _frame(table: RawTable, columns: Mapping[str, Column]) -> pd.DataFrame:
    """Provenance and values; the status of an identity number stands beside it. Columns stay apart: no copies."""
    series: dict[str, pd.Series] = {}
    for name, column in columns.items():
        series[name] = column.values
        if column.statuses is not None:
            series["id_status"] = column.statuses
    for name, target in _ASIDES:
        asides = columns[name].asides if name in columns and target in columns else None
        if asides is not None:
            series[target] = _joined(series[target], asides, is_text=target == "remark")
    placed = {name: column.to_numpy() for name, column in series.items()}
    return pd.DataFrame({**provenance(table, np.arange(len(table.cells))), **placed}, copy=False)


def _joined(own: pd.Series, asides: pd.Series, *, is_text: bool) -> pd.Series:
    """What cells of other columns hold for this one: added to text, else only where there is nothing."""
    joined = own.str.cat(asides, sep="；") if is_text else own
    return none_for_null(own.where(asides.isna(), joined.where(own.notna(), asides)))


def _is_missing(rows: pd.DataFrame, group: tuple[str, ...]) -> Mask:
    return np.asarray(np.logical_and.reduce([rows[name].isna().to_numpy() for name in group]), dtype=bool)


def _among_all(problem: FieldProblem, is_rejected: Mask) -> Mask:
    """A mask over the accepted rows as one over all rows of the table."""
    mask = np.zeros(len(is_rejected), dtype=bool)
    mask[~is_rejected] = problem.mask
    return mask
