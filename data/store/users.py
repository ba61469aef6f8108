"""Who may log in, as what, and for which areas? Passwords are kept as argon2 hashes; every change has its audit row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, RowMapping, insert, select, update

from data.errors import ConfigError
from data.store import audit
from data.store.audit import MACHINE
from data.store.clock import utc_now
from data.store.scope import Scope
from data.store.session import Store
from data.store.tables_desk import SESSIONS, USERS
from data.words import tr

#: Shorter ones are guessed, whatever they are made of; NIST SP 800-63B asks for 8 at least.
MIN_PASSWORD = 10
_MAX_PASSWORD = 256
_HASHER = PasswordHasher()


class Role(StrEnum):
    """What a person does here. Nobody has a right that is not in the list of routes."""

    UPLOADER = "uploader"
    ANALYST = "analyst"
    ADJUDICATOR = "adjudicator"
    STATISTICIAN = "statistician"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


@dataclass(frozen=True)
class User:
    """A person who may log in. has_password: else by the issuer alone (data.store.external_logins)."""

    username: str
    display_name: str
    roles: frozenset[Role]
    scope: Scope
    language: str
    has_shortcuts: bool
    must_change_password: bool
    is_locked: bool
    has_password: bool

    def is_any(self, roles: Iterable[Role]) -> bool:
        """Does the person have one of the roles?"""
        return not self.roles.isdisjoint(roles)


def add_user(
    store: Store,
    username: str,
    display_name: str,
    roles: Iterable[Role],
    areas: Iterable[str],
    password: str,
    by: str,
    now: datetime | None = None,
) -> User:
    """A new user, who has to change the password at the first login. ConfigError for a name that is taken or unfit."""
    now = now or utc_now()
    wanted, places = sorted(set(roles)), sorted(set(areas))
    _check_name(username, wanted, places)
    check_password(password, username)
    with audit.changing(store) as connection:
        if _row(connection, username) is not None:
            raise ConfigError(tr(f"用户“{username}”已存在", f"user “{username}” exists"))
        values = {
            "username": username,
            "display_name": display_name.strip() or username,
            "password_hash": _HASHER.hash(password),
            "roles": wanted,
            "areas": places,
            "language": "zh",
            "has_shortcuts": True,
            "must_change_password": True,
            "state": "active",
            "created_at": now,
            "created_by": by,
        }
        connection.execute(insert(USERS).values(values))
        _note(connection, username, "user added", by, now, roles=wanted, areas=places)
    return get_user(store, username)


def get_user(store: Store, username: str) -> User:
    """The user. ConfigError when there is none."""
    with store.read() as connection:
        row = _row(connection, username)
    if row is None:
        raise ConfigError(tr(f"没有用户“{username}”", f"no user “{username}”"))
    return as_user(row)


def list_users(store: Store) -> list[User]:
    """All users, by name."""
    with store.read() as connection:
        return [as_user(row) for row in connection.execute(select(USERS).order_by(USERS.c.username)).mappings()]


def set_locked(store: Store, username: str, is_locked: bool, by: str, now: datetime | None = None) -> None:
    """Lock a user out, which ends the sessions, or let them in again."""
    now = now or utc_now()
    with audit.changing(store) as connection:
        _existing(connection, username)
        state = "locked" if is_locked else "active"
        connection.execute(update(USERS).where(USERS.c.username == username).values(state=state))
        if is_locked:
            end_sessions(connection, username, now)
        _note(connection, username, "user locked" if is_locked else "user unlocked", by, now)


def set_password(
    store: Store, username: str, password: str, by: str, *, must_change: bool, now: datetime | None = None
) -> None:
    """A new password; every session of the user ends. must_change: somebody else chose it."""
    now = now or utc_now()
    check_password(password, username)
    hashed = _HASHER.hash(password)
    with audit.changing(store) as connection:
        _existing(connection, username)
        values = {"password_hash": hashed, "must_change_password": must_change}
        connection.execute(update(USERS).where(USERS.c.username == username).values(values))
        end_sessions(connection, username, now)
        _note(connection, username, "password reset" if must_change else "password changed", by, now)


def set_rights(
    store: Store, username: str, roles: Iterable[Role], areas: Iterable[str], by: str, now: datetime | None = None
) -> None:
    """Other roles or areas. Nobody changes their own (a user with that right would have all of them)."""
    now = now or utc_now()
    wanted, places = sorted(set(roles)), sorted(set(areas))
    _check_name(username, wanted, places)
    if username == by:
        raise ConfigError(tr("不能修改自己的角色和范围", "nobody changes their own roles and areas"))
    with audit.changing(store) as connection:
        _existing(connection, username)
        connection.execute(update(USERS).where(USERS.c.username == username).values(roles=wanted, areas=places))
        _note(connection, username, "rights changed", by, now, roles=wanted, areas=places)


def set_preferences(store: Store, username: str, *, language: str, has_shortcuts: bool) -> None:
    """Language and whether single keys decide (WCAG 2.1.4)."""
    with store.write() as connection:
        values = {"language": language, "has_shortcuts": has_shortcuts}
        connection.execute(update(USERS).where(USERS.c.username == username).values(values))


def is_password_right(row: RowMapping | None, password: str) -> bool:
    """Does the password fit the user's hash? As slow for a user that does not exist."""
    hashed = None if row is None else row["password_hash"]
    try:
        return _HASHER.verify(hashed or _nobody(), password[:_MAX_PASSWORD]) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """Checked for names that nobody bears, so that the answer takes as long as for those that somebody does.

    Made when first needed: a hash takes a tenth of a second, which every command would pay.
    """
    return _HASHER.hash("nobody has this password")


