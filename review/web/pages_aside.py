"""Beside a question: search beyond its candidates, a masked number, notes, the history of the person."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from data.errors import ConfigError
from data.store.asides import add_note
from data.store.cards import RecordCard, cards_of, search_cards
from data.store.gold import make_gold
from data.store.histories import history_of
from data.store.queue import find_item
from data.store.readings import readings_of
from data.store.reveals import QuotaUsedUp, reveal_value
from data.store.sealed import find, keyring_of
from data.store.users import User
from review.view_models import card as card_of
from review.web.access import Desk, DeskHere, Viewer
from review.web.card_view import card_view
from review.web.filters import parse_query
from review.web.kinds import ANSWER_WORDS, FIELD_WORDS, JUDGEMENT_WORDS, LINEAGE_WORDS
from review.web.overview_words import class_words
from review.web.pages_card import ItemFilters, Reason, card_page
from review.web.rendering import page
from review.web.words import gettext as _

_MOST_FOUND = 20
_MOBILE_DIGITS = 11


def search(
    request: Request,
    desk: DeskHere,
    viewer: Viewer,
    book: str,
    item_id: str,
    text: Annotated[str, Form(max_length=100)] = "",
    filters: ItemFilters = "",
) -> Response:
    """Records beyond the offered candidates, by name, employer, identity number or mobile.

    A POST: a number that somebody looks for stays out of addresses, histories and logs.
    """
    find_item(desk.store, book, item_id, viewer.scope)
    wanted = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    found = _found(desk, viewer, book, wanted) if wanted else []
    item = card_of(find_item(desk.store, book, item_id, viewer.scope))
    known = {item.unique_id, *(candidate.unique_id for candidate in item.candidates)}
    more = [record for record in found if record.unique_id not in known]
    searched = "" if _is_number(wanted) else text
    return card_page(
        request, desk, viewer, book, item_id, parse_query(filters), found=more[:_MOST_FOUND], searched=searched
    )


def show_number(
    request: Request,
    desk: DeskHere,
    viewer: Viewer,
    book: str,
    item_id: str,
    what: Annotated[str, Form(max_length=200)],
    reason: Reason,
    filters: ItemFilters = "",
) -> Response:
    """One masked number of the card in clear, for half a minute. what: field and unique_id with a colon between."""
    item = find_item(desk.store, book, item_id, viewer.scope)
    card = card_of(item)
    field, _colon, unique_id = what.partition(":")
    areas = {card.unique_id: card.area, **{one.unique_id: one.shown.get("area") for one in card.candidates}}
    if unique_id not in areas:
        raise ConfigError(_("This record is not on the card."))
    if not (viewer.scope.sees_all(book) or viewer.scope.covers(areas[unique_id])):
        raise ConfigError(_("This record is of another area: its numbers are not shown here."))
    more: dict[str, object]
    try:
        value = reveal_value(
            desk.store,
            keyring_of(desk.settings, desk.store),
            book=book,
            unique_id=unique_id,
            field=field,
            username=viewer.username,
            reason=reason,
            quota=desk.settings.reveals_per_day,
        )
        more = {"revealed": {(unique_id, field): value}}
    except (QuotaUsedUp, ConfigError) as error:
        more = {"problem": str(error), "status": 422}
    return card_page(request, desk, viewer, book, item_id, parse_query(filters), **more)  # type: ignore[arg-type]


def note(
    desk: DeskHere,
    viewer: Viewer,
    book: str,
    item_id: str,
    text: Annotated[str, Form(max_length=2000)],
    filters: ItemFilters = "",
) -> Response:
    """Leave a note beside the question."""
    find_item(desk.store, book, item_id, viewer.scope)
    add_note(desk.store, book, item_id, viewer.username, text)
    query = parse_query(filters).as_query()
    return RedirectResponse(f"/{book}/items/{item_id}" + (f"?{query}" if query else ""), 303)


def history(request: Request, desk: DeskHere, viewer: Viewer, book: str, item_id: str) -> Response:
    """What was published and decided about the person of the question; nothing for a blind reader."""
    view = card_view(desk, viewer, book, item_id)
    told = history_of(desk.store, book, view.card.unique_id, view.card.person_id, viewer.scope)
    return page(
        request,
        "history.html",
        title=_("History"),
        view=view,
        card=view.card,
        history=None if view.is_blind else told,
        fields={name: word() for name, word in FIELD_WORDS.items()},
        answer_words={name.value: word() for name, word in ANSWER_WORDS.items()},
        judgement_words={name: word() for name, word in JUDGEMENT_WORDS.items()},
        lineage_words={name: word() for name, word in LINEAGE_WORDS.items()},
        class_words={str(name): word for name, word in class_words().items()},
    )


def gold(desk: DeskHere, viewer: Viewer, book: str, item_id: str) -> Response:
    """The decided answer is known from now on: the question is asked again without a sign."""
    item = find_item(desk.store, book, item_id, viewer.scope)
    with desk.store.read() as connection:
        readings = readings_of(connection, item)
    if not readings:
        raise ConfigError(_("Nobody has read this question."))
    make_gold(desk.store, book, item_id, readings[-1].answer, readings[-1].chosen, viewer.username)
    return RedirectResponse(f"/{book}/items/{item_id}", 303)


def _found(desk: Desk, viewer: User, book: str, wanted: str) -> list[RecordCard]:
    if not _is_number(wanted):
        return search_cards(desk.store, book, wanted, viewer.scope)
    field: Literal["mobile", "id_no"] = "mobile" if len(wanted) == _MOBILE_DIGITS else "id_no"
    ids = find(desk.store, keyring_of(desk.settings, desk.store), book, field, wanted)
    return cards_of(desk.store, book, ids, viewer.scope)


def _is_number(text: str) -> bool:
    return len(text) >= _MOBILE_DIGITS and text.removesuffix("X").isdecimal()
