"""Which rows may enter? Raw tables under a contract become accepted rows, rejected rows and notes, each with a reason.

Nothing is lost: n_read = accepted + rejected + dropped. Columns outside the contract are counted and dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from data.contracts.code_systems import field_codes
from data.contracts.field import FeedContract
from data.contracts.frames import stacked
from data.contracts.parse import Context
from data.contracts.places import with_place
from data.contracts.reasons.rows import TOO_MANY_REJECTED
from data.contracts.table_rows import TableRows, read_rows
from data.contracts.tables import PROVENANCE
from data.errors import SourceFileError
from data.model import FeedKind
from data.privacy import keyed_hashes
from data.sources.raw import RawTable
from data.sources.spec import SourceSpec

_MIN_ROWS_TO_JUDGE = 10
_MAX_REJECTED_SHARE = 0.5


@dataclass(frozen=True)
class Counts:
    """What one file held. n_read: rows below the first header of each sheet. n_dropped: by kind, as in RawTable.
    n_unknown: header -> filled cells that were not taken."""

    n_read: int
    n_dropped: dict[str, int]
    n_unknown: dict[str, int]


@dataclass(frozen=True)
class Accepted:
    """What a contract made of one source.

    rows: unique_id, provenance, every canonical column of the contract (object, None for null), id_status if the
    contract has id_no, and area; ordered by provenance. rejected, notes: REJECTED_ROWS, one row a reason.
    counts: of each `source_file`. is_apart: no two files have rows alike, whose ids would hang on one another.
    """

    rows: pd.DataFrame
    rejected: pd.DataFrame
    notes: pd.DataFrame
    counts: dict[str, Counts]
    is_apart: bool

    @property
    def n_read(self) -> int:
        """Rows below the first header of each sheet."""
        return sum(count.n_read for count in self.counts.values())

    @property
    def n_dropped(self) -> dict[str, int]:
        """Rows left out by kind, as in RawTable, by name."""
        return dict(sorted(_summed(count.n_dropped for count in self.counts.values()).items()))

    @property
    def n_unknown_columns(self) -> dict[str, int]:
        """Header -> filled cells that were not taken, by header."""
        return dict(sorted(_summed(count.n_unknown for count in self.counts.values()).items()))

    @property
    def n_rejected(self) -> int:
        """Rows rejected; a row may have several reasons. n_read = len(rows) + n_rejected + all of n_dropped."""
        return len(self.rejected.drop_duplicates(list(PROVENANCE)))

    @property
    def n_by_reason(self) -> dict[str, int]:
        """Code of the catalogue -> how often it was said, rejections and notes together; for summaries."""
        codes = pd.concat([self.rejected["reason_code"], self.notes["reason_code"]])
        return {str(code): int(n) for code, n in codes.value_counts().sort_index().items()}


def accept(tables: list[RawTable], contract: FeedContract, spec: SourceSpec, key: bytes, as_of: date) -> Accepted:
    """Read every cell by its type, reject rows without what the contract needs, and give each row its unique_id.

    unique_id is a keyed hash of the source and the content: the file's name, its sheets and the order of rows do not
    matter. Raises SourceFileError if more than half of the rows of one file cannot be used.
    """
    accepted = accept_what_can_be(tables, contract, spec, key, as_of)
    if (refusal := mostly_rejected(accepted)) is not None:
        raise refusal
    return accepted


def accept_what_can_be(
    tables: list[RawTable], contract: FeedContract, spec: SourceSpec, key: bytes, as_of: date
) -> Accepted:
    """The same without judging the file: for telling its owner of every row, however many are rejected."""
    context = Context(as_of, field_codes(spec.kind, spec.code_system))
    parts = [read_rows(table, contract, spec, context) for table in tables]
    accepted = stacked([part.rows for part in parts])
    ids, is_apart = _unique_ids(accepted, contract, key)
    accepted.insert(0, "unique_id", ids)
    n_rows = [len(part.rows) for part in parts]
    return Accepted(
        rows=with_place(accepted, tables, n_rows, spec.area or "", is_roster=spec.kind is FeedKind.MEMBER_ROSTER),
        rejected=pd.concat([part.rejected for part in parts], ignore_index=True),
        notes=pd.concat([part.notes for part in parts], ignore_index=True),
        counts=_counts(tables, parts),
        is_apart=is_apart,
    )


def _counts(tables: Sequence[RawTable], parts: Sequence[TableRows]) -> dict[str, Counts]:
    of_file: dict[str, list[tuple[RawTable, TableRows]]] = {}
    for table, part in zip(tables, parts, strict=True):
        of_file.setdefault(table.source_file, []).append((table, part))
    return {
        file: Counts(
            sum(part.n_rows + sum(table.n_dropped.values()) for table, part in own),
            dict(_summed(table.n_dropped for table, _ in own)),
            dict(_summed(part.n_unknown for _, part in own)),
        )
        for file, own in of_file.items()
    }


def _summed(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return total


def mostly_rejected(accepted: Accepted) -> SourceFileError | None:
    """The refusal of the first file of which more than half of the rows cannot be used; None if there is none."""
    rejected = accepted.rejected.drop_duplicates(list(PROVENANCE))
    n_kept = Counter(accepted.rows["source_file"])
    for file, rows in rejected.groupby("source_file", sort=True):
        n_rejected, n_rows = len(rows), len(rows) + n_kept[str(file)]
        if n_rows >= _MIN_ROWS_TO_JUDGE and n_rejected > _MAX_REJECTED_SHARE * n_rows:
            first = accepted.rejected.loc[accepted.rejected["source_file"] == file, "message"].value_counts().index[0]
            source = str(rows["source"].iloc[0])
            return TOO_MANY_REJECTED.refuse(source, str(file), n_rows=n_rows, n_rejected=n_rejected, first=first)
    return None


def _unique_ids(rows: pd.DataFrame, contract: FeedContract, key: bytes) -> tuple[pd.Series, bool]:
    """Keyed hash of source, content and, among identical rows, the occurrence number; are these all of one file?"""
    content = [rows["source"], *(rows[name] for name in contract.names())]
    ids = keyed_hashes([*content, pd.Series("0", index=rows.index, dtype=object)], key)
    alike = ids[ids.duplicated(keep=False)]
    occurrence = alike.groupby(alike).cumcount()
    again = occurrence[occurrence > 0]
    if not len(again):
        return ids, True
    is_apart = bool((rows["source_file"][alike.index].groupby(alike).nunique() == 1).all())
    ids[again.index] = keyed_hashes([*(column[again.index] for column in content), again.astype(str)], key)
    return ids, is_apart