def as_user(row: RowMapping) -> User:
    """A row of `users` as what the desk works with."""
    return User(
        username=row["username"],
        display_name=row["display_name"],
        roles=frozenset(map(Role, row["roles"])),
        scope=Scope.of(row["areas"]),
        language=row["language"],
        has_shortcuts=row["has_shortcuts"],
        must_change_password=row["must_change_password"],
        is_locked=row["state"] == "locked",
        has_password=row["password_hash"] is not None,
    )


def end_sessions(connection: Connection, username: str, now: datetime) -> None:
    """Log the user out everywhere."""
    live = (SESSIONS.c.username == username) & SESSIONS.c.ended_at.is_(None)
    connection.execute(update(SESSIONS).where(live).values(ended_at=now))


def check_password(password: str, username: str) -> None:
    """ConfigError, saying what is wrong, for a password that is too short, too long or the name itself."""
    if len(password) < MIN_PASSWORD:
        raise ConfigError(tr(f"密码至少 {MIN_PASSWORD} 个字符", f"a password has {MIN_PASSWORD} characters at least"))
    if len(password) > _MAX_PASSWORD:
        raise ConfigError(tr(f"密码最多 {_MAX_PASSWORD} 个字符", f"a password has {_MAX_PASSWORD} characters at most"))
    if username.casefold() in password.casefold() or len(set(password)) < MIN_PASSWORD // 2:
        raise ConfigError(tr("密码太容易猜到", "the password is easy to guess"))


def _check_name(username: str, roles: list[Role], areas: list[str]) -> None:
    if not username.isidentifier() or username.casefold() == MACHINE or len(username) > 64:
        raise ConfigError(tr("用户名只能用文字、数字和下划线", "a user name has letters, digits and underscores"))
    if not roles:
        raise ConfigError(tr("至少要有一个角色", "a user has one role at least"))
    wrong = [area for area in areas if not area.isdecimal() or len(area) not in (2, 4, 6)]
    if not areas or wrong:
        raise ConfigError(tr("范围应是区划代码，如 46 或 469005", "an area is a code such as 46 or 469005"))


def _row(connection: Connection, username: str) -> RowMapping | None:
    return connection.execute(select(USERS).where(USERS.c.username == username)).mappings().first()


def _existing(connection: Connection, username: str) -> None:
    if _row(connection, username) is None:
        raise ConfigError(tr(f"没有用户“{username}”", f"no user “{username}”"))


def _note(connection: Connection, username: str, action: str, by: str, now: datetime, **details: object) -> None:
    audit.append(connection, now=now, actor=by, action=action, subject=f"user {username}", details=details)
