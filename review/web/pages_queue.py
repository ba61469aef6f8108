"""The queue: what waits, by kind and place, how far it is, who has been given what, and the way into it."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from data.errors import ConfigError
from data.model import QueueKind, QueueState
from data.store.asides import MOST_ASSIGNED, assign, assigned, guidance, unassign, write_guidance
from data.store.clock import utc_now
from data.store.gold import ask_gold
from data.store.readings import count_stages
from data.store.scope import OutOfScope
from data.store.users import Role, User, list_users
from review.policy import policy
from review.service import next_item, queue_page
from review.web.access import Desk, DeskHere, Viewer
from review.web.empty_queue import why_empty
from review.web.filters import Filters, PlaceHere, parse_query
from review.web.kinds import KIND_WORDS
from review.web.progress import day_of, today
from review.web.rendering import page
from review.web.words import gettext as _

_PAGE = 50
_DECIDERS = (Role.ANALYST, Role.ADJUDICATOR)


def list_page(request: Request, desk: DeskHere, viewer: Viewer, book: str, filters: PlaceHere) -> Response:
    """The items of the filter in the order they will be asked."""
    start = filters.at
    found = queue_page(desk.store, book, filters.for_store(viewer.scope), _PAGE + 1, start)
    waiting = {kind: found.counts.get((kind, QueueState.OPEN), 0) for kind in QueueKind}
    decided = {kind: found.counts.get((kind, QueueState.DECIDED), 0) for kind in QueueKind}
    settles = viewer.is_any([Role.ADJUDICATOR])
    return page(
        request,
        "queue.html",
        title=_("Queue"),
        cards=found.cards[:_PAGE],
        waiting=waiting,
        decided=decided,
        n_open=sum(waiting.values()),
        n_decided=sum(decided.values()),
        stages=count_stages(desk.store, book, viewer.scope),
        kinds={kind: words() for kind, words in KIND_WORDS.items()},
        filters=filters,
        start=start,
        next_start=start + _PAGE if len(found.cards) > _PAGE else None,
        n_page=_PAGE,
        today=today(desk.store, book, viewer.username),
        guidance=guidance(desk.store, book),
        given=assigned(desk.store, book, viewer.scope) if settles else [],
        people=_people(desk, viewer, book) if settles else [],
        guides=settles and viewer.scope.sees_all(book),
        most=MOST_ASSIGNED,
        why=() if found.cards else why_empty(desk.store, book, viewer, filters),
    )


def take_next(
    desk: DeskHere, viewer: Viewer, book: str, filters: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    """The most urgent free item of the filter, held for this person; the queue when there is none."""
    return RedirectResponse(after(desk, viewer, book, parse_query(filters)), 303)


def after(desk: DeskHere, viewer: Viewer, book: str, filters: Filters) -> str:
    """Where the next question is; taken for the person who will see it. Now and then it is a gold item."""
    query = filters.as_query()
    end = f"?{query}" if query else ""
    n_read = f"{day_of(utc_now())},{today(desk.store, book, viewer.username).n}"
    if policy().asks_gold(viewer.username, n_read):
        known = ask_gold(desk.store, book, viewer.username, viewer.scope)
        if known is not None:
            return f"/{book}/items/{known['item_id']}{end}"
    settles = viewer.is_any([Role.ADJUDICATOR])
    which = filters.for_store(viewer.scope)
    card = next_item(desk.store, book, viewer.username, which, is_adjudicator=settles)
    return f"/{book}/queue{end}" if card is None else f"/{book}/items/{card.item_id}{end}"


def give(
    desk: DeskHere,
    viewer: Viewer,
    book: str,
    to: Annotated[str, Form(max_length=64)],
    n_items: Annotated[int, Form(ge=0, le=MOST_ASSIGNED)],
    filters: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Give the most urgent questions of the filter to one person; none: take back what they were given."""
    which = parse_query(filters)
    if to not in _people(desk, viewer, book):
        raise ConfigError(_("This person may not decide in this book."))
    if n_items:
        assign(desk.store, book, which.for_store(viewer.scope), to, n_items, viewer.username)
    else:
        unassign(desk.store, book, to, viewer.username, scope=viewer.scope)
    query = which.as_query()
    return RedirectResponse(f"/{book}/queue" + (f"?{query}" if query else ""), 303)


def guide(desk: DeskHere, viewer: Viewer, book: str, text: Annotated[str, Form(max_length=1000)] = "") -> Response:
    """What analysts read above every card of the book: said by who sees all of it."""
    if not viewer.scope.sees_all(book):
        raise OutOfScope
    write_guidance(desk.store, book, text, viewer.username)
    return RedirectResponse(f"/{book}/queue", 303)


def rules_of_judging(request: Request) -> Response:
    """How one judges: what each answer means, and when a second reader is asked."""
    return page(request, "judging.html", title=_("How we judge"), policy=policy())


def _people(desk: Desk, viewer: User, book: str) -> list[str]:
    """Who may be given questions of this viewer's: whoever sees all of those."""
    here = viewer.scope.within(book)
    able = (user for user in list_users(desk.store) if user.is_any(_DECIDERS) and user.scope.contains(here))
    return [user.username for user in able if not user.is_locked]
