"""What is shown of every record that belongs to a person: replaced by each run, searched from the desk.

Records of the enterprise side that belong to nobody are not here (guard-rail 2): nobody can look them up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select

from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from data.store.tables import LINKS
from data.store.tables_readings import RECORD_CARDS

_CARD = RECORD_CARDS.c


@dataclass(frozen=True)
class RecordCard:
    """A record as the desk shows it: masked values by field, and the person that it belongs to."""

    unique_id: str
    person_id: str | None
    area: str | None
    shown: dict[str, Any]


def search_cards(store: Store, book: str, text: str, scope: Scope = EVERYTHING, limit: int = 20) -> list[RecordCard]:
    """Records whose name begins with the text or whose employer contains it, names first."""
    begins = _CARD.name.startswith(text, autoescape=True)
    found = _select(book, scope).where(begins | _CARD.employer.contains(text, autoescape=True))
    return _cards(store, found.order_by(begins.desc(), _CARD.name, _CARD.unique_id).limit(limit))


def cards_of(store: Store, book: str, unique_ids: Sequence[str], scope: Scope = EVERYTHING) -> list[RecordCard]:
    """These records, as far as they are there and in scope."""
    return _cards(store, _select(book, scope).where(_CARD.unique_id.in_(unique_ids)).order_by(_CARD.unique_id))


def _select(book: str, scope: Scope) -> Select[Any]:
    same = (LINKS.c.run_area == _CARD.run_area) & (LINKS.c.unique_id == _CARD.unique_id)
    query = select(RECORD_CARDS, LINKS.c.person_id).join(LINKS, same, isouter=True).where(_CARD.run_area == book)
    inside = scope.rows(book, _CARD.area)
    return query if inside is None else query.where(or_(inside))


def _cards(store: Store, query: Select[Any]) -> list[RecordCard]:
    with store.read() as connection:
        rows = connection.execute(query).all()
    return [RecordCard(row.unique_id, row.person_id, row.area, json.loads(row.shown)) for row in rows]
