"""One question: the card, the answer, and the way back. An answer is saved at once and leads to the next question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from data.errors import InvalidTransition
from data.model import QueueKind, QueueState
from data.store.asides import skip as put_aside
from data.store.cards import cards_of
from data.store.gold import asked_item
from data.store.queue import claim_item, find_item, release, renew
from data.store.readings import last_of, readings_of
from data.store.runs import current_run
from data.store.scope import OutOfScope
from data.store.users import Role, User
from data.words import tr
from review.call_columns import STATE_WORDS
from review.choices import ANSWERS, FOUND, NEEDS_REASON, Answer
from review.conflicts import IdentityTaken, Resolution
from review.policy import policy
from review.readings import Given, answer, undo
from review.web import differences
from review.web.access import Desk, DeskHere, Viewer
from review.web.card_view import card_view
from review.web.filters import Filters, FiltersHere, parse_query
from review.web.kinds import (
    ANSWER_WORDS,
    CLUSTER_WORDS,
    DECISION_REASONS,
    FIELD_WORDS,
    JUDGEMENT_WORDS,
    KIND_WORDS,
    REVEAL_REASONS,
    SEALED_FIELDS,
)
from review.web.pages_queue import after
from review.web.rendering import page
from review.web.words import gettext as _

ItemFilters = Annotated[str, Form(max_length=1000)]
Reason = Annotated[str, Form(max_length=2000)]


def show(request: Request, desk: DeskHere, viewer: Viewer, book: str, item_id: str, filters: FiltersHere) -> Response:
    """The card of an item; the buttons are there for whoever holds it."""
    return card_page(request, desk, viewer, book, item_id, filters)


def card_page(
    request: Request,
    desk: Desk,
    viewer: User,
    book: str,
    item_id: str,
    filters: Filters,
    *,
    status: int = 200,
    **more: object,
) -> Response:
    """The page of a card. `more`: results of a search, a number looked at, a contradiction to settle."""
    view = card_view(desk, viewer, book, item_id)
    values = {"found": None, "searched": "", "revealed": {}, "taken": None, "problem": None, **more}
    return page(
        request,
        "card.html",
        status=status,
        title=KIND_WORDS[view.card.kind](),
        view=view,
        card=view.card,
        filters=filters,
        fields={name: word() for name, word in FIELD_WORDS.items()},
        answers=ANSWERS[view.card.kind],
        Answer=Answer,
        Resolution=Resolution,
        needs_reason=NEEDS_REASON,
        answer_words={name: word() for name, word in _words_of(view.card.kind).items()},
        judgement_words={name: word() for name, word in JUDGEMENT_WORDS.items()},
        case_words={state: tr(*words) for state, words in STATE_WORDS.items()},
        reasons={name: [word() for word in words.values()] for name, words in DECISION_REASONS.items()},
        reveal_reasons=[word() for word in REVEAL_REASONS.values()],
        sealed_fields=SEALED_FIELDS,
        reveal_seconds=policy().reveal_seconds,
        differences=differences,
        run=current_run(desk.store, book),
        **values,
    )


def decide(
    request: Request,
    desk: DeskHere,
    viewer: Viewer,
    book: str,
    item_id: str,
    choice: Annotated[str, Form(max_length=200)],
    reason: Reason = "",
    reason_text: Reason = "",
    seen: Annotated[str, Form(max_length=100)] = "",
    resolution: Annotated[Resolution | None, Form()] = None,
    filters: ItemFilters = "",
) -> Response:
    """Save the answer and go on to the next question; where it contradicts an earlier one, ask which holds."""
    find_item(desk.store, book, item_id, viewer.scope)
    _check_found(desk, viewer, book, choice)
    given = Given(
        text=choice,
        reviewer=viewer.username,
        reason=reason or reason_text,
        seen=seen,
        is_adjudicator=viewer.is_any([Role.ADJUDICATOR]),
        resolution=resolution,
    )
    try:
        answer(desk.store, book, item_id, given)
    except IdentityTaken as error:
        others = {claim.there for claim in error.claims}
        shown = {card.unique_id: card for card in cards_of(desk.store, book, sorted(others), viewer.scope)}
        taken = {"claims": error.claims, "shown": shown, "choice": choice, "seen": seen, "words": str(error)}
        return card_page(request, desk, viewer, book, item_id, parse_query(filters), status=409, taken=taken)
    return RedirectResponse(after(desk, viewer, book, parse_query(filters)), 303)


def _words_of(kind: QueueKind) -> Mapping[Answer, Callable[[], str]]:
    return CLUSTER_WORDS if kind is QueueKind.CLUSTER else ANSWER_WORDS


def _check_found(desk: Desk, viewer: User, book: str, choice: str) -> None:
    """A record that was looked up is one that this person could look up. Raises OutOfScope."""
    if not choice.startswith(FOUND):
        return
    if not cards_of(desk.store, book, [choice.removeprefix(FOUND)], viewer.scope):
        raise OutOfScope


def take(desk: DeskHere, viewer: Viewer, book: str, item_id: str, filters: ItemFilters = "") -> Response:
    """Work on this very question."""
    find_item(desk.store, book, item_id, viewer.scope)
    is_adjudicator = viewer.is_any([Role.ADJUDICATOR])
    if not claim_item(desk.store, book, item_id, viewer.username, is_adjudicator=is_adjudicator):
        raise InvalidTransition(item_id, _("taken by somebody else, or for other readers"), QueueState.OPEN)
    return RedirectResponse(_address(book, item_id, filters), 303)


def take_back(
    desk: DeskHere, viewer: Viewer, book: str, item_id: str, reason: Reason = "", filters: ItemFilters = ""
) -> Response:
    """Undo an answer of one's own: a new row, and the question stands again."""
    _undo(desk, viewer, book, item_id, reason)
    return RedirectResponse(_address(book, item_id, filters), 303)


