"""Which rows may enter? Raw tables under a contract become accepted rows, rejected rows and notes, each with a reason.

Nothing is lost: n_read = accepted + rejected + dropped. Columns outside the contract are counted and dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

import numpy as np
import pandas as pd

from data.contracts.enterprise_codes import PARTY_BODY_CODES, YES_NO_CODES
from data.contracts.field import FeedContract, Field
from data.contracts.frames import without_nan
from data.contracts.parse import Column, Context, read_column
from data.contracts.problems import notes, provenance, rejected_rows
from data.contracts.reasons.rows import TOO_MANY_REJECTED
from data.contracts.tables import PROVENANCE
from data.contracts.unknown import unknown_columns
from data.privacy import keyed_hashes
from data.reference.divisions import township_in, township_name
from data.sources.header import HeaderMap, map_headers
from data.sources.raw import RawTable
from data.sources.spec import SourceSpec
from data.values.columns import map_unique, none_for_null

_MIN_ROWS_TO_JUDGE = 10
_MAX_REJECTED_SHARE = 0.5
#: Where the other half of a cell goes: the note beside a name, the landline in a column of mobiles.
_ASIDES = (("name", "remark"), ("mobile", "tel"))


@dataclass(frozen=True)
class Accepted:
    """What a contract made of one source.

    rows: unique_id, provenance, every canonical column of the contract (object, None for null), id_status if the
    contract has id_no, and area; ordered by provenance. rejected, notes: REJECTED_ROWS, one row a reason.
    n_read: rows below the headers. n_dropped: blank, repeated_header, subtitle, trailer. n_unknown_columns: header ->
    filled cells that were not taken.
    """

    rows: pd.DataFrame
    rejected: pd.DataFrame
    notes: pd.DataFrame
    n_read: int
    n_dropped: dict[str, int]
    n_unknown_columns: dict[str, int]

    @property
    def n_rejected(self) -> int:
        """Rows rejected; a row may have several reasons. n_read = len(rows) + n_rejected + all of n_dropped."""
        return len(self.rejected.drop_duplicates(list(PROVENANCE)))

    @property
    def n_by_reason(self) -> dict[str, int]:
        """Code of the catalogue -> how often it was said, rejections and notes together; for summaries."""
        codes = pd.concat([self.rejected["reason_code"], self.notes["reason_code"]])
        return {str(code): int(n) for code, n in codes.value_counts().sort_index().items()}


@dataclass(frozen=True)
class _Part:
    """One table, read: rows with `is_rejected`, the reasons for rejecting, notes, and what was not taken."""

    rows: pd.DataFrame
    rejected: pd.DataFrame
    notes: pd.DataFrame
    n_unknown: Counter[str]


def accept(tables: list[RawTable], contract: FeedContract, spec: SourceSpec, key: bytes, as_of: date) -> Accepted:
    """Read every cell by its type, reject rows without what the contract needs, and give each row its unique_id.

    unique_id is a keyed hash of the source and the content: the file's name, its sheets and the order of rows do not
    matter. Raises SourceFileError if more than half of the rows of one file cannot be used.
    """
    context = Context(as_of, _codes(spec))
    parts = [_read_table(table, contract, spec, context) for table in tables]
    rows = without_nan(pd.concat([part.rows for part in parts], ignore_index=True))
    rejected = pd.concat([part.rejected for part in parts], ignore_index=True)
    _refuse_mostly_rejected(rows, rejected)
    accepted = rows[~rows["is_rejected"]].drop(columns="is_rejected").reset_index(drop=True)
    accepted.insert(0, "unique_id", _unique_ids(accepted, contract, key))
    return Accepted(
        rows=_with_place(accepted, tables, contract, spec),
        rejected=rejected,
        notes=pd.concat([part.notes for part in parts], ignore_index=True),
        n_read=len(rows) + sum(sum(table.n_dropped.values()) for table in tables),
        n_dropped=dict(sorted(_summed(table.n_dropped for table in tables).items())),
        n_unknown_columns=dict(sorted(_summed(part.n_unknown for part in parts).items())),
    )


def _summed(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return total


def _codes(spec: SourceSpec) -> dict[str, tuple[tuple[str, str], ...]]:
    """Code tables that depend on the source: the party block of annual reports (domain §4.4)."""
    if spec.code_system is None:
        return {}
    return {
        "party_body": PARTY_BODY_CODES[spec.code_system],
        "representative_is_member": YES_NO_CODES[spec.code_system],
    }


def _read_table(table: RawTable, contract: FeedContract, spec: SourceSpec, context: Context) -> _Part:
    where = f"{table.source_file}【{table.source_sheet}】" if table.source_sheet else table.source_file
    header_map = map_headers(table.headers, contract, spec.columns, source=table.source, where=where)
    rows = provenance(table)
    context = replace(context, is_text_file=not table.source_sheet)
    columns = {field.name: _read_field(table, header_map, field, context) for field in contract.fields}
    for name, column in columns.items():
        rows[name] = column.values
        if column.statuses is not None:
            rows["id_status"] = column.statuses
    _set_aside(rows, columns)
    missing = {group: rows[list(group)].isna().all(axis=1).to_numpy() for group in contract.needs_one_of}
    is_rejected = np.logical_or.reduce(list(missing.values()))
    rows["is_rejected"] = is_rejected
    return _Part(
        rows=rows,
        rejected=rejected_rows(table, contract, missing),
        notes=notes(table, header_map, contract, columns, is_rejected, context),
        n_unknown=unknown_columns(table, header_map),
    )


def _read_field(table: RawTable, header_map: HeaderMap, field: Field, context: Context) -> Column:
    """One canonical column; several columns of the sheet fill each other's blanks, the best header first."""
    positions = header_map.columns.get(field.name, [])
    texts = pd.Series(None, index=table.cells.index, dtype=object)
    numeric = np.zeros(len(texts), dtype=bool)
    for position in positions:
        blank = texts.isna().to_numpy()
        texts = texts.where(~blank, table.cells[position])
        numeric = np.where(blank, table.numeric[:, position], numeric)
    return read_column(none_for_null(texts), numeric, field, context)


