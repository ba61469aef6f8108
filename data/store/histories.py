"""What was published and decided about the person of a question, for whoever decides the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from data.store.judged import Judged, live_about
from data.store.session import Store
from data.store.tables import CLASSIFICATIONS, FINDINGS, LINKS, QUEUE_ITEMS

Row = Mapping[str, Any]
_MOST = 100


@dataclass(frozen=True)
class History:
    """person_id is null where the record belongs to nobody; the rest is empty then, but for its own record."""

    person_id: str | None
    unique_ids: tuple[str, ...]
    classification: Row | None
    findings: tuple[Row, ...]
    questions: tuple[Row, ...]
    judgements: tuple[Judged, ...]


def history_of(store: Store, book: str, unique_id: str, person_id: str | None) -> History:
    """Everything about the person that the record belongs to, at most a hundred rows of each."""
    with store.read() as connection:
        link = (LINKS.c.run_area == book) & (LINKS.c.unique_id == unique_id)
        person = person_id or connection.execute(select(LINKS.c.person_id).where(link)).scalar()
        own = (LINKS.c.run_area == book) & (LINKS.c.person_id == person)
        linked = connection.execute(select(LINKS.c.unique_id).where(own).limit(_MOST)).scalars() if person else ()
        ids = tuple(sorted({unique_id, *linked}))
        of_person = (CLASSIFICATIONS.c.run_area == book) & (CLASSIFICATIONS.c.person_id == person)
        classes = _rows(connection, select(CLASSIFICATIONS).where(of_person))
        about = or_(FINDINGS.c.unique_id.in_(ids), FINDINGS.c.person_id == person)
        findings = select(FINDINGS).where(FINDINGS.c.run_area == book, about).order_by(FINDINGS.c.finding_id)
        asked = (QUEUE_ITEMS.c.run_area == book) & (
            QUEUE_ITEMS.c.unique_id.in_(ids) | (QUEUE_ITEMS.c.person_id == person)
        )
        questions = select(QUEUE_ITEMS).where(asked).order_by(QUEUE_ITEMS.c.decided_at, QUEUE_ITEMS.c.item_id)
        return History(
            person_id=person,
            unique_ids=ids,
            classification=classes[0] if classes else None,
            findings=tuple(_rows(connection, findings.limit(_MOST))),
            questions=tuple(_rows(connection, questions.limit(_MOST))),
            judgements=tuple(live_about(connection, book, ids)[:_MOST]),
        )


def _rows(connection: Connection, query: Select[Any]) -> Sequence[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]
