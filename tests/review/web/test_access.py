"""Every route with every way of not being allowed: no session, wrong role, wrong area, no token, another site."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from data.store.users import Role
from review.web.access import ANYBODY, PUBLIC
from review.web.routes import ROUTES, Route
from tests.review.web.browser import Browser
from tests.review.web.conftest import Enter

_NAMES = [f"{route.method} {route.path}" for route in ROUTES]


def _address(route: Route, book: str = "469005") -> str:
    values = {"book": book, "username": "nobody"}
    path = route.path
    for part in path.split("/"):
        if part.startswith("{"):
            path = path.replace(part, values.get(part.strip("{}").split(":")[0], "x1"))
    return path


def _send(browser: Browser, route: Route, path: str, token: str) -> int:
    if route.method == "GET":
        return browser.get(path).status_code
    return browser.client.post(path, data={"csrf": token}, headers={"X-CSRF": token}).status_code


def test_the_list_is_all_there_is(app: FastAPI) -> None:
    found = {(method, route.path) for route in app.routes if isinstance(route, APIRoute) for method in route.methods}
    assert found == {(route.method, route.path) for route in ROUTES}
    assert len(found) == len(ROUTES)


def test_what_changes_something_is_no_get() -> None:
    assert {route.method for route in ROUTES} == {"GET", "POST"}


@pytest.mark.parametrize("route", [r for r in ROUTES if r.roles != PUBLIC], ids=lambda r: f"{r.method} {r.path}")
def test_without_a_session_everybody_is_sent_to_the_login(stranger: Browser, route: Route) -> None:
    answer = stranger.client.request(route.method, _address(route))
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")


def test_wrong_roles_and_missing_tokens_are_refused(enter: Enter) -> None:
    """One browser per role: logging in costs a tenth of a second."""
    browsers = {role: enter(role, username=role.value) for role in Role}
    tokens = {role: browser.token() for role, browser in browsers.items()}
    for route in ROUTES:
        if route.roles == PUBLIC:
            continue
        for role in set(Role) - route.roles:
            assert _send(browsers[role], route, _address(route), tokens[role]) == 403, (route, role)
        if route.method == "POST":
            role = min(route.roles)
            for wrong in ("", "x" * 43):
                assert _send(browsers[role], route, _address(route), wrong) == 403, (route, role)


def test_another_area_does_not_exist(enter: Enter) -> None:
    browsers = {role: enter(role, areas=("469021",), username=role.value) for role in Role}
    tokens = {role: browser.token() for role, browser in browsers.items()}
    for route in ROUTES:
        if "{book}" in route.path:
            role = min(route.roles)
            assert _send(browsers[role], route, _address(route, "469005"), tokens[role]) == 404, route


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_of_another_site_is_refused(enter: Enter, headers: dict[str, str]) -> None:
    browser = enter(Role.ANALYST)
    token = browser.token()
    answer = browser.client.post("/account/preferences", data={"csrf": token, "language": "en"}, headers=headers)
    assert answer.status_code == 403
    assert browser.client.post("/account/preferences", data={"csrf": token, "language": "en"}).status_code == 303


def test_a_password_that_another_chose_is_changed_first(enter: Enter) -> None:
    browser = enter(Role.ANALYST, is_new=True)
    assert browser.get("/").headers["location"] == "/account"
    answer = browser.post("/account/password", old="correct horse 46", new="my own words 46", again="my own words 46")
    assert answer.headers["location"] == "/login"
    browser.log_in("fuhe", "my own words 46")
    assert browser.get("/").status_code == 200


def test_every_role_is_used() -> None:
    assert set().union(*(route.roles for route in ROUTES)) == set(ANYBODY)
