"""What becomes of decisions when a night asks the same again? Equal question: they stand. Changed: it reopens.

One routine serves findings and queue items: rows that the machine proposes and a reviewer decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Table, bindparam, select, update

from data.digests import spelled
from data.model import QueueState
from data.store.frames import read_frame, records, write_frame
from data.store.tables import FINDINGS, QUEUE_ITEMS
from data.store.transitions import FindingState


@dataclass(frozen=True)
class Decidable:
    """A table of questions: its key, the state of a fresh one, the states of a decided one, what the machine writes."""

    table: Table
    key: str
    fresh: str
    decided: tuple[str, ...]
    shown: tuple[str, ...]

    def cleared(self) -> dict[str, Any]:
        """The reviewer's columns of a question that nobody has answered."""
        names = ("decided_by", "decided_at", "decision_reason", "choice", "leased_by", "leased_until")
        return {name: None for name in names if name in self.table.c}


FINDING_ROWS = Decidable(
    FINDINGS,
    "finding_id",
    FindingState.PROPOSED,
    (FindingState.UPHELD, FindingState.DISMISSED),
    ("rule_code", "evidence_grade", "unique_id", "person_id", "is_false_entry", "message", "evidence"),
)

QUEUE_ROWS = Decidable(
    QUEUE_ITEMS,
    "item_id",
    QueueState.OPEN,
    (QueueState.DECIDED,),
    ("kind", "unique_id", "person_id", "shown", "candidates", "evidence", "priority", "reason", "area", "township"),
)


@dataclass(frozen=True)
class Merged:
    """What a night did to the questions; `reopened` are the keys of decided ones whose content changed."""

    n_new: int
    n_kept: int
    n_withdrawn: int
    reopened: tuple[str, ...]


def merge_rows(connection: Connection, kind: Decidable, area: str, run_id: str, rows: pd.DataFrame) -> Merged:
    """Bring a book's questions to what this run asks. `rows`: the key, the shown columns and `content_hash`.

    New ones are inserted; undecided ones show the newest text; decided ones stand while their content hash is equal,
    and reopen otherwise; ones no longer asked are withdrawn, or, when decided, kept with `is_current` false.
    """
    book = _book(connection, kind, area)
    rows = rows[[kind.key, *kind.shown, "content_hash"]]
    _insert(connection, kind, area, run_id, rows[~rows[kind.key].isin(book[kind.key])])
    both = book.merge(rows, on=kind.key, suffixes=("_was", ""))
    is_decided = both["state"].isin(kind.decided)
    is_equal = both["content_hash_was"].map(spelled) == both["content_hash"]
    reopened = both[is_decided & ~is_equal]
    _ask_again(connection, kind, area, reopened)
    undecided = both[~is_decided]
    _ask_again(connection, kind, area, undecided[~undecided["is_current"].astype(bool)])
    _show(connection, kind, area, undecided[_differs(undecided, kind.shown) | ~(is_equal[~is_decided])])
    returned = both[is_decided & is_equal & ~both["is_current"].astype(bool)]
    _update(connection, kind, area, returned[[kind.key]].assign(is_current=True))
    n_withdrawn = _leave(connection, kind, area, book[~book[kind.key].isin(rows[kind.key])])
    n_new = len(rows) - len(both)
    return Merged(n_new, len(both) - len(reopened), n_withdrawn, tuple(sorted(reopened[kind.key])))


def _book(connection: Connection, kind: Decidable, area: str) -> pd.DataFrame:
    table = kind.table.c
    columns = (table[name] for name in (kind.key, *kind.shown, "content_hash", "state", "is_current", "version"))
    return read_frame(connection, select(*columns).where(table.run_area == area))


def _insert(connection: Connection, kind: Decidable, area: str, run_id: str, new: pd.DataFrame) -> None:
    fresh = new.assign(run_area=area, first_run_id=run_id, state=str(kind.fresh), is_current=True, version=1)
    write_frame(connection, kind.table, fresh)


def _ask_again(connection: Connection, kind: Decidable, area: str, rows: pd.DataFrame) -> None:
    """Decided before and changed since, or not asked for a while: a fresh question, one version further."""
    values = rows[[kind.key, *kind.shown, "content_hash"]]
    fresh = {"state": str(kind.fresh), "is_current": True, **kind.cleared()}
    _update(connection, kind, area, values.assign(version=rows["version"] + 1, **fresh))


def _show(connection: Connection, kind: Decidable, area: str, rows: pd.DataFrame) -> None:
    _update(connection, kind, area, rows[[kind.key, *kind.shown, "content_hash"]])


def _leave(connection: Connection, kind: Decidable, area: str, absent: pd.DataFrame) -> int:
    decided = absent[absent["state"].isin(kind.decided) & absent["is_current"].astype(bool)]
    _update(connection, kind, area, decided[[kind.key]].assign(is_current=False))
    # A fresh one need not be current: the decision of a question no longer asked may have been undone.
    fresh = absent[absent["state"] == kind.fresh]
    _update(connection, kind, area, fresh[[kind.key]].assign(is_current=False, state=str(QueueState.WITHDRAWN)))
    return len(fresh)


def _differs(rows: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    was = rows[[f"{name}_was" for name in names]].set_axis(list(names), axis=1)
    now = rows[list(names)]
    return ((was != now) & ~(was.isna() & now.isna())).any(axis=1)


def _update(connection: Connection, kind: Decidable, area: str, rows: pd.DataFrame) -> None:
    """One UPDATE a row, sent as one batch; `rows` are the few that a night changes."""
    if rows.empty:
        return
    table = kind.table
    key = (table.c.run_area == area) & (table.c[kind.key] == bindparam("row_key"))
    values: dict[str, object] = {str(name): bindparam(str(name)) for name in rows.columns if name != kind.key}
    connection.execute(update(table).where(key).values(values), records(rows.rename(columns={kind.key: "row_key"})))
