"""Questions whose answer is known: asked again without a sign, so that one sees how well people read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, insert, select

from data.errors import ConfigError
from data.model import QueueState
from data.store import audit
from data.store.clock import utc_now
from data.store.queue import Item, QueueFilter, item_for_change
from data.store.readings import GOLD, about_items, standing_readings
from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from data.store.tables import QUEUE_ITEMS
from data.store.tables_readings import GOLD_ASKED, GOLD_ITEMS, READINGS
from data.words import tr


@dataclass(frozen=True)
class GoldResult:
    """How often a person gave the known answer."""

    reviewer: str
    n_asked: int
    n_right: int


def make_gold(
    store: Store, book: str, item_id: str, answer: str, chosen: str | None, by: str, now: datetime | None = None
) -> None:
    """The decided answer of a question is known from now on. ConfigError when it is not decided or gold already."""
    now = now or utc_now()
    with audit.changing(store) as connection:
        item = item_for_change(connection, book, item_id)
        if item["state"] != QueueState.DECIDED or connection.execute(_gold(book, item_id)).first() is not None:
            raise ConfigError(
                tr(
                    "只有已决定且尚未设为金题的问题才能设为金题",
                    "only a decided question that is not gold yet can become gold",
                )
            )
        values = {"run_area": book, "item_id": item_id, "content_hash": item["content_hash"], "made_at": now}
        connection.execute(insert(GOLD_ITEMS).values(**values, answer=answer, chosen=chosen, made_by=by))
        subject = f"item {book}/{item_id}"
        audit.append(connection, now=now, actor=by, action="gold made", subject=subject, details={"answer": answer})


def ask_gold(store: Store, book: str, reviewer: str, scope: Scope, now: datetime | None = None) -> Item | None:
    """A gold item that the person has neither read nor been asked, noted as asked; null when there is none.

    An item they were asked and have not answered comes first. A question whose content changed is gold no more.
    """
    now = now or utc_now()
    with store.write() as connection:
        waiting = asked_item(connection, book, reviewer, None)
        if waiting is not None:
            return waiting
        same = (GOLD_ITEMS.c.run_area == QUEUE_ITEMS.c.run_area) & (GOLD_ITEMS.c.item_id == QUEUE_ITEMS.c.item_id)
        sound = GOLD_ITEMS.c.content_hash == QUEUE_ITEMS.c.content_hash
        read = exists().where(READINGS.c.run_area == book, _read_by(reviewer))
        query = select(QUEUE_ITEMS).join(GOLD_ITEMS, same & sound).where(QUEUE_ITEMS.c.run_area == book, ~read)
        query = query.where(*QueueFilter(state=None, scope=scope).conditions(book), GOLD_ITEMS.c.made_by != reviewer)
        row = connection.execute(query.order_by(GOLD_ITEMS.c.item_id).limit(1)).mappings().first()
        if row is not None:
            values = {"run_area": book, "reviewer": reviewer, "item_id": row["item_id"], "asked_at": now}
            connection.execute(insert(GOLD_ASKED).values(values))
    return None if row is None else dict(row)


def asked_item(connection: Connection, book: str, reviewer: str, item_id: str | None) -> Item | None:
    """The gold item (any, or this one) that the person was asked and has not answered; null when there is none."""
    asked = (GOLD_ASKED.c.run_area == book) & (GOLD_ASKED.c.reviewer == reviewer)
    same = (GOLD_ASKED.c.run_area == QUEUE_ITEMS.c.run_area) & (GOLD_ASKED.c.item_id == QUEUE_ITEMS.c.item_id)
    answered = standing_readings(READINGS.c.reading_id).where(READINGS.c.run_area == book, _read_by(reviewer))
    query = select(QUEUE_ITEMS).join(GOLD_ASKED, same).where(asked, ~answered.where(READINGS.c.stage == GOLD).exists())
    if item_id is not None:
        query = query.where(QUEUE_ITEMS.c.item_id == item_id)
    row = connection.execute(query.order_by(QUEUE_ITEMS.c.item_id).limit(1)).mappings().first()
    return None if row is None else dict(row)


def gold_results(store: Store, book: str, scope: Scope = EVERYTHING) -> list[GoldResult]:
    """Of every person who answered gold items: how many, and how many right."""
    same = (GOLD_ITEMS.c.run_area == READINGS.c.run_area) & (GOLD_ITEMS.c.item_id == READINGS.c.item_id)
    is_right = (GOLD_ITEMS.c.answer == READINGS.c.answer) & (
        func.coalesce(GOLD_ITEMS.c.chosen, "") == func.coalesce(READINGS.c.chosen, "")
    )
    query = standing_readings(READINGS.c.reviewer, is_right.label("is_right")).join(GOLD_ITEMS, same)
    query = query.where(READINGS.c.run_area == book, READINGS.c.stage == GOLD, *about_items(READINGS, book, scope))
    with store.read() as connection:
        answers = connection.execute(query).all()
    people = sorted({row.reviewer for row in answers})
    mine = {name: [bool(row.is_right) for row in answers if row.reviewer == name] for name in people}
    return [GoldResult(name, len(right), sum(right)) for name, right in mine.items()]


def _gold(book: str, item_id: str) -> Select[Any]:
    return select(GOLD_ITEMS.c.item_id).where(GOLD_ITEMS.c.run_area == book, GOLD_ITEMS.c.item_id == item_id)


def _read_by(reviewer: str) -> ColumnElement[bool]:
    return (READINGS.c.item_id == QUEUE_ITEMS.c.item_id) & (READINGS.c.reviewer == reviewer)