def _set_aside(rows: pd.DataFrame, columns: Mapping[str, Column]) -> None:
    """Give what a cell holds beside its value to the column it belongs to, where the contract has one."""
    for name, target in _ASIDES:
        asides = columns[name].asides if name in columns and target in columns else None
        if asides is None or not asides.notna().any():
            continue
        own = rows[target]
        joined = own.str.cat(asides, sep="；") if target == "remark" else own
        rows[target] = none_for_null(own.where(asides.isna(), joined.where(own.notna(), asides)))


def _refuse_mostly_rejected(rows: pd.DataFrame, rejected: pd.DataFrame) -> None:
    for (source, file), group in rows.groupby(["source", "source_file"], sort=True):
        n_rows, n_rejected = len(group), int(group["is_rejected"].sum())
        if n_rows >= _MIN_ROWS_TO_JUDGE and n_rejected > _MAX_REJECTED_SHARE * n_rows:
            first = rejected.loc[rejected["source_file"] == file, "message"].value_counts().index[0]
            raise TOO_MANY_REJECTED.refuse(str(source), str(file), n_rows=n_rows, n_rejected=n_rejected, first=first)


def _unique_ids(rows: pd.DataFrame, contract: FeedContract, key: bytes) -> pd.Series:
    """Keyed hash of source, content and, among identical rows, the occurrence number."""
    content = [rows["source"], *(rows[name] for name in contract.names())]
    ids = keyed_hashes([*content, pd.Series("0", index=rows.index, dtype=object)], key)
    occurrence = ids.groupby(ids).cumcount()
    again = occurrence > 0
    if again.any():
        ids[again] = keyed_hashes([*(column[again] for column in content), occurrence[again].astype(str)], key)
    return ids


def _with_place(rows: pd.DataFrame, tables: list[RawTable], contract: FeedContract, spec: SourceSpec) -> pd.DataFrame:
    """Area of the source, and townships as the reference table spells them; titles fill the rows that name none."""
    area = spec.area or ""
    rows["area"] = pd.Series(area if len(area) == 6 else None, index=rows.index, dtype=object)
    if "township" not in contract.names():
        return rows
    titled = {(table.source_file, table.source_sheet): _township_of(table, area) for table in tables}
    places = pd.MultiIndex.from_frame(rows[["source_file", "source_sheet"]])
    from_title = pd.Series(places.map(titled), index=rows.index, dtype=object)
    own = map_unique(rows["township"], lambda text: township_name(text, area))
    rows["township"] = none_for_null(own.where(own.notna(), from_title))
    return rows


def _township_of(table: RawTable, area: str) -> str | None:
    """The township that the title, else the sheet's name, else the file's name speaks of."""
    texts = (" ".join(table.title_lines), table.source_sheet, PurePosixPath(table.source_file).stem)
    return next((place for text in texts if (place := township_in(text, area))), None)
