"""What must be told about the rows of a table? Rejected rows and notes as frames, one row a reason, never a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.column import Column, Mask
from data.contracts.cross_fields import FieldProblem
from data.contracts.field import FeedContract
from data.contracts.parse import Context
from data.contracts.reason import Reason
from data.contracts.reasons.files import INVISIBLE_REMOVED, SHEET_SKIPPED
from data.contracts.reasons.headers import COLUMNS_JOINED
from data.contracts.reasons.rows import MISSING_VALUE
from data.contracts.tables import PROVENANCE
from data.contracts.unknown import unknown_note
from data.sources.layout.header import HeaderMap
from data.sources.raw import RawTable
from data.values.columns import Codes

#: Columns of REJECTED_ROWS, which notes share.
PROBLEM_COLUMNS = (*PROVENANCE, "field", "reason_code", "message")


def provenance(table: RawTable, positions: Codes) -> dict[str, npt.NDArray[Any]]:
    """The four columns that say where the rows at some positions of a table stand."""
    named = {"source": table.source, "source_file": table.source_file, "source_sheet": table.source_sheet}
    texts = {name: np.full(len(positions), value, dtype=object) for name, value in named.items()}
    return {**texts, "source_row": table.source_row[positions].astype(np.int64)}


def rejected_rows(table: RawTable, contract: FeedContract, missing: Mapping[tuple[str, ...], Mask]) -> pd.DataFrame:
    """REJECTED_ROWS of a table: for each group of fields the rows that have none of them."""
    titles = _titles(contract)
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
    is_rejected: Mask,
    contradictions: Sequence[FieldProblem],
    context: Context,
) -> pd.DataFrame:
    """What was noticed and accepted: of the sheet as a whole (row 1), of cells in rows that were not rejected, and of
    cells of one row that contradict each other."""
    frames = [_table_notes(table, header_map, contract)]
    for field in contract.fields:
        allowed = _allowed(context.codes.get(field.name) or field.codes)
        for reason, mask in columns[field.name].reasons.items():
            frames.append(_problems(table, mask & ~is_rejected, field.name, reason, title=field.title, allowed=allowed))
    titles = _titles(contract)
    frames.extend(
        _problems(table, problem.mask, problem.field, problem.reason, title=titles[problem.field])
        for problem in contradictions
    )
    return _by_row(frames)


def _allowed(codes: Iterable[tuple[str, str]]) -> str:
    """One label for each value of a code table, in words where there are any: what a clerk may write."""
    labels: dict[str, str] = {}
    for label, value in codes:
        if value not in labels or (labels[value].isascii() and not label.isascii()):
            labels[value] = label
    return "、".join(labels.values())


def _titles(contract: FeedContract) -> dict[str, str]:
    return {field.name: field.title for field in contract.fields}


def _problems(table: RawTable, mask: Mask, field: str, reason: Reason, **facts: str) -> pd.DataFrame:
    """One row of REJECTED_ROWS for each row of the mask: the same field, reason and message."""
    positions = np.flatnonzero(mask)
    told = {"field": field, "reason_code": reason.code, "message": reason.message(**facts)}
    said = {name: np.full(len(positions), value, dtype=object) for name, value in told.items()}
    return pd.DataFrame({**provenance(table, positions), **said})


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
    lines += [
        (
            table.source,
            table.source_file,
            table.source_sheet,
            remark.row,
            remark.field,
            remark.reason.code,
            remark.message(),
        )
        for remark in table.remarks
    ]
    return pd.DataFrame(lines, columns=list(PROBLEM_COLUMNS), dtype=object).astype({"source_row": np.int64})
