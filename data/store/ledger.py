"""What did people say of pairs? Append-only: a later judgement supersedes, a withdrawal is a new row, nothing is lost.

Live is the newest judgement of a pair that no row withdraws, so there is never more than one, and undoing a
judgement brings back the one it superseded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, insert, or_, select

from data.model import Judgement
from data.store import audit
from data.store.clock import utc_now
from data.store.guard import masked, masked_json
from data.store.people import require_reason, require_reviewer
from data.store.session import Store
from data.store.tables import JUDGEMENTS


@dataclass(frozen=True)
class Statement:
    """One answer about one pair. The two records may come in either order; `evidence` is what the reviewer saw.

    `item_id` is the queue item it answers, null when given outside the queue; `run_id` the run that asked.
    """

    unique_id_l: str
    unique_id_r: str
    judgement: Judgement
    evidence: Mapping[str, Any] = field(default_factory=dict)
    run_id: str | None = None
    item_id: str | None = None

    def pair(self) -> tuple[str, str]:
        """The pair as the ledger keeps it: smaller id first. ValueError for a record with itself."""
        if self.unique_id_l == self.unique_id_r:
            raise ValueError("a judgement needs two records")
        return min(self.unique_id_l, self.unique_id_r), max(self.unique_id_l, self.unique_id_r)


def append_judgement(
    store: Store, area: str, statement: Statement, reviewer: str, reason: str, now: datetime | None = None
) -> int:
    """Append one judgement and its audit row; returns its judgement_id. Former ones stay as history."""
    with audit.changing(store) as connection:
        return append_statements(connection, area, [statement], reviewer, reason, now or utc_now())[0]


def append_statements(
    connection: Connection, area: str, statements: Sequence[Statement], reviewer: str, reason: str, now: datetime
) -> list[int]:
    """Append several judgements of one decision in the caller's transaction; one audit row for all."""
    require_reviewer(reviewer)
    ids = [_insert(connection, area, statement, reviewer, reason, now) for statement in statements]
    pairs = [[*statement.pair(), statement.judgement] for statement in statements]
    _note(connection, "judged", area, reviewer, reason, now, judgements=ids, pairs=pairs)
    return ids


def withdraw_judgement(
    store: Store, area: str, judgement_id: int, reviewer: str, reason: str, now: datetime | None = None
) -> None:
    """Say that a judgement no longer holds; a reason is required. ValueError when there is none to withdraw."""
    with audit.changing(store) as connection:
        withdraw(connection, area, JUDGEMENTS.c.judgement_id == judgement_id, reviewer, reason, now or utc_now())


def withdraw(
    connection: Connection, area: str, which: ColumnElement[bool], reviewer: str, reason: str, now: datetime
) -> list[int]:
    """Withdraw the standing judgements of a book that `which` selects; returns their ids. ValueError when none."""
    require_reviewer(reviewer)
    require_reason(reason)
    query = select(JUDGEMENTS).where(JUDGEMENTS.c.run_area == area, standing(), which)
    rows = connection.execute(query.order_by(JUDGEMENTS.c.judgement_id)).mappings().all()
    if not rows:
        raise ValueError("no standing judgement to withdraw")
    for row in rows:
        copied = {name: row[name] for name in ("unique_id_l", "unique_id_r", "run_id", "item_id", "run_area")}
        said = {"withdraws": row["judgement_id"], "reviewer": reviewer, "reason": masked(reason), "decided_at": now}
        connection.execute(insert(JUDGEMENTS).values(**copied, **said, evidence={}))
    ids = [row["judgement_id"] for row in rows]
    _note(connection, "judgement withdrawn", area, reviewer, reason, now, judgements=ids)
    return ids


def standing() -> ColumnElement[bool]:
    """Condition: the row is a judgement, and no row withdraws it."""
    later = JUDGEMENTS.alias("withdrawal")
    withdrawn = select(later.c.judgement_id).where(later.c.withdraws == JUDGEMENTS.c.judgement_id)
    return JUDGEMENTS.c.judgement.is_not(None) & ~withdrawn.exists()


def live_query(area: str) -> Select[Any]:
    """The live judgements that concern an area: of its own book, of books inside it and of books around it.

    A judgement is about two records wherever they appear: what a county decided holds in the province's run too.
    """
    rank = func.row_number().over(
        partition_by=(JUDGEMENTS.c.unique_id_l, JUDGEMENTS.c.unique_id_r), order_by=JUDGEMENTS.c.judgement_id.desc()
    )
    around = [area[:length] for length in range(1, len(area) + 1)]
    concerns = or_(JUDGEMENTS.c.run_area.startswith(area, autoescape=True), JUDGEMENTS.c.run_area.in_(around))
    ranked = select(*JUDGEMENTS.c, rank.label("newest_first")).where(concerns, standing()).subquery()
    return select(ranked).where(ranked.c.newest_first == 1).order_by(ranked.c.judgement_id)


def is_judged_since(store: Store, area: str, moment: datetime) -> bool:
    """Did anybody judge or withdraw a judgement in the book after that moment?"""
    newer = select(JUDGEMENTS.c.judgement_id).where(JUDGEMENTS.c.run_area == area, JUDGEMENTS.c.decided_at > moment)
    with store.read() as connection:
        return connection.execute(newer.limit(1)).first() is not None


def history(store: Store, unique_id_l: str, unique_id_r: str) -> list[Mapping[str, Any]]:
    """Every row about a pair, oldest first, withdrawals included."""
    left, right = min(unique_id_l, unique_id_r), max(unique_id_l, unique_id_r)
    query = select(JUDGEMENTS).where(JUDGEMENTS.c.unique_id_l == left, JUDGEMENTS.c.unique_id_r == right)
    with store.read() as connection:
        return [dict(row) for row in connection.execute(query.order_by(JUDGEMENTS.c.judgement_id)).mappings()]


def _insert(connection: Connection, area: str, statement: Statement, reviewer: str, reason: str, now: datetime) -> int:
    left, right = statement.pair()
    key = connection.execute(
        insert(JUDGEMENTS)
        .values(
            run_area=area,
            unique_id_l=left,
            unique_id_r=right,
            judgement=statement.judgement,
            reviewer=reviewer,
            reason=masked(reason),
            run_id=statement.run_id,
            item_id=statement.item_id,
            evidence=masked_json(statement.evidence),
            decided_at=now,
        )
        .returning(JUDGEMENTS.c.judgement_id)
    ).scalar_one()
    return int(key)


def _note(
    connection: Connection, action: str, area: str, reviewer: str, reason: str, now: datetime, **details: object
) -> None:
    audit.append(
        connection,
        now=now,
        actor=reviewer,
        action=action,
        subject=f"book {area}",
        details={"reason": reason, **details},
    )
