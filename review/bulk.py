"""Answer many questions at once, where ten were read one by one and all said the same. One preview, one undo.

Only inside one comparison pattern, which must hold more than a name; at most `bulk_cap` at a time. Questions for which
policy asks a second reader are left out.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from data.digests import random_id, spelled
from data.errors import ConfigError
from data.store import audit
from data.store.bulk import items_of_pattern, of_batch, pattern_counts
from data.store.clock import utc_now
from data.store.people import require_reason, require_reviewer
from data.store.queue import find_item
from data.store.scope import EVERYTHING, Scope
from data.store.session import Store
from data.words import tr
from review.choices import Answer, Choice
from review.conflicts import claims_against
from review.policy import policy
from review.readings import Given, answer_in, as_seen, undo_in
from review.view_models import Card, card

_CHOICE = Choice(Answer.CANDIDATE, 1)
_BATCH_BYTES = 16
_PARTS = re.compile(r"([+~−-])([^+~−(（-]+)")
_NAME = ("姓名", "name")


class NotYet(ConfigError):
    """The pattern may not be answered in bulk: too few were read, or not all said the same."""

    def __init__(self, n_read: int, n_agreeing: int) -> None:
        n = policy().bulk_samples
        super().__init__(
            tr(
                f"先逐条读 {n} 条且全部认定同一人才可批量：已读 {n_read} 条，其中 {n_agreeing} 条认定",
                f"read {n} one by one, all the same person, before a bulk answer: {n_read} read, {n_agreeing} agreed",
            )
        )


@dataclass(frozen=True)
class Preview:
    """What a bulk answer would decide: the questions, and those of the pattern left out for a second reader."""

    pattern: str
    n_read: int
    n_agreeing: int
    cards: tuple[Card, ...]
    seen: str

    @property
    def may_accept(self) -> bool:
        """Were enough read one by one, and did all say the same?"""
        return may_accept(self.n_read, self.n_agreeing) and is_more_than_name(self.pattern)


def may_accept(n_read: int, n_agreeing: int) -> bool:
    """Enough samples, every one of them the same person."""
    return n_read >= policy().bulk_samples and n_read == n_agreeing


def is_more_than_name(pattern: str) -> bool:
    """Does something besides the name speak for the pair?"""
    speaking = [title.strip() for sign, title in _PARTS.findall(pattern) if sign == "+"]
    return any(title not in _NAME for title in speaking)


def preview(store: Store, book: str, pattern: str, reviewer: str, scope: Scope) -> Preview:
    """What `accept` would do now."""
    with store.read() as connection:
        n_read, n_agreeing = pattern_counts(connection, book, pattern)
        items = items_of_pattern(connection, book, pattern, reviewer, scope, policy().bulk_cap)
    cards = [card(item) for item in items]
    kept = tuple(one for one in cards if not policy().needs_two(one, _CHOICE))
    return Preview(pattern, n_read, n_agreeing, kept, _digest(kept))


def accept(
    store: Store, book: str, pattern: str, reviewer: str, scope: Scope, seen: str, now: datetime | None = None
) -> tuple[str, int]:
    """Answer all questions of the preview with `the same person`; returns the batch's id and their number.

    seen: `Preview.seen`. Raises NotYet, and ConfigError for a pattern of the name alone or when the questions are not
    those of the preview any more. A question that contradicts an earlier answer is left for a person to read.
    """
    require_reviewer(reviewer)
    now = now or utc_now()
    batch_id = random_id(_BATCH_BYTES)
    n_done = 0
    with audit.changing(store) as connection:
        n_read, n_agreeing = pattern_counts(connection, book, pattern)
        if not may_accept(n_read, n_agreeing):
            raise NotYet(n_read, n_agreeing)
        if not is_more_than_name(pattern):
            raise ConfigError(tr("只有姓名相符的不能批量", "a pattern of the name alone is not answered in bulk"))
        items = items_of_pattern(connection, book, pattern, reviewer, scope, policy().bulk_cap)
        items = [item for item in items if not policy().needs_two(card(item), _CHOICE)]
        if _digest(tuple(map(card, items))) != seen:
            raise ConfigError(tr("问题已变，请重新预览", "the questions changed: look at the preview again"))
        for item in items:
            if claims_against(connection, book, card(item), _CHOICE):
                continue
            reason = tr(f"批量 {batch_id[:8]}", f"bulk {batch_id[:8]}")
            given = Given("1", reviewer, reason, as_seen(item), batch_id=batch_id)
            answer_in(connection, book, item["item_id"], given, now)
            n_done += 1
        details = {"pattern": pattern, "batch_id": batch_id, "n": n_done, "n_read": n_read}
        subject = f"book {book}"
        audit.append(connection, now=now, actor=reviewer, action="bulk answer", subject=subject, details=details)
    return batch_id, n_done


def undo_batch(
    store: Store,
    book: str,
    batch_id: str,
    reviewer: str,
    reason: str,
    now: datetime | None = None,
    *,
    scope: Scope = EVERYTHING,
) -> int:
    """Take a whole bulk answer back; returns the number of questions that stand again. ConfigError for another's,
    OutOfScope where some of its questions are not the person's any more."""
    readings = of_batch(store, book, batch_id)
    if not readings or {reading.reviewer for reading in readings} != {reviewer}:
        raise ConfigError(tr("没有您的这一批", "you have no such bulk answer"))
    require_reason(reason)
    for reading in readings:
        find_item(store, book, reading.item_id, scope)
    with audit.changing(store) as connection:
        for reading in readings:
            undo_in(connection, book, reading.item_id, reviewer, reason, now or utc_now())
    return len(readings)


def _digest(cards: tuple[Card, ...]) -> str:
    text = ",".join(f"{one.item_id}:{one.version}" for one in cards)
    return spelled(hashlib.blake2b(text.encode(), digest_size=8).hexdigest())
