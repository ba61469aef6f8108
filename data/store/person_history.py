"""What became of a person, and whom did a run affect? For the desk: rows, not frames, inside the reader's areas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, or_, select

from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from data.store.tables import CLASSIFICATIONS
from data.store.tables_persons import PERSON_CHANGES, PERSON_LINEAGE

Row = Mapping[str, Any]


def changes_of_run(
    store: Store, book: str, run_id: str, scope: Scope = EVERYTHING, limit: int = 200, offset: int = 0
) -> list[Row]:
    """The change feed of a run, by person: kind, before, after, n_records.

    A person belongs to the county of their class as published; who has none is seen by whoever sees the whole book.
    """
    changes, classes = PERSON_CHANGES.c, CLASSIFICATIONS.c
    is_its = (classes.run_area == changes.run_area) & (classes.person_id == changes.person_id)
    query = select(PERSON_CHANGES).outerjoin_from(PERSON_CHANGES, CLASSIFICATIONS, is_its)
    query = query.where(changes.run_area == book, changes.run_id == run_id)
    inside = scope.rows(book, classes.area)
    query = query if inside is None else query.where(inside)
    with store.read() as connection:
        rows = connection.execute(query.order_by(changes.person_id, changes.change_id).limit(limit).offset(offset))
        return [dict(row) for row in rows.mappings()]


def lineage_of_person(connection: Connection, book: str, person_id: str) -> list[Row]:
    """Every lineage row that a person is in, oldest first: from whom records came, to whom they went.

    Who may see the person is the caller's question, as for every page about one person.
    """
    rows = PERSON_LINEAGE.c
    is_in = or_(rows.from_person_id == person_id, rows.to_person_id == person_id)
    query = select(PERSON_LINEAGE).where(rows.run_area == book, is_in).order_by(rows.lineage_id)
    return [dict(row) for row in connection.execute(query).mappings()]


def changes_of_person(connection: Connection, book: str, person_id: str, kind: str) -> list[Row]:
    """The rows of one kind in the change feed about a person, oldest first; again the caller asks who may see them."""
    rows = PERSON_CHANGES.c
    query = select(PERSON_CHANGES).where(rows.run_area == book, rows.person_id == person_id, rows.kind == kind)
    return [dict(row) for row in connection.execute(query.order_by(rows.change_id)).mappings()]
