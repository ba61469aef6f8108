"""One's own account: password, language, and whether single keys decide."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from data.errors import ConfigError
from data.store.logins import LoginRefused, TooManyLogins, log_in
from data.store.users import set_password, set_preferences
from review.web.access import DeskHere, Viewer
from review.web.headers import LANGUAGE_COOKIE
from review.web.rendering import page
from review.web.words import gettext as _


def form(request: Request) -> Response:
    """The account page."""
    return page(request, "account.html", title=_("My account"), problem=None)


def change_password(
    request: Request,
    desk: DeskHere,
    viewer: Viewer,
    old: Annotated[str, Form(max_length=1000)],
    new: Annotated[str, Form(max_length=1000)],
    again: Annotated[str, Form(max_length=1000)],
) -> Response:
    """A new password, after the old one; every session ends and one logs in anew."""
    address = request.client.host if request.client else ""
    try:
        log_in(desk.store, viewer.username, old, address, request.headers.get("user-agent", ""))
        if new != again:
            raise ConfigError(_("The two new passwords differ."))
        set_password(desk.store, viewer.username, new, viewer.username, must_change=False)
    except (ConfigError, LoginRefused, TooManyLogins) as error:
        return page(request, "account.html", status=422, title=_("My account"), problem=str(error))
    return RedirectResponse("/login", 303)


def change_preferences(
    desk: DeskHere,
    viewer: Viewer,
    language: Annotated[Literal["zh", "en"], Form()],
    has_shortcuts: Annotated[bool, Form()] = False,
) -> Response:
    """Language and shortcuts."""
    set_preferences(desk.store, viewer.username, language=language, has_shortcuts=has_shortcuts)
    answer = RedirectResponse("/account", 303)
    answer.set_cookie(LANGUAGE_COOKIE, language, 365 * 24 * 3600, samesite="strict", secure=desk.settings.is_https)
    return answer
