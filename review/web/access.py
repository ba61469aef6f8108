"""Who is asking, and may they? One guard before every page: session, role, area, and the token of every form."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from data.settings import Settings
from data.store.logins import Session, SessionLimits, live_session
from data.store.scope import OutOfScope, Scope
from data.store.session import Store
from data.store.users import Role, User
from data.words import tr
from review.oidc import Provider

#: Everybody who is logged in.
ANYBODY = frozenset(Role)
#: No session is asked for.
PUBLIC: frozenset[Role] = frozenset()

_SAFE = ("GET", "HEAD")


@dataclass(frozen=True)
class Desk:
    """What the application holds: the open store, the settings, and whom to tell the digest of an accepted file,
    and the issuer that may say who somebody is."""

    store: Store
    settings: Settings
    on_accepted: Callable[[str], object] = field(default=lambda _digest: None)
    oidc: Provider | None = None

    @property
    def cookie(self) -> str:
        """The name of the session cookie; with HTTPS one that no other host or plain page can set."""
        return "__Host-longlou" if self.settings.is_https else "longlou"

    @property
    def limits(self) -> SessionLimits:
        """When a session ends."""
        idle = timedelta(minutes=self.settings.session_idle_minutes)
        return SessionLimits(idle=idle, whole=timedelta(hours=self.settings.session_hours))


class LoginNeeded(Exception):
    """No live session: the browser is sent to the login page."""


def desk_of(request: Request) -> Desk:
    """The application's store and settings."""
    desk: Desk = request.app.state.desk
    return desk


def session_of(request: Request) -> Session:
    """The live session that the guard found. Pages that everybody may see have none."""
    session: Session = request.state.session
    return session


def user_of(request: Request) -> User:
    """The person who is asking."""
    return session_of(request).user


DeskHere = Annotated[Desk, Depends(desk_of)]
SessionHere = Annotated[Session, Depends(session_of)]
Viewer = Annotated[User, Depends(user_of)]


def guard(roles: frozenset[Role]) -> Callable[[Request], None]:
    """The check that stands before a page: a live session with one of the roles, the book of the address in scope."""

    def check(request: Request) -> None:
        desk = desk_of(request)
        session = live_session(desk.store, request.cookies.get(desk.cookie, ""), desk.limits)
        request.state.session = session
        if roles == PUBLIC:
            return
        if session is None:
            raise LoginNeeded
        if session.user.must_change_password and request.url.path not in _BEFORE_ANYTHING:
            raise HTTPException(303, headers={"Location": "/account"})
        book = request.path_params.get("book")
        if book is not None and not session.user.scope.opens(book):
            raise HTTPException(404, str(OutOfScope()))
        if not session.user.is_any(roles):
            raise HTTPException(403, tr("您的角色没有这项权限", "your role does not allow this"))

    return check


#: Where somebody whose password was chosen by another may go.
_BEFORE_ANYTHING = ("/account", "/account/password", "/logout")


async def token_guard(request: Request) -> None:
    """Every request that changes something comes from a page of ours and carries the session's token."""
    if request.method in _SAFE:
        return
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin is not None and origin.split("//")[-1] != request.headers.get("host"):
        raise HTTPException(403, tr("请求来自别的网站", "the request comes from another site"))
    if site is not None and site not in ("same-origin", "none"):
        raise HTTPException(403, tr("请求来自别的网站", "the request comes from another site"))
    session: Session | None = request.state.session
    if session is None:
        return
    sent = request.headers.get("x-csrf") or str((await request.form()).get("csrf", ""))
    if not secrets.compare_digest(sent.encode(), session.csrf.encode()):
        raise HTTPException(403, tr("页面已过期，请刷新后再试", "the page is out of date: reload it"))


def scope_of(request: Request) -> Scope:
    """The areas of the person who is asking."""
    return user_of(request).scope


ScopeHere = Annotated[Scope, Depends(scope_of)]
