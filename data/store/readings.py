"""Who read which question, and what did they answer? Append-only; an undoing is a new row that names the one undone.

What the readings of a question lead to is decided by review.readings, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, exists, func, insert, select, update

from data.store.guard import masked
from data.store.people import require_reviewer
from data.store.queue import Item
from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from data.store.tables import QUEUE_ITEMS
from data.store.tables_readings import READING_STAGES, READINGS

SECOND, ADJUDICATION, FIRST, GOLD = "second", "adjudication", "first", "gold"

_ROW = READINGS.c


@dataclass(frozen=True)
class Reading:
    """One standing answer. `answer` is a value of review.choices.Answer, `chosen` the record it names."""

    reading_id: int
    item_id: str
    version: int
    kind: str
    stage: str
    reviewer: str
    answer: str
    chosen: str | None
    reason: str
    batch_id: str | None
    read_at: datetime

    def says(self) -> tuple[str, str | None]:
        """What two readers are compared by."""
        return self.answer, self.chosen


_READ = tuple(_ROW[name] for name in Reading.__dataclass_fields__)


def add_reading(
    connection: Connection,
    item: Item,
    *,
    stage: str,
    reviewer: str,
    answer: str,
    chosen: str | None,
    reason: str,
    now: datetime,
    pattern: str | None = None,
    batch_id: str | None = None,
) -> int:
    """Append an answer to the question as it stands; returns its reading_id. The caller writes the audit row."""
    require_reviewer(reviewer)
    values = {
        **_of(item),
        "kind": item["kind"],
        "stage": stage,
        "reviewer": reviewer,
        "answer": answer,
        "chosen": chosen,
        "reason": masked(reason),
        "pattern": pattern,
        "batch_id": batch_id,
        "read_at": now,
    }
    return _inserted(connection, values)


def withdraw_readings(
    connection: Connection, item: Item, which: Iterable[Reading], reviewer: str, reason: str, now: datetime
) -> None:
    """Say that these answers no longer hold."""
    for reading in which:
        values = {
            **_of(item),
            "version": reading.version,
            "kind": item["kind"],
            "stage": reading.stage,
            "reviewer": reviewer,
            "reason": masked(reason),
            "withdraws": reading.reading_id,
            "read_at": now,
        }
        _inserted(connection, values)


def readings_of(connection: Connection, item: Item) -> list[Reading]:
    """The standing answers to the question as it stands, oldest first; gold readings are none of them."""
    mine = (_ROW.run_area == item["run_area"]) & (_ROW.item_id == item["item_id"]) & (_ROW.stage != GOLD)
    current = (_ROW.version == item["version"]) & (_ROW.content_hash == item["content_hash"])
    return _found(connection, standing_readings().where(mine, current).order_by(_ROW.reading_id))


def last_of(store: Store, book: str, reviewer: str, limit: int) -> list[Reading]:
    """The newest standing answers of a person, newest first."""
    query = standing_readings().where(_ROW.run_area == book, _ROW.reviewer == reviewer)
    with store.read() as connection:
        return _found(connection, query.order_by(_ROW.reading_id.desc()).limit(limit))


def answered_since(store: Store, book: str, reviewer: str, moment: datetime) -> list[datetime]:
    """When a person answered since then, in order; undone answers do not count."""
    query = standing_readings(_ROW.read_at).where(_ROW.run_area == book, _ROW.reviewer == reviewer)
    with store.read() as connection:
        return list(connection.execute(query.where(_ROW.read_at >= moment).order_by(_ROW.reading_id)).scalars())


def readings_between(store: Store, book: str, since: datetime, scope: Scope = EVERYTHING) -> list[Reading]:
    """Every standing answer of a book since then, oldest first: what agreement is computed from."""
    query = standing_readings().where(_ROW.run_area == book, _ROW.read_at >= since, *about_items(READINGS, book, scope))
    with store.read() as connection:
        return _found(connection, query.order_by(_ROW.reading_id))


def standing_readings(*columns: ColumnElement[Any]) -> Select[Any]:
    """Select answers that no row withdraws."""
    later = READINGS.alias("withdrawal")
    undone = exists().where(later.c.withdraws == _ROW.reading_id)
    return select(*(columns or _READ)).where(_ROW.answer.is_not(None), ~undone)


def stage_of(connection: Connection, item: Item) -> str | None:
    """`second` or `adjudication` when the question as it stands waits for that; null when nobody has read it."""
    stage = READING_STAGES.c
    current = (stage.version == item["version"]) & (stage.content_hash == item["content_hash"])
    return connection.execute(select(stage.stage).where(_key(item), current)).scalar()


def set_stage(connection: Connection, item: Item, stage: str | None) -> None:
    """What the question waits for from now on; null when it is decided or nobody's answer stands."""
    values = {"version": item["version"], "content_hash": item["content_hash"], "stage": stage}
    if stage is None:
        connection.execute(delete(READING_STAGES).where(_key(item)))
    elif not connection.execute(update(READING_STAGES).where(_key(item)).values(values)).rowcount:
        key = {"run_area": item["run_area"], "item_id": item["item_id"]}
        connection.execute(insert(READING_STAGES).values(**key, **values))


def count_stages(store: Store, book: str, scope: Scope = EVERYTHING) -> Mapping[str, int]:
    """How many questions of a book wait for a second reader and for an adjudicator."""
    query = select(READING_STAGES.c.stage, func.count()).where(READING_STAGES.c.run_area == book)
    query = query.where(*about_items(READING_STAGES, book, scope))
    with store.read() as connection:
        return dict(connection.execute(query.group_by(READING_STAGES.c.stage)).tuples().all())


def about_items(table: Table, book: str, scope: Scope) -> list[ColumnElement[bool]]:
    """The condition on rows of a table with run_area and item_id: about questions in scope."""
    inside = scope.rows(book, QUEUE_ITEMS.c.area)
    same = (QUEUE_ITEMS.c.run_area == table.c.run_area) & (QUEUE_ITEMS.c.item_id == table.c.item_id)
    return [] if inside is None else [exists().where(same, inside)]


def _found(connection: Connection, query: Select[Any]) -> list[Reading]:
    return [Reading(**row) for row in connection.execute(query).mappings()]


def _of(item: Item) -> dict[str, Any]:
    return {name: item[name] for name in ("run_area", "item_id", "version", "content_hash")}


def _key(item: Item) -> ColumnElement[bool]:
    return and_(READING_STAGES.c.run_area == item["run_area"], READING_STAGES.c.item_id == item["item_id"])


def _inserted(connection: Connection, values: Mapping[str, Any]) -> int:
    key = connection.execute(insert(READINGS).values(values)).inserted_primary_key
    assert key is not None, "the database numbers readings"
    return int(key[0])
