"""What do the readings of a question lead to? A decision, a second reader, or a third who settles it.

Every answer is one append-only row; a decision is carried out in the transaction of the reading that completed it.
A second reader sees neither the first answer nor a score; who settles a disagreement gave neither answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from data.errors import InvalidTransition
from data.model import QueueKind, QueueState
from data.store import audit, gold, queue
from data.store.clock import utc_now
from data.store.people import require_reason, require_reviewer
from data.store.queue import Item
from data.store.readings import (
    ADJUDICATION,
    FIRST,
    GOLD,
    SECOND,
    Reading,
    add_reading,
    readings_of,
    set_stage,
    stage_of,
    withdraw_readings,
)
from data.store.session import Store
from data.store.tables import CLASSIFICATIONS
from data.words import tr
from review.choices import NEEDS_REASON, Answer, Choice, check_choice, choose
from review.conflicts import IdentityTaken, Resolution, claims_against, withdraw_claims
from review.effects import carry_out, take_back
from review.policy import policy
from review.view_models import Card, card

#: So many readings without two that agree go to an adjudicator.
_MOST_READERS = 3


@dataclass(frozen=True)
class Given:
    """An answer as somebody gives it. text: see review.choices.choose. seen: the question as they saw it, '' when not
    known. resolution: what shall hold where the answer contradicts an earlier one. batch_id: of a bulk answer."""

    text: str
    reviewer: str
    reason: str = ""
    seen: str = ""
    is_adjudicator: bool = False
    resolution: Resolution | None = None
    batch_id: str | None = None


def outcome(readings: Sequence[Reading], n_needed: int) -> Reading | str:
    """The reading that decides, or what the question waits for: `second` or `adjudication`.

    An adjudicator's word decides. Else `n_needed` people must say the same; unsure says nothing, but two people unsure
    leave the question unsure; three readings, or two definite ones that differ, go to adjudication.
    """
    if readings[-1].stage == ADJUDICATION:
        return readings[-1]
    definite = [reading for reading in readings if reading.answer != Answer.UNSURE]
    if any(one.says() != definite[0].says() for one in definite):
        return ADJUDICATION
    if len(definite) >= n_needed:
        return definite[-1]
    if not definite:
        return readings[-1] if len(readings) > 1 else SECOND
    return ADJUDICATION if len(readings) >= _MOST_READERS else SECOND


def answer(store: Store, area: str, item_id: str, given: Given, now: datetime | None = None) -> Card:
    """Read a question; returns its card as it stands then: decided, or open for another reader.

    Raises InvalidTransition when the item is decided, withdrawn, held by another, was read by this person already,
    waits for an adjudicator, or changed since they saw it; IdentityTaken when it contradicts an earlier answer and no
    resolution is given; ConfigError for an answer it does not take, a missing name
    or a missing reason.
    """
    now = now or utc_now()
    with audit.changing(store) as connection:
        return answer_in(connection, area, item_id, given, now)


def answer_in(connection: Connection, area: str, item_id: str, given: Given, now: datetime) -> Card:
    """The same in the caller's transaction, which holds the audit chain."""
    asked_gold = gold.asked_item(connection, area, given.reviewer, item_id)
    item = asked_gold or queue.item_for_change(connection, area, item_id)
    asked = card(item)
    choice = choose(asked, given.text)
    check_choice(asked, choice)
    if choice.answer in NEEDS_REASON:
        require_reason(given.reason)
    if given.seen and given.seen != as_seen(item):
        raise InvalidTransition(item_id, tr("问题已变", "changed"), QueueState.DECIDED)
    if asked_gold is not None:
        _add(connection, item, asked, choice, GOLD, given, now)
        _note(connection, item, given, now, stage=GOLD)
        return asked
    require_reviewer(given.reviewer)
    queue.check_free(item, given.reviewer, now)
    stage = _stage_for(connection, item, given)
    choice = _resolved(connection, area, asked, choice, stage, given, now)
    before = readings_of(connection, item)
    _add(connection, item, asked, choice, stage, given, now)
    _go_on(connection, area, item, asked, choice, readings_of(connection, item), before, given, now)
    return card(queue.item_for_change(connection, area, item_id))


def undo(
    store: Store,
    area: str,
    item_id: str,
    reviewer: str,
    reason: str,
    now: datetime | None = None,
    *,
    is_held: bool = False,
) -> Card:
    """Take an answer back: the question stands again; is_held: for this person, else for anybody.

    A decision is undone with all that it did; an answer that waits for another reader is withdrawn alone. Raises
    InvalidTransition when there is nothing of theirs to undo, ConfigError without a name or a reason.
    """
    require_reason(reason)
    now = now or utc_now()
    with audit.changing(store) as connection:
        undo_in(connection, area, item_id, reviewer, reason, now)
        fresh = queue.item_for_change(connection, area, item_id)
        queue.hold(connection, fresh, reviewer if is_held else None, now)
        return card(queue.item_for_change(connection, area, item_id))