def take_back_last(
    desk: DeskHere,
    viewer: Viewer,
    book: str,
    leaving: Annotated[str, Form(max_length=200)] = "",
    filters: ItemFilters = "",
) -> Response:
    """Undo one's last answer. leaving: the question that is on the screen, given back untouched."""
    last = last_of(desk.store, book, viewer.username, 1)
    if not last:
        return RedirectResponse(f"/{book}/queue", 303)
    _undo(desk, viewer, book, last[0].item_id, "")
    if leaving and leaving != last[0].item_id:
        release(desk.store, book, leaving, viewer.username)
    return RedirectResponse(_address(book, last[0].item_id, filters), 303)


def skip(desk: DeskHere, viewer: Viewer, book: str, item_id: str, filters: ItemFilters = "") -> Response:
    """Put the question aside and go on; it comes again at the end."""
    find_item(desk.store, book, item_id, viewer.scope)
    put_aside(desk.store, book, item_id, viewer.username)
    return RedirectResponse(after(desk, viewer, book, parse_query(filters)), 303)


def leave(desk: DeskHere, viewer: Viewer, book: str, item_id: str) -> Response:
    """The page was closed: the question is free for others."""
    find_item(desk.store, book, item_id, viewer.scope)
    release(desk.store, book, item_id, viewer.username)
    return Response(status_code=204)


def heartbeat(desk: DeskHere, viewer: Viewer, book: str, item_id: str) -> Response:
    """The page is still looked at: 204 while the question is this person's, 409 when it is lost."""
    find_item(desk.store, book, item_id, viewer.scope)
    with desk.store.read() as connection:
        is_gold = asked_item(connection, book, viewer.username, item_id) is not None
    is_mine = is_gold or renew(desk.store, book, item_id, viewer.username)
    return Response(status_code=204 if is_mine else 409)


def _undo(desk: Desk, viewer: User, book: str, item_id: str, reason: str) -> None:
    item = find_item(desk.store, book, item_id, viewer.scope)
    with desk.store.read() as connection:
        readers = {reading.reviewer for reading in readings_of(connection, item)}
    if viewer.username not in {*readers, item["decided_by"]}:
        raise InvalidTransition(item_id, _("decided by somebody else"), QueueState.OPEN)
    undo(desk.store, book, item_id, viewer.username, reason or _("corrected at once"), is_held=True)


def _address(book: str, item_id: str, filters: str) -> str:
    query = parse_query(filters).as_query()
    return f"/{book}/items/{item_id}" + (f"?{query}" if query else "")
