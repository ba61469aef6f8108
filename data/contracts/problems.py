"""What must be told about the rows of a table? Rejected rows and notes as frames, one row a reason, never a value."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.field import FeedContract, Field
from data.contracts.parse import Column, Context
from data.contracts.reason import Reason
from data.contracts.reasons.files import INVISIBLE_REMOVED, SHEET_SKIPPED
from data.contracts.reasons.headers import COLUMNS_JOINED
from data.contracts.reasons.rows import MISSING_VALUE
from data.contracts.tables import PROVENANCE
from data.contracts.unknown import unknown_note
from data.sources.header import HeaderMap
from data.sources.raw import RawTable

#: Columns of REJECTED_ROWS, which notes share.
PROBLEM_COLUMNS = (*PROVENANCE, "field", "reason_code", "message")
_BoolArray = npt.NDArray[np.bool_]


def provenance(table: RawTable) -> pd.DataFrame:
    """The four columns that say where each row stands; index 0..n-1."""
    named = {"source": table.source, "source_file": table.source_file, "source_sheet": table.source_sheet}
    texts = {name: np.full(len(table.cells), value, dtype=object) for name, value in named.items()}
    return pd.DataFrame({**texts, "source_row": table.source_row.astype(np.int64)})


def rejected_rows(
    table: RawTable, contract: FeedContract, missing: Mapping[tuple[str, ...], _BoolArray]
) -> pd.DataFrame:
    """REJECTED_ROWS of a table: for each group of fields the rows that have none of them."""
    titles = {field.name: field.title for field in contract.fields}
    frames = [
        _problems(table, mask, group[0], MISSING_VALUE, title="/".join(titles[name] for name in group))
        for group, mask in missing.items()
    ]
    return _by_row(frames)


def notes(
    table: RawTable,
    header_map: HeaderMap,
    contract: FeedContract,
    columns: Mapping[str, Column],
    is_rejected: _BoolArray,
    context: Context,
) -> pd.DataFrame:
    """What was noticed and accepted: of the sheet as a whole (row 1), and of cells in rows that were not rejected."""
    frames = [_table_notes(table, header_map, contract)]
    for field in contract.fields:
        frames.extend(_cell_notes(table, field, columns[field.name], is_rejected, context))
    return _by_row(frames)


def _problems(table: RawTable, mask: _BoolArray, field: str, reason: Reason, **facts: str) -> pd.DataFrame:
    found = provenance(table)[mask]
    for name, value in (("field", field), ("reason_code", reason.code), ("message", reason.message(**facts))):
        found[name] = pd.Series(value, index=found.index, dtype=object)
    return found


def _by_row(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """One below the other, by row; within a row the given order decides."""
    return pd.concat(frames, ignore_index=True).sort_values("source_row", kind="stable", ignore_index=True)


def _table_notes(table: RawTable, header_map: HeaderMap, contract: FeedContract) -> pd.DataFrame:
    said = [(sheet, "", SHEET_SKIPPED, SHEET_SKIPPED.message()) for sheet in table.skipped_sheets]
    for field in contract.fields:
        positions = header_map.columns.get(field.name, [])
        if len(positions) > 1:
            headers = "、".join(table.headers[position] for position in positions)
            message = COLUMNS_JOINED.message(title=field.title, headers=headers)
            said.append((table.source_sheet, field.name, COLUMNS_JOINED, message))
    if table.n_invisible:
        text = INVISIBLE_REMOVED.message(n=table.n_invisible)
        said.append((table.source_sheet, "", INVISIBLE_REMOVED, text))
    if (strangers := unknown_note(table, header_map, contract)) is not None:
        said.append((table.source_sheet, "", *strangers))
    lines = [(table.source, table.source_file, sheet, 1, field, why.code, text) for sheet, field, why, text in said]
    return pd.DataFrame(lines, columns=list(PROBLEM_COLUMNS), dtype=object).astype({"source_row": np.int64})


def _cell_notes(
    table: RawTable, field: Field, column: Column, is_rejected: _BoolArray, context: Context
) -> list[pd.DataFrame]:
    noticed = column.reasons.mask(is_rejected)
    found = sorted(noticed.dropna().unique(), key=lambda reason: str(reason.code))
    allowed = "、".join(label for label, _ in context.codes.get(field.name) or field.codes)
    return [
        _problems(table, noticed.eq(reason).to_numpy(), field.name, reason, title=field.title, allowed=allowed)
        for reason in found
    ]
