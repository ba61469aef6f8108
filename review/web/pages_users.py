"""The administrator's page: who may log in, as what, for which areas. An administrator sees no member's data, and
manages the users of their own areas, for these areas."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse, Response

from data.errors import ConfigError
from data.store.scope import OutOfScope, Scope
from data.store.users import Role, User, add_user, get_user, list_users, set_locked, set_password, set_rights
from review.web.access import Desk, DeskHere, Viewer
from review.web.rendering import page
from review.web.words import gettext as _

_N_RANDOM_BYTES = 12


def list_page(request: Request, desk: DeskHere, viewer: Viewer) -> Response:
    """The users and the form for a new one."""
    return _users(request, desk, viewer)


def add(
    request: Request,
    desk: DeskHere,
    viewer: Viewer,
    username: Annotated[str, Form(max_length=200)],
    roles: Annotated[list[Role], Form()],
    areas: Annotated[str, Form(max_length=500)],
    display_name: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """A new user with a password of our choice, shown once."""
    password = secrets.token_urlsafe(_N_RANDOM_BYTES)
    try:
        add_user(desk.store, username, display_name, roles, _given(viewer, areas), password, viewer.username)
    except ConfigError as error:
        return _users(request, desk, viewer, status=422, problem=str(error))
    return _users(request, desk, viewer, first_password=(username, password))


def lock(desk: DeskHere, viewer: Viewer, username: str, is_locked: Annotated[bool, Form()] = False) -> Response:
    """Lock a user out or let them in again; not oneself."""
    if username == viewer.username:
        raise ConfigError(_("You cannot lock yourself out."))
    _check_managed(desk, viewer, username)
    set_locked(desk.store, username, is_locked, viewer.username)
    return RedirectResponse("/users", 303)


def change_rights(
    desk: DeskHere,
    viewer: Viewer,
    username: str,
    roles: Annotated[list[Role], Form()],
    areas: Annotated[str, Form(max_length=500)],
) -> Response:
    """Other roles and areas."""
    _check_managed(desk, viewer, username)
    set_rights(desk.store, username, roles, _given(viewer, areas), viewer.username)
    return RedirectResponse("/users", 303)


def reset(request: Request, desk: DeskHere, viewer: Viewer, username: str) -> Response:
    """A new password of our choice, shown once; it has to be changed at the next login."""
    _check_managed(desk, viewer, username)
    password = secrets.token_urlsafe(_N_RANDOM_BYTES)
    set_password(desk.store, username, password, viewer.username, must_change=True)
    return _users(request, desk, viewer, first_password=(username, password))


def _given(viewer: User, areas: str) -> list[str]:
    """The areas as written. ConfigError where one is not the administrator's to give."""
    codes = areas.split()
    if not viewer.scope.contains(Scope.of(codes)):
        raise ConfigError(_("You can give your own areas only."))
    return codes


def _check_managed(desk: Desk, viewer: User, username: str) -> None:
    """A user who sees more than the administrator is not there for them."""
    if not viewer.scope.contains(get_user(desk.store, username).scope):
        raise OutOfScope


def _users(
    request: Request,
    desk: Desk,
    viewer: User,
    *,
    status: int = 200,
    problem: str | None = None,
    first_password: tuple[str, str] | None = None,
) -> Response:
    users = [user for user in list_users(desk.store) if viewer.scope.contains(user.scope)]
    values = {"users": users, "roles": list(Role), "problem": problem}
    return page(request, "users.html", status=status, title=_("Users"), first_password=first_password, **values)
