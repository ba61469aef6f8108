"""Where one arrives: the books one may open; and the sign of life for whoever watches the server."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response
from sqlalchemy import select

from data.store.books import list_books
from data.store.tables import RUNS
from data.store.users import Role
from review.areas import area_name
from review.web.access import DeskHere, Viewer
from review.web.rendering import page
from review.web.words import gettext as _


def health(desk: DeskHere) -> Response:
    """200 when the store answers; says nothing else."""
    with desk.store.read() as connection:
        connection.execute(select(RUNS.c.run_id).limit(1)).first()
    return PlainTextResponse("ok")


def home(request: Request, desk: DeskHere, viewer: Viewer) -> Response:
    """The books in scope, and where files are handed in; an administrator manages users."""
    if viewer.roles == {Role.ADMINISTRATOR}:
        return RedirectResponse("/users", 303)
    # Whoever only hands files in begins there, and before the first run too.
    is_uploader = viewer.roles <= {Role.UPLOADER, Role.ADMINISTRATOR}
    return page(
        request,
        "home.html",
        title=_("Books"),
        books=list_books(desk.store, viewer.scope),
        start="uploads" if is_uploader else "overview",
        upload_areas=viewer.scope.areas if viewer.is_any([Role.UPLOADER]) else (),
        area_name=area_name,
    )
