"""What does the page of a card get? The card as this person may see it: blind, held, decided, with its evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.model import QueueState
from data.store.asides import guidance, notes_of
from data.store.cases import case_of
from data.store.clock import utc_now
from data.store.gold import asked_item
from data.store.queue import Item, find_item
from data.store.readings import ADJUDICATION, SECOND, Reading, last_of, readings_of, stage_of
from data.store.users import Role, User
from data.store.verification import Case
from review.policy import policy
from review.readings import as_seen
from review.view_models import Candidate, Card
from review.view_models import card as card_of
from review.web.access import Desk
from review.web.progress import Today, today
from review.web.waterfall import Waterfall, waterfall
from review.web.words import gettext as _


@dataclass(frozen=True)
class Column:
    """A candidate in its place on the page: its key, the candidate, and the drawing of its evidence."""

    key: int
    candidate: Candidate
    drawing: Waterfall | None


@dataclass(frozen=True)
class CardView:
    """A card for one person. `readings` are shown to whoever settles a disagreement, and to auditors."""

    card: Card
    columns: tuple[Column, ...]
    seen: str
    is_mine: bool
    is_blind: bool
    is_free: bool
    can_undo: bool
    holder: str | None
    stage: str | None
    readings: tuple[Reading, ...]
    notes: tuple[Mapping[str, Any], ...]
    guidance: str
    today: Today
    last: tuple[Reading, ...]
    case: Case | None


def card_view(desk: Desk, viewer: User, book: str, item_id: str) -> CardView:
    """The card as the viewer may see it. Raises OutOfScope."""
    item = find_item(desk.store, book, item_id, viewer.scope)
    with desk.store.read() as connection:
        is_gold = asked_item(connection, book, viewer.username, item_id) is not None
        stage = stage_of(connection, item)
        readings = readings_of(connection, item)
    if is_gold:
        item, stage, readings = {**item, **_UNDECIDED, "leased_by": viewer.username}, SECOND, []
    has_read = any(reading.reviewer == viewer.username for reading in readings)
    settles = viewer.is_any([Role.ADJUDICATOR]) and stage == ADJUDICATION and not has_read
    is_blind = stage in (SECOND, ADJUDICATION) and not settles and not has_read and not viewer.is_any([Role.AUDITOR])
    card = card_of(item)
    is_open = card.state is QueueState.OPEN
    return CardView(
        card=_blinded(card) if is_blind else card,
        columns=_columns(card, is_blind),
        seen=as_seen(item),
        is_mine=is_open and item["leased_by"] == viewer.username,
        is_blind=is_blind,
        is_free=is_open and _is_free(item) and not has_read and (stage != ADJUDICATION or settles),
        can_undo=has_read or item["decided_by"] == viewer.username,
        holder=None if _is_free(item) else item["leased_by"],
        stage=stage,
        readings=() if is_blind else tuple(readings),
        notes=_notes(notes_of(desk.store, book, item_id), viewer.username, is_blind, settles),
        guidance=guidance(desk.store, book),
        today=today(desk.store, book, viewer.username),
        last=tuple(last_of(desk.store, book, viewer.username, policy().n_editable)),
        case=None if is_blind else case_of(desk.store, book, card.unique_id, viewer.scope),
    )


_UNDECIDED = {
    "state": str(QueueState.OPEN), "decided_by": None, "decided_at": None, "decision_reason": None, "choice": None,
}  # fmt: skip


def _notes(
    notes: Sequence[Mapping[str, Any]], username: str, is_blind: bool, is_anonymous: bool
) -> tuple[Mapping[str, Any], ...]:
    """A blind reader sees their own notes, who settles a disagreement does not see whose they are."""
    seen = (note for note in notes if not is_blind or note["author"] == username)
    return tuple({**note, "author": ""} if is_anonymous else note for note in seen)


def _is_free(item: Item) -> bool:
    return item["leased_until"] is None or item["leased_until"] <= utc_now()


def _columns(card: Card, is_blind: bool) -> tuple[Column, ...]:
    """Best first; a blind reader sees them in an order that tells nothing (ids are keyed hashes), without weights."""
    ordered: Sequence[Candidate] = card.candidates
    if is_blind:
        ordered = sorted(map(_without_score, ordered), key=lambda candidate: candidate.unique_id)
    return tuple(Column(key, one, waterfall(one.bars, _("Sum"))) for key, one in enumerate(ordered, start=1))


def _without_score(candidate: Candidate) -> Candidate:
    return replace(candidate, weight=None, probability=None, match_key="", bars=(), former=None)


def _blinded(card: Card) -> Card:
    """The card without anything that another reader or the model said of it."""
    return replace(card, candidates=tuple(map(_without_score, card.candidates)), priority=0)
