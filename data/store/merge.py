"""What becomes of decisions when a night asks the same again? Equal question: they stand. Changed: it reopens.

One routine serves findings and queue items: rows that the machine proposes and a reviewer decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, Table, bindparam, func, select, update

from data.contracts.frames import without_nan
from data.digests import spelled
from data.model import QueueState
from data.store.frames import read_frame, records, write_frame
from data.store.renewing import as_columns, differs, places
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


def merge_rows(
    connection: Connection,
    kind: Decidable,
    area: str,
    run_id: str,
    rows: pd.DataFrame,
    was: pa.Table | None = None,
) -> tuple[Merged, pd.DataFrame]:
    """Bring a book's questions to what this run asks; what it did, and the rows that wait for an answer now.

    rows: the key, the shown columns and `content_hash`. was: those of the night before as Arrow has them, where they
    are known without asking.

    New ones are inserted; undecided ones show the newest text; decided ones stand while their content hash is equal,
    and reopen otherwise; ones no longer asked are withdrawn, or, when decided, kept with `is_current` false.
    """
    asked = rows[[kind.key, *kind.shown, "content_hash"]]
    book, is_at_rest = _book(connection, kind, area, asked, was)
    rows = asked[~is_at_rest]
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
    n_kept = len(asked) - n_new - len(reopened)
    waiting = asked[~asked[kind.key].isin(both.loc[is_decided & is_equal, kind.key])]
    return Merged(n_new, n_kept, n_withdrawn, tuple(sorted(reopened[kind.key]))), waiting


def _book(
    connection: Connection, kind: Decidable, area: str, asked: pd.DataFrame, was: pa.Table | None
) -> tuple[pd.DataFrame, npt.NDArray[np.bool_]]:
    """What the book has, but for the questions at rest, and which of those asked these are.

    At rest is what nobody ever decided and the night before asked just so: the first version of a question shows what
    was published last.
    """
    table, names = kind.table.c, [kind.key, *kind.shown, "content_hash"]
    query = select(*(table[name] for name in (*names, "state", "is_current", "version")))
    query = query.where(table.run_area == area)
    if was is not None and set(names) <= set(was.column_names):
        is_untouched = (table.state == kind.fresh) & table.is_current.is_(True) & (table.version == 1)
        touched = read_frame(connection, query.where(~is_untouched))
        n_untouched = select(func.count()).select_from(kind.table).where(table.run_area == area, is_untouched)
        was = was.select(names).filter(pa.array(places(as_columns(touched[[kind.key]])[kind.key], was[kind.key]) < 0))
        if connection.execute(n_untouched).scalar_one() == len(was):
            place = places(was[kind.key], asked[kind.key])
            is_same = place >= 0
            is_same[is_same] = ~differs(was.take(place[is_same]), asked[is_same])
            is_other = np.ones(len(was), dtype=bool)
            is_other[place[is_same]] = False
            others = was.filter(pa.array(is_other)).to_pandas().assign(state=kind.fresh, is_current=True, version=1)
            return without_nan(pd.concat([frame for frame in (touched, others) if len(frame)] or [touched])), is_same
    return read_frame(connection, query), np.zeros(len(asked), dtype=bool)


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
