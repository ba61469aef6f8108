"""Questions alike in every comparison: which patterns there are, and which open questions have one.

The pattern of a match with a single candidate is its match key, as it was stored with the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, cast, func, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from data.model import QueueKind, QueueState
from data.store.clock import utc_now
from data.store.queue import Item
from data.store.queue_filter import may_read
from data.store.readings import GOLD, SECOND, Reading, standing_readings
from data.store.scope import Scope
from data.store.session import Store
from data.store.tables import QUEUE_ITEMS
from data.store.tables_readings import READING_STAGES, READINGS

_ITEM = QUEUE_ITEMS.c


@dataclass(frozen=True)
class Pattern:
    """A comparison pattern of open matches: how many wait, how many were read one by one, and how many of those said
    that it is the same person."""

    text: str
    n_open: int
    n_read: int
    n_agreeing: int


def patterns(store: Store, book: str, scope: Scope, limit: int = 50) -> list[Pattern]:
    """The patterns with most open questions first."""
    with store.read() as connection:
        key = _pattern(connection).label("pattern")
        query = select(key, func.count().label("n")).where(*_single(connection, book, scope)).group_by(key)
        waiting = connection.execute(query.order_by(func.count().desc(), key).limit(limit)).all()
        read = _read(connection, book, [row.pattern for row in waiting])
    return [Pattern(row.pattern, row.n, *read.get(row.pattern, (0, 0))) for row in waiting if row.pattern]


def pattern_counts(connection: Connection, book: str, text: str) -> tuple[int, int]:
    """How many questions of the pattern people have read one by one, and how many of them said: the same person."""
    return _read(connection, book, [text]).get(text, (0, 0))


def items_of_pattern(
    connection: Connection, book: str, text: str, reviewer: str, scope: Scope, limit: int
) -> list[Item]:
    """Open questions of the pattern that the person may answer now, in an order that nobody chose (ids are hashes)."""
    free = or_(_ITEM.leased_until.is_(None), _ITEM.leased_until <= utc_now(), _ITEM.leased_by == reviewer)
    # What somebody has read already waits for another reader: it is read, not waved through.
    same = (READING_STAGES.c.run_area == book) & (READING_STAGES.c.item_id == _ITEM.item_id)
    unread = ~select(READING_STAGES.c.item_id).where(same).exists()
    query = select(QUEUE_ITEMS).where(*_single(connection, book, scope), _pattern(connection) == text)
    query = query.where(free, unread, may_read(reviewer, is_adjudicator=False)).order_by(_ITEM.item_id)
    return [dict(row) for row in connection.execute(query.limit(limit).with_for_update(of=QUEUE_ITEMS)).mappings()]


def of_batch(store: Store, book: str, batch_id: str) -> list[Reading]:
    """The standing answers of a bulk decision."""
    query = standing_readings().where(READINGS.c.run_area == book, READINGS.c.batch_id == batch_id)
    with store.read() as connection:
        rows = connection.execute(query.order_by(READINGS.c.reading_id)).mappings()
        return [Reading(**row) for row in rows]


def _read(connection: Connection, book: str, texts: Sequence[str]) -> dict[str, tuple[int, int]]:
    columns = (READINGS.c.pattern, READINGS.c.answer)
    query = standing_readings(*columns).where(READINGS.c.run_area == book, READINGS.c.pattern.in_(texts))
    query = query.where(READINGS.c.stage.not_in([GOLD, SECOND]), READINGS.c.batch_id.is_(None))
    found: dict[str, tuple[int, int]] = {}
    for pattern, answer in connection.execute(query).tuples():
        n_read, n_agreeing = found.get(pattern, (0, 0))
        found[pattern] = (n_read + 1, n_agreeing + (answer == "candidate"))
    return found


def _single(connection: Connection, book: str, scope: Scope) -> list[ColumnElement[bool]]:
    """Open matches with one candidate, in scope."""
    open_match = [_ITEM.run_area == book, _ITEM.state == QueueState.OPEN, _ITEM.kind == QueueKind.MATCH]
    inside = scope.rows(book, _ITEM.area)
    length = func.jsonb_array_length(cast(_ITEM.candidates, JSONB)) if _is_postgres(connection) else None
    one = (func.json_array_length(_ITEM.candidates) if length is None else length) == 1
    return [*open_match, one] if inside is None else [*open_match, one, inside]


def _pattern(connection: Connection) -> ColumnElement[str]:
    if _is_postgres(connection):
        found: ColumnElement[str] = cast(_ITEM.candidates, JSONB)[0]["match_key"].astext
        return found
    return func.json_extract(_ITEM.candidates, "$[0].match_key")


def _is_postgres(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
