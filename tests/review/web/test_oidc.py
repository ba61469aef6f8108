"""Logging in by an issuer: who may, and everything that does not come from where it should."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from joserfc.jwk import ECKey, OctKey
from sqlalchemy import select
from starlette.testclient import TestClient

from data.settings import Settings
from data.settings_oidc import OidcSettings
from data.store.session import Store
from data.store.tables import AUDIT
from data.store.tables_desk import USERS
from data.store.users import Role, add_user, set_locked
from review.oidc import Provider
from review.web.app import create_app
from tests.review.web.browser import PASSWORD, Browser
from tests.review.web.issuer import CLIENT_ID, SECRET, Issuer, other_key, sent_on
from tests.review.web.live import served

_CALLBACK = "http://127.0.0.1/login/oidc/callback"


@pytest.fixture(scope="module")
def running() -> Iterator[Issuer]:
    issuer = Issuer()
    with served(issuer.app()) as address:
        issuer.address = address
        yield issuer


@pytest.fixture
def issuer(running: Issuer) -> Issuer:
    """The issuer as it is when nobody changed it."""
    sound = Issuer(address=running.address)
    vars(running).update(vars(sound))
    return running


@pytest.fixture
def app(store: Store, store_url: str, tmp_path: Path, issuer: Issuer) -> Iterator[FastAPI]:
    oidc = OidcSettings(
        issuer=issuer.address,
        client_id=CLIENT_ID,
        client_secret=SECRET,
        desk_url="http://127.0.0.1",
        title="单位账号登录",
    )
    add_user(store, "fuhe", "符和", [Role.ANALYST], ["469005"], PASSWORD, "root")
    made = create_app(Settings(database_url=store_url, var_dir=tmp_path / "var", oidc=oidc))
    yield made
    made.state.desk.store.close()


def _to_issuer(browser: Browser, after: str = "/") -> str:
    answer = browser.client.get("/login/oidc", params={"after": after})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def _back(address: str) -> str:
    """Where the issuer sends the browser."""
    return str(httpx2.get(address).headers["location"])


def _logged_in(browser: Browser, after: str = "/") -> int:
    return browser.get(_back(_to_issuer(browser, after))).status_code


def test_it_is_off_unless_set_up(store: Store, store_url: str, tmp_path: Path) -> None:
    made = create_app(Settings(database_url=store_url, var_dir=tmp_path / "var"))
    client = TestClient(made, base_url="http://127.0.0.1", follow_redirects=False)
    assert "/login/oidc" not in client.get("/login").text
    assert [client.get(f"/login/oidc{more}").status_code for more in ("", "/callback")] == [404, 404]
    made.state.desk.store.close()


def test_a_user_of_ours_comes_in(stranger: Browser, store: Store) -> None:
    assert "单位账号登录" in stranger.get("/login?after=/469005/queue").text
    address = _to_issuer(stranger, "/469005/queue")
    asked = sent_on(address)
    assert (asked["client_id"], asked["redirect_uri"], asked["response_type"]) == (CLIENT_ID, _CALLBACK, "code")
    assert (asked["code_challenge_method"], asked["scope"]) == ("S256", "openid profile")
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    answer = stranger.get(_back(address))
    assert answer.status_code == 200
    assert 'content="0;url=/469005/queue"' in answer.text
    assert "SameSite=strict" in next(one for one in answer.headers.get_list("set-cookie") if one.startswith("longlou="))
    # The roles are those of `longlou user add`; a password that somebody else chose is neither asked for nor kept.
    assert stranger.get("/469005/queue").status_code == 200
    assert stranger.get("/users").status_code == 403
    assert 'type="password"' not in stranger.get("/account").text
    with store.read() as connection:
        row = connection.execute(select(USERS)).mappings().one()
        told = connection.execute(select(AUDIT.c.action, AUDIT.c.details).order_by(AUDIT.c.seq)).all()
    assert (row["password_hash"], row["must_change_password"]) == (None, False)
    assert [action for action, _ in told] == ["user added", "logged in", "tied to issuer"]
    assert '"by":"http://127.0.0.1' in told[1].details


def test_only_a_page_of_ours_is_gone_to_afterwards(stranger: Browser) -> None:
    answer = stranger.get(_back(_to_issuer(stranger, "https://elsewhere.example/")))
    assert 'content="0;url=/"' in answer.text


_UNSOUND: tuple[tuple[dict[str, object], str], ...] = (
    ({"iss": "https://elsewhere.example"}, "iss"),
    ({"iss": None}, "iss"),
    ({"aud": "another-client"}, "aud"),
    ({"aud": [CLIENT_ID, "another-client"], "azp": "another-client"}, "azp"),
    ({"nonce": "another"}, "nonce"),
    ({"nonce": None}, "nonce"),
    ({"exp": int(time.time()) - 3600}, "exp"),
    ({"exp": None}, "exp"),
    ({"sub": None}, "sub"),
    ({"preferred_username": None}, "preferred_username"),
    ({"preferred_username": ["fuhe"]}, "preferred_username"),
)


def test_a_token_that_is_not_sound_is_refused(stranger: Browser, issuer: Issuer) -> None:
    for claims, said in _UNSOUND:
        issuer.claims = claims
        answer = stranger.get(_back(_to_issuer(stranger)))
        assert (answer.status_code, f"（{said}）" in answer.text) == (401, True), claims
        assert stranger.get("/").headers["location"].startswith("/login")


@pytest.mark.parametrize("kind", ["another's", "shared"])
def test_a_signature_of_somebody_else_is_refused(stranger: Browser, issuer: Issuer, kind: str) -> None:
    issuer.algorithm = "RS256" if kind == "another's" else "HS256"
    issuer.signs_with = other_key(issuer.key.kid) if kind == "another's" else OctKey.import_key(SECRET.ljust(32, "x"))
    assert _logged_in(stranger) == 401


def test_the_issuer_s_new_key_is_learnt(stranger: Browser, issuer: Issuer) -> None:
    assert _logged_in(stranger) == 200
    stranger.client.cookies.clear()
    assert _logged_in(stranger) == 200
    assert issuer.n_keys_read == 1
    issuer.key = ECKey.generate_key("P-256", auto_kid=True)
    stranger.client.cookies.clear()
    assert _logged_in(stranger) == 200
    assert issuer.n_keys_read == 2


def test_what_did_not_begin_here_does_not_end_here(stranger: Browser, app: FastAPI) -> None:
    back = _back(_to_issuer(stranger))
    other = Browser(TestClient(app, base_url="http://127.0.0.1", follow_redirects=False))
    assert other.get(back).status_code == 401
    _to_issuer(other)
    assert "（state）" in other.get(back).text
    other.client.cookies.set("longlou-oidc", "x.y.z", path="/login/oidc")
    assert "（cookie）" in other.get(back).text
    for changed in (back.replace("iss=", "iss=x"), back.replace("code=", "code=x"), f"{back}&error=access_denied"):
        assert stranger.get(changed).status_code == 401
        _to_issuer(stranger)


def test_a_code_is_good_for_one_verifier(app: FastAPI, stranger: Browser, issuer: Issuer) -> None:
    """Whoever catches a code has not what it was asked with."""
    address = _to_issuer(stranger)
    caught = sent_on(_back(address))["code"]
    browser = Browser(TestClient(app, base_url="http://127.0.0.1", follow_redirects=False))
    own = sent_on(_to_issuer(browser))
    answer = browser.client.get("/login/oidc/callback", params={"code": caught, "state": own["state"]})
    assert (answer.status_code, "（token）" in answer.text) == (401, True)
    assert issuer.codes == {}


def _subject(store: Store) -> Any:
    with store.read() as connection:
        return connection.execute(select(USERS.c.oidc_subject)).scalar()


def test_users_are_made_here_and_nowhere_else(stranger: Browser, store: Store, issuer: Issuer) -> None:
    issuer.claims = {"preferred_username": "nobody"}
    answer = stranger.get(_back(_to_issuer(stranger)))
    assert (answer.status_code, "longlou user add" in answer.text) == (401, True)
    issuer.claims = {}
    set_locked(store, "fuhe", True, "root")
    assert _logged_in(stranger) == 401
    assert _subject(store) is None
    set_locked(store, "fuhe", False, "root")
    assert _logged_in(stranger) == 200
    assert _subject(store) == f"{issuer.address} subject-1"


def test_a_name_given_to_somebody_else_opens_nothing(stranger: Browser, issuer: Issuer) -> None:
    assert _logged_in(stranger) == 200
    stranger.client.cookies.clear()
    issuer.claims = {"sub": "subject-2"}
    assert _logged_in(stranger) == 401
    # And who is called otherwise there is still the same person.
    issuer.claims = {"preferred_username": "fuhe_new"}
    assert _logged_in(stranger) == 200


def test_an_issuer_that_does_not_answer(stranger: Browser, app: FastAPI, issuer: Issuer) -> None:
    issuer.names = "https://elsewhere.example"
    assert stranger.get("/login/oidc").status_code == 503
    away = app.state.desk.settings.oidc.model_copy(update={"issuer": "http://127.0.0.1:9"})
    object.__setattr__(app.state.desk, "oidc", Provider(away))
    answer = stranger.get("/login/oidc")
    assert (answer.status_code, "没有应答" in answer.text) == (503, True)
    # Passwords go on.
    assert stranger.log_in("fuhe").status_code == 303