def undo_in(connection: Connection, area: str, item_id: str, reviewer: str, reason: str, now: datetime) -> None:
    """The same in the caller's transaction, which holds the audit chain; who holds the item stays as it was."""
    item = queue.item_for_change(connection, area, item_id)
    readings = readings_of(connection, item)
    if item["state"] == QueueState.DECIDED:
        take_back(connection, area, item, reviewer, reason, now)
        withdraw_readings(connection, item, readings, reviewer, reason, now)
        set_stage(connection, item, None)
        return
    mine = [reading for reading in readings if reading.reviewer == reviewer]
    if not mine:
        raise InvalidTransition(f"queue item {item_id}", item["state"], QueueState.OPEN)
    queue.check_free(item, reviewer, now)
    withdraw_readings(connection, item, mine, reviewer, reason, now)
    set_stage(connection, item, SECOND if len(mine) < len(readings) else None)
    details = {"kind": item["kind"], "readings": [reading.reading_id for reading in mine], "reason": reason}
    subject = f"item {area}/{item_id}"
    audit.append(connection, now=now, actor=reviewer, action="reading withdrawn", subject=subject, details=details)


def as_seen(item: Item) -> str:
    """The question as it stands, in few characters: a form carries it so that nobody answers another one."""
    return f"{item['version']}-{item['content_hash'][:16]}"


def pattern_of(asked: Card) -> str | None:
    """The comparison pattern of a match with one candidate; None where the pattern is of no use for a bulk answer."""
    if asked.kind is not QueueKind.MATCH or len(asked.candidates) != 1:
        return None
    return asked.candidates[0].match_key or None


def _resolved(
    connection: Connection, area: str, asked: Card, choice: Choice, stage: str, given: Given, now: datetime
) -> Choice:
    """The choice that holds where it contradicts an earlier answer. Raises IdentityTaken until somebody says which."""
    claims = claims_against(connection, area, asked, choice)
    is_left = given.resolution is Resolution.ADJUDICATE
    if not claims or (is_left and stage != ADJUDICATION):
        return choice
    if given.resolution is None or is_left:
        raise IdentityTaken(claims, choice.chosen(asked) or "")
    require_reason(given.reason)
    withdraw_claims(connection, claims, given.reviewer, given.reason, now)
    return Choice(Answer.NONE) if given.resolution is Resolution.NEITHER else choice


def _stage_for(connection: Connection, item: Item, given: Given) -> str:
    """Which reading this is. Raises InvalidTransition for a second one of the same person."""
    readings = readings_of(connection, item)
    if any(reading.reviewer == given.reviewer for reading in readings):
        raise InvalidTransition(item["item_id"], tr("您已读过", "read by you"), QueueState.DECIDED)
    waits = stage_of(connection, item)
    if waits == ADJUDICATION and not given.is_adjudicator:
        raise InvalidTransition(item["item_id"], tr("待裁决", "for an adjudicator"), QueueState.DECIDED)
    return waits or FIRST


def _go_on(
    connection: Connection,
    area: str,
    item: Item,
    asked: Card,
    choice: Choice,
    readings: Sequence[Reading],
    before: Sequence[Reading],
    given: Given,
    now: datetime,
) -> None:
    """Decide, or note what the question waits for and give it back to the queue."""
    needs_two = policy().needs_two(asked, choice, _class_of(connection, area, asked))
    was_needed = any(reading.answer != Answer.UNSURE for reading in before)
    led_to = outcome(readings, 2 if needs_two or was_needed else 1)
    if given.resolution is Resolution.ADJUDICATE and readings[-1].stage != ADJUDICATION:
        led_to = ADJUDICATION
    if isinstance(led_to, Reading):
        readers = [reading.reviewer for reading in readings]
        carry_out(connection, area, item, choice, given.reviewer, given.reason, now, readers=readers)
        set_stage(connection, item, None)
        return
    set_stage(connection, item, led_to)
    queue.hold(connection, item, None, now)
    _note(connection, item, given, now, waits_for=led_to)


def _class_of(connection: Connection, area: str, asked: Card) -> str | None:
    if asked.kind is not QueueKind.CLASSIFICATION or asked.person_id is None:
        return None
    row = (CLASSIFICATIONS.c.run_area == area) & (CLASSIFICATIONS.c.person_id == asked.person_id)
    return connection.execute(select(CLASSIFICATIONS.c.primary_class).where(row)).scalar()


def _add(
    connection: Connection, item: Item, asked: Card, choice: Choice, stage: str, given: Given, now: datetime
) -> None:
    add_reading(
        connection,
        item,
        stage=stage,
        reviewer=given.reviewer,
        answer=choice.answer,
        chosen=choice.chosen(asked),
        reason=given.reason,
        now=now,
        pattern=pattern_of(asked),
        batch_id=given.batch_id,
    )


def _note(connection: Connection, item: Item, given: Given, now: datetime, **details: object) -> None:
    subject = f"item {item['run_area']}/{item['item_id']}"
    noted = {"kind": item["kind"], "version": item["version"], **details}
    audit.append(connection, now=now, actor=given.reviewer, action="item read", subject=subject, details=noted)
