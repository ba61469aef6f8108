"""Login, account and users as a browser meets them; headers of every answer."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from data.settings import Settings
from data.store.session import Store
from data.store.users import Role, list_users
from review.web.app import create_app
from review.web.headers import CONTENT_SECURITY_POLICY
from review.web.pages_login import own_address
from tests.review.web.browser import PASSWORD, Browser
from tests.review.web.conftest import Enter


@pytest.mark.parametrize("path", ["/login", "/nowhere", "/static/desk.css", "/healthz"])
def test_every_answer_has_the_headers(stranger: Browser, path: str) -> None:
    headers = stranger.get(path).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store" or path.startswith("/static")


def test_pages_load_nothing_from_outside(stranger: Browser) -> None:
    text = stranger.get("/login").text
    assert "http://" not in text.replace("http://127.0.0.1", "")
    assert "https://" not in text
    assert " style=" not in text
    assert "<script>" not in text


def test_login_goes_where_one_wanted(stranger: Browser, enter: Enter) -> None:
    enter(Role.ANALYST)
    sent = stranger.get("/account?x=1")
    assert sent.headers["location"] == "/login?after=%2Faccount%3Fx%3D1"
    assert 'name="after" value="/account?x=1"' in stranger.get(sent.headers["location"]).text
    values = {"username": "fuhe", "password": PASSWORD, "after": "/account?x=1"}
    answer = stranger.client.post("/login", data=values)
    assert answer.headers["location"] == "/account?x=1"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


@pytest.mark.parametrize("address", ["//elsewhere", "https://elsewhere", "/\\elsewhere", "elsewhere", "/a\r\nb", ""])
def test_nobody_is_sent_elsewhere(address: str) -> None:
    assert own_address(address) == "/"


def test_a_wrong_password_says_the_same_as_a_wrong_name(stranger: Browser, enter: Enter) -> None:
    enter(Role.ANALYST)
    answers = [stranger.log_in(name, "not the password") for name in ("fuhe", "nobody")]
    assert [answer.status_code for answer in answers] == [401, 401]
    texts = [answer.text.replace("nobody", "fuhe") for answer in answers]
    assert texts[0] == texts[1]


def test_logging_out(enter: Enter) -> None:
    browser = enter(Role.ANALYST)
    assert browser.get("/").status_code == 200
    assert browser.post("/logout").status_code == 303
    assert browser.get("/").headers["location"].startswith("/login")


def test_the_language_is_the_user_s(enter: Enter) -> None:
    browser = enter(Role.ANALYST)
    assert "我的账号" in browser.get("/account").text
    browser.post("/account/preferences", language="en")
    page = browser.get("/account").text
    assert "My account" in page
    assert 'lang="en"' in page


def test_a_page_that_is_not_there(stranger: Browser) -> None:
    answer = stranger.get("/nowhere")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.text


def test_the_administrator_makes_and_locks_users(enter: Enter, store: Store, app: FastAPI) -> None:
    admin = enter(Role.ADMINISTRATOR, username="guanli")
    page = admin.post("/users", username="chenlu", display_name="陈录", roles=["uploader"], areas="469005 469021")
    password = page.text.split("<code>")[1].split("</code>")[0]
    made = {user.username: user for user in list_users(store)}["chenlu"]
    assert made.scope.areas == ("469005", "469021")
    other = Browser(TestClient(app, base_url="http://127.0.0.1", follow_redirects=False))
    assert other.log_in("chenlu", password).status_code == 303
    admin.post("/users/chenlu/lock", is_locked="true")
    assert other.get("/").headers["location"].startswith("/login")
    assert other.log_in("chenlu", password).status_code == 401
    admin.post("/users/chenlu/lock", is_locked="false")
    assert other.log_in("chenlu", password).status_code == 303
    assert admin.post("/users/guanli/lock", is_locked="true").status_code == 422
    admin.post("/users/chenlu/rights", roles=["analyst"], areas="46")
    assert {user.username: user for user in list_users(store)}["chenlu"].roles == {Role.ANALYST}
    assert "已存在" in admin.post("/users", username="chenlu", roles=["uploader"], areas="46").text


def test_with_https_the_cookie_is_bound_to_the_host(store_url: str, store: Store, enter: Enter) -> None:
    enter(Role.ANALYST)
    app = create_app(Settings(database_url=store_url, is_https=True))
    client = TestClient(app, base_url="https://127.0.0.1", follow_redirects=False)
    answer = client.post("/login", data={"username": "fuhe", "password": PASSWORD})
    assert "__Host-longlou=" in answer.headers["set-cookie"]
    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]
    app.state.desk.store.close()
