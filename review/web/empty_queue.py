"""Why is there nothing to do? The reasons that hold, each with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from data.model import QueueState
from data.store.books import list_books
from data.store.queue import QueueFilter, counts, n_leased
from data.store.readings import count_stages
from data.store.session import Store
from data.store.users import Role, User
from review.web.filters import Filters
from review.web.words import gettext as _
from review.web.words import ngettext


@dataclass(frozen=True)
class Reason:
    """A sentence, and an address that helps; '' for none."""

    text: str
    address: str = ""


def why_empty(store: Store, book: str, viewer: User, filters: Filters) -> tuple[Reason, ...]:
    """Every reason that holds, the likeliest first; never none."""
    if not any(one.area == book for one in list_books(store, viewer.scope)):
        return (Reason(_("No run has been published for this area yet: the queue is filled by the next one.")),)
    here = counts(store, book, viewer.scope)
    n_all = sum(here.values())
    n_open = sum(n for (_kind, state), n in here.items() if state is QueueState.OPEN)
    found = []
    if filters.as_query() and n_open:
        text = ngettext(
            "%(n)d question waits outside this filter.", "%(n)d questions wait outside this filter.", n_open
        )
        found.append(Reason(text % {"n": n_open}, f"/{book}/queue"))
    n_held = n_leased(store, book, QueueFilter(scope=viewer.scope))
    if n_held:
        text = ngettext("%(n)d question is being worked on.", "%(n)d questions are being worked on.", n_held)
        found.append(Reason(text % {"n": n_held}))
    n_settle = count_stages(store, book, viewer.scope).get("adjudication", 0)
    if n_settle and not viewer.is_any([Role.ADJUDICATOR]):
        text = ngettext(
            "%(n)d question waits for an adjudicator.", "%(n)d questions wait for an adjudicator.", n_settle
        )
        found.append(Reason(text % {"n": n_settle}))
    if not n_open and n_all:
        found.append(Reason(_("Everything the last run asked has been decided. New questions come with the next run.")))
    if not n_all:
        found.append(Reason(_("The last run asked nothing in your areas.")))
    return tuple(found) or (Reason(_("What still waits is for other readers: you have read it already.")),)
