"""Logging in and out, and the language of the pages before anybody is known."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from data.store.logins import LoginRefused, Session, TooManyLogins, log_in, log_out
from data.store.queue import release_all
from review.web.access import Desk, DeskHere, SessionHere
from review.web.headers import LANGUAGE_COOKIE
from review.web.rendering import page
from review.web.words import gettext as _

_YEAR = 365 * 24 * 3600


def form(request: Request, desk: DeskHere, after: str = "/") -> Response:
    """The login page."""
    if request.state.session is not None:
        return RedirectResponse("/", 303)
    return login_page(request, desk, after=after)


def submit(
    request: Request,
    desk: DeskHere,
    username: Annotated[str, Form(max_length=200)],
    password: Annotated[str, Form(max_length=1000)],
    after: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """Check name and password; the session cookie is new at every login."""
    address = request.client.host if request.client else ""
    browser = request.headers.get("user-agent", "")
    try:
        token, session = log_in(desk.store, username, password, address, browser)
    except (LoginRefused, TooManyLogins) as error:
        status = 429 if isinstance(error, TooManyLogins) else 401
        return login_page(request, desk, status=status, problem=str(error), username=username, after=after)
    answer = RedirectResponse(own_address(after), 303)
    keep_session(desk, answer, token, session)
    return answer


def login_page(
    request: Request,
    desk: Desk,
    *,
    status: int = 200,
    problem: str | None = None,
    username: str = "",
    after: str = "/",
) -> Response:
    """The login page: a form for name and password, and the way to the issuer where one is set up."""
    issuer = desk.settings.oidc
    return page(
        request,
        "login.html",
        status=status,
        title=_("Log in"),
        problem=problem,
        username=username,
        after=own_address(after),
        issuer=None if issuer is None else issuer.title or _("Log in by the organisation's account"),
    )


def keep_session(desk: Desk, answer: Response, token: str, session: Session) -> None:
    """Give the browser its session and its language."""
    secure = desk.settings.is_https
    answer.set_cookie(desk.cookie, token, httponly=True, samesite="strict", secure=secure, path="/")
    answer.set_cookie(LANGUAGE_COOKIE, session.user.language, _YEAR, samesite="strict", secure=secure)


def leave(desk: DeskHere, session: SessionHere) -> Response:
    """End the session; what the person holds of the queue is free."""
    release_all(desk.store, session.user.username)
    log_out(desk.store, session)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(desk.cookie, path="/", secure=desk.settings.is_https, httponly=True, samesite="strict")
    return answer


def choose_language(
    desk: DeskHere, language: Annotated[Literal["zh", "en"], Form()], after: Annotated[str, Form()] = "/"
) -> Response:
    """The language of this browser; the account page keeps it with the user."""
    answer = RedirectResponse(own_address(after), 303)
    answer.set_cookie(LANGUAGE_COOKIE, language, _YEAR, samesite="strict", secure=desk.settings.is_https)
    return answer


def own_address(address: str) -> str:
    """An address of ours; anything else becomes the start page, so that a link cannot send anybody elsewhere."""
    is_ours = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if is_ours and address.isprintable() else "/"
