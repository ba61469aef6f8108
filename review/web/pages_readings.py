"""Above single questions: how alike people read, and answers to many questions that are alike in every comparison."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from data.store.bulk import patterns
from data.store.clock import utc_now
from data.store.gold import gold_results
from data.store.readings import count_stages, readings_between
from review.agreement import agreements
from review.bulk import accept, is_more_than_name, may_accept, preview, undo_batch
from review.policy import policy
from review.web.access import DeskHere, Viewer
from review.web.kinds import FIELD_WORDS
from review.web.rendering import page
from review.web.words import gettext as _

_SPAN = timedelta(weeks=12)
_SAMPLE = 10
Pattern = Annotated[str, Form(max_length=500)]


def agreement(request: Request, desk: DeskHere, viewer: Viewer, book: str) -> Response:
    """Agreement of the last weeks, gold results, and what waits for an adjudicator."""
    return page(
        request,
        "agreement.html",
        title=_("Agreement"),
        rows=agreements(readings_between(desk.store, book, utc_now() - _SPAN, viewer.scope)),
        gold=gold_results(desk.store, book, viewer.scope),
        stages=count_stages(desk.store, book, viewer.scope),
    )


def bulk(request: Request, desk: DeskHere, viewer: Viewer, book: str, batch: str = "", n: int = 0) -> Response:
    """The patterns that wait, and which of them may be answered at once."""
    return page(
        request,
        "bulk.html",
        title=_("Bulk answers"),
        patterns=[
            (one, may_accept(one.n_read, one.n_agreeing) and is_more_than_name(one.text))
            for one in patterns(desk.store, book, viewer.scope)
        ],
        policy=policy(),
        preview=None,
        sample=(),
        fields={},
        done=(batch, n) if batch else None,
    )


def bulk_preview(request: Request, desk: DeskHere, viewer: Viewer, book: str, pattern: Pattern) -> Response:
    """How many questions would be answered, and ten of them."""
    shown = preview(desk.store, book, pattern, viewer.username, viewer.scope)
    return page(
        request,
        "bulk.html",
        title=_("Bulk answers"),
        patterns=[],
        policy=policy(),
        preview=shown,
        sample=shown.cards[:_SAMPLE],
        fields={name: word() for name, word in FIELD_WORDS.items()},
        done=None,
    )


def bulk_accept(
    desk: DeskHere, viewer: Viewer, book: str, pattern: Pattern, seen: Annotated[str, Form(max_length=100)]
) -> Response:
    """Answer all of the preview."""
    batch_id, n_done = accept(desk.store, book, pattern, viewer.username, viewer.scope, seen)
    return RedirectResponse(f"/{book}/bulk?batch={batch_id}&n={n_done}", 303)


def bulk_undo(desk: DeskHere, viewer: Viewer, book: str, batch: Annotated[str, Form(max_length=64)]) -> Response:
    """Take a bulk answer back, all of it."""
    undo_batch(desk.store, book, batch, viewer.username, _("bulk answer taken back"), scope=viewer.scope)
    return RedirectResponse(f"/{book}/bulk", 303)
