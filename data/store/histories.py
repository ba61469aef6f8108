"""What was published and decided about the person of a question, for whoever decides the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, or_, select

from data.store.judged import Judged, live_about
from data.store.person_history import changes_of_person, lineage_of_person
from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from data.store.tables import CLASSIFICATIONS, FINDINGS, LINKS, QUEUE_ITEMS
from data.store.tables_readings import RECORD_CARDS

Row = Mapping[str, Any]
_MOST = 100


@dataclass(frozen=True)
class History:
    """person_id is null where the record belongs to nobody; the rest is empty then, but for its own record.

    n_elsewhere: records of the person outside the reader's areas, of which nothing else is told. lineage: from whom
    records came and to whom they went; classes: the nights on which the class changed.
    """

    person_id: str | None
    unique_ids: tuple[str, ...]
    n_elsewhere: int
    classification: Row | None
    findings: tuple[Row, ...]
    questions: tuple[Row, ...]
    judgements: tuple[Judged, ...]
    lineage: tuple[Row, ...]
    classes: tuple[Row, ...]


def history_of(store: Store, book: str, unique_id: str, person_id: str | None, scope: Scope = EVERYTHING) -> History:
    """Everything in scope about the person that the record belongs to, at most a hundred rows of each.

    The record itself is the caller's to allow. What is said of the person and not of a record belongs to the county of
    their class.
    """
    with store.read() as connection:
        link = (LINKS.c.run_area == book) & (LINKS.c.unique_id == unique_id)
        person = person_id or connection.execute(select(LINKS.c.person_id).where(link)).scalar()
        ids, n_elsewhere = _records(connection, book, unique_id, person, scope)
        of_person = (CLASSIFICATIONS.c.run_area == book) & (CLASSIFICATIONS.c.person_id == person)
        classes = _rows(connection, select(CLASSIFICATIONS).where(of_person, *_inside(scope, book, CLASSIFICATIONS)))
        # Of somebody else's member nothing but one's own records.
        is_theirs = scope.sees_all(book) or bool(classes)
        said = FINDINGS.c.unique_id.in_(ids)
        about = or_(said, FINDINGS.c.person_id == person) if is_theirs else said
        findings = select(FINDINGS).where(FINDINGS.c.run_area == book, about).order_by(FINDINGS.c.finding_id)
        items = QUEUE_ITEMS.c
        asked = or_(items.unique_id.in_(ids), items.person_id == person)
        questions = select(QUEUE_ITEMS).where(items.run_area == book, asked, *_inside(scope, book, QUEUE_ITEMS))
        questions = questions.order_by(items.decided_at, items.item_id)
        told = person if is_theirs else None
        return History(
            person_id=person,
            unique_ids=ids,
            n_elsewhere=n_elsewhere,
            classification=classes[0] if classes else None,
            findings=tuple(_rows(connection, findings.limit(_MOST))),
            questions=tuple(_rows(connection, questions.limit(_MOST))),
            judgements=tuple(live_about(connection, book, ids)[:_MOST]),
            lineage=tuple(lineage_of_person(connection, book, told)[-_MOST:]) if told else (),
            classes=tuple(changes_of_person(connection, book, told, "class")[-_MOST:]) if told else (),
        )


def _records(
    connection: Connection, book: str, unique_id: str, person: str | None, scope: Scope
) -> tuple[tuple[str, ...], int]:
    """The person's records in scope, the record itself always among them, and how many there are beside."""
    if person is None:
        return (unique_id,), 0
    own = select(LINKS.c.unique_id).where(LINKS.c.run_area == book, LINKS.c.person_id == person)
    every = set(connection.execute(own).scalars()) | {unique_id}
    cards = RECORD_CARDS.c
    inside = scope.rows(book, cards.area)
    if inside is None:
        seen = every
    else:
        mine = select(cards.unique_id).where(cards.run_area == book, cards.unique_id.in_(every), inside)
        seen = set(connection.execute(mine).scalars()) | {unique_id}
    return tuple(sorted(seen)[:_MOST]), len(every) - len(seen)


def _inside(scope: Scope, book: str, table: Table) -> list[ColumnElement[bool]]:
    condition = scope.rows(book, table.c.area)
    return [] if condition is None else [condition]


def _rows(connection: Connection, query: Select[Any]) -> Sequence[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]
