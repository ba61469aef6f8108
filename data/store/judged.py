"""What do people say of these few records? The live judgements about them, without reading the whole ledger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, or_, select

from data.model import Judgement
from data.store.ledger import standing
from data.store.tables import JUDGEMENTS, LINKS

_ROW = JUDGEMENTS.c


@dataclass(frozen=True)
class Judged:
    """The live judgement of a pair (unique_id_l < unique_id_r)."""

    judgement_id: int
    run_area: str
    unique_id_l: str
    unique_id_r: str
    judgement: Judgement
    reviewer: str
    reason: str
    item_id: str | None
    decided_at: datetime

    def other(self, unique_id: str) -> str:
        """The pair's other record."""
        return self.unique_id_r if unique_id == self.unique_id_l else self.unique_id_l


_COLUMNS = tuple(_ROW[name] for name in Judged.__dataclass_fields__)


def live_about(connection: Connection, book: str, unique_ids: Collection[str]) -> list[Judged]:
    """The live judgements of pairs with one of these records, in order of judgement_id; see ledger.live_query."""
    around = [book[:length] for length in range(1, len(book) + 1)]
    concerns = or_(_ROW.run_area.startswith(book, autoescape=True), _ROW.run_area.in_(around))
    about = or_(_ROW.unique_id_l.in_(unique_ids), _ROW.unique_id_r.in_(unique_ids))
    query = select(*_COLUMNS).where(about, concerns, standing()).order_by(_ROW.judgement_id)
    newest: dict[tuple[str, str], Judged] = {}
    for row in connection.execute(query).mappings():
        one = Judged(**{**row, "judgement": Judgement(row["judgement"])})
        newest.pop((one.unique_id_l, one.unique_id_r), None)
        newest[one.unique_id_l, one.unique_id_r] = one
    return list(newest.values())


def persons_of(connection: Connection, book: str, unique_ids: Collection[str]) -> dict[str, str]:
    """unique_id -> person_id as published; absent for records that belong to nobody."""
    query = select(LINKS.c.unique_id, LINKS.c.person_id).where(
        LINKS.c.run_area == book, LINKS.c.unique_id.in_(unique_ids)
    )
    return dict(connection.execute(query).tuples().all())
