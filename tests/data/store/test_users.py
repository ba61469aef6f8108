"""Users and logins on both engines: what is refused, what is slowed down, what ends a session."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from data.errors import ConfigError
from data.store import audit
from data.store.logins import LoginRefused, SessionLimits, TooManyLogins, live_session, log_in, log_out
from data.store.session import Store
from data.store.tables_desk import LOGINS, SESSIONS, USERS
from data.store.users import (
    Role,
    add_user,
    get_user,
    list_users,
    set_locked,
    set_password,
    set_preferences,
    set_rights,
)
from tests.data.store.builders import NOW

PASSWORD = "correct horse 46"
LIMITS = SessionLimits(idle=timedelta(minutes=30), whole=timedelta(hours=8))


@pytest.fixture
def user(store: Store) -> str:
    add_user(store, "fuhe", "符复核", [Role.ANALYST], ["469005"], PASSWORD, "admin", NOW)
    return "fuhe"


def _in(store: Store, username: str, password: str = PASSWORD, seconds: float = 0) -> str:
    return log_in(store, username, password, "127.0.0.1", "Chromium", NOW + timedelta(seconds=seconds))[0]


def test_a_user_has_what_was_given(store: Store, user: str) -> None:
    found = get_user(store, user)
    assert (found.display_name, found.roles, found.scope.areas) == ("符复核", {Role.ANALYST}, ("469005",))
    assert found.must_change_password
    assert list_users(store) == [found]
    assert audit.verify_chain(store).n_rows == 1


def test_no_password_in_the_database(store: Store, user: str) -> None:
    with store.read() as connection:
        row = connection.execute(select(USERS)).mappings().one()
    assert row["password_hash"].startswith("$argon2id$")
    assert PASSWORD not in str(dict(row))


@pytest.mark.parametrize(
    ("name", "roles", "areas", "password"),
    [
        ("longlou", [Role.ANALYST], ["46"], PASSWORD),
        ("two words", [Role.ANALYST], ["46"], PASSWORD),
        ("", [Role.ANALYST], ["46"], PASSWORD),
        ("fu", [], ["46"], PASSWORD),
        ("fu", [Role.ANALYST], [], PASSWORD),
        ("fu", [Role.ANALYST], ["海南"], PASSWORD),
        ("fu", [Role.ANALYST], ["46"], "short"),
        ("fu", [Role.ANALYST], ["46"], "1111111111111"),
        ("wangming", [Role.ANALYST], ["46"], "WangMing-2016"),
        ("fu", [Role.ANALYST], ["46"], "long " * 100),
    ],
)
def test_what_is_no_user(store: Store, name: str, roles: list[Role], areas: list[str], password: str) -> None:
    with pytest.raises(ConfigError):
        add_user(store, name, "", roles, areas, password, "admin", NOW)
    assert list_users(store) == []


def test_a_name_is_taken_once(store: Store, user: str) -> None:
    with pytest.raises(ConfigError, match="已存在"):
        add_user(store, user, "", [Role.ANALYST], ["46"], PASSWORD, "admin", NOW)


def test_a_session_lives_until_it_is_idle_or_old(store: Store, user: str) -> None:
    token = _in(store, user)
    session = live_session(store, token, LIMITS, NOW + timedelta(minutes=29))
    assert session is not None
    assert session.user.username == user
    assert live_session(store, token, LIMITS, NOW + timedelta(minutes=58)) is not None
    assert live_session(store, token, LIMITS, NOW + timedelta(minutes=89)) is None
    for minute in range(90, 480, 20):
        with store.write() as connection:
            connection.execute(SESSIONS.update().values(seen_at=NOW + timedelta(minutes=minute)))
    assert live_session(store, token, LIMITS, NOW + timedelta(hours=8, seconds=1)) is None


def test_a_stranger_has_no_session(store: Store, user: str) -> None:
    assert live_session(store, "guessed", LIMITS, NOW) is None


def test_the_token_is_not_in_the_database(store: Store, user: str) -> None:
    token = _in(store, user)
    with store.read() as connection:
        assert token not in str(connection.execute(select(SESSIONS)).mappings().all())


def test_logging_out_ends_the_session(store: Store, user: str) -> None:
    token = _in(store, user)
    session = live_session(store, token, LIMITS, NOW)
    assert session is not None
    log_out(store, session, NOW)
    assert live_session(store, token, LIMITS, NOW) is None


def test_lock_and_password_end_every_session(store: Store, user: str) -> None:
    first, second = _in(store, user), _in(store, user)
    set_password(store, user, "another one 46", user, must_change=False, now=NOW)
    assert live_session(store, first, LIMITS, NOW) is None
    assert live_session(store, second, LIMITS, NOW) is None
    third = _in(store, user, "another one 46")
    assert not get_user(store, user).must_change_password
    set_locked(store, user, True, "admin", NOW)
    assert live_session(store, third, LIMITS, NOW) is None
    with pytest.raises(LoginRefused):
        _in(store, user, "another one 46")
    set_locked(store, user, False, "admin", NOW)
    assert _in(store, user, "another one 46")


@pytest.mark.parametrize("username", ["fuhe", "nobody"])
def test_guessing_is_slowed_down_and_stopped(store: Store, user: str, username: str) -> None:
    for attempt in range(5):
        with pytest.raises(LoginRefused):
            _in(store, username, "wrong password", attempt)
    with pytest.raises(TooManyLogins, match="秒"):
        _in(store, username, PASSWORD, 5)
    at = 60.0
    for _ in range(5):
        with pytest.raises(LoginRefused):
            _in(store, username, "wrong password", at)
        at += 70
    with pytest.raises(TooManyLogins):
        _in(store, username, PASSWORD, at + 300)


def test_a_success_wipes_failures_out(store: Store, user: str) -> None:
    for round_ in range(3):
        for attempt in range(4):
            with pytest.raises(LoginRefused):
                _in(store, user, "wrong password", 10 * round_ + attempt)
        assert _in(store, user, PASSWORD, 10 * round_ + 9)
    with store.read() as connection:
        assert len(connection.execute(select(LOGINS)).all()) == 15


def test_rights_change_but_not_ones_own(store: Store, user: str) -> None:
    set_rights(store, user, [Role.AUDITOR], ["46"], "admin", NOW)
    assert get_user(store, user).roles == {Role.AUDITOR}
    with pytest.raises(ConfigError, match="自己"):
        set_rights(store, user, [Role.ADMINISTRATOR], ["46"], user, NOW)


def test_preferences(store: Store, user: str) -> None:
    set_preferences(store, user, language="en", has_shortcuts=False)
    found = get_user(store, user)
    assert (found.language, found.has_shortcuts) == ("en", False)
