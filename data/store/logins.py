"""Logging in and staying in: sessions kept on the server, slowed-down guessing, an end after silence.

The cookie holds 256 random bits, the database their SHA-256: who reads the table cannot log in with it.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from data.errors import LonglouError
from data.store import audit
from data.store.clock import utc_now
from data.store.session import Store
from data.store.tables_desk import LOGINS, SESSIONS, USERS
from data.store.users import User, as_user, is_password_right
from data.words import tr

#: From this many failures on each waits twice as long as the one before; at `_LOCKED` for a quarter of an hour.
_FREE, _LOCKED = 5, 10
_LONGEST = timedelta(minutes=15)
#: One address may be a whole office behind one gateway.
_FREE_ADDRESS, _LOCKED_ADDRESS = 30, 100
#: How often "last seen" is written.
_SEEN_EVERY = timedelta(minutes=1)


class LoginRefused(LonglouError):
    """Name or password wrong, user locked: one answer for all, so that nobody learns who exists."""

    def __init__(self) -> None:
        super().__init__(tr("用户名或密码不对，或用户已停用", "wrong name or password, or the user is locked"))


class TooManyLogins(LonglouError):
    """Too many failures; `wait` says how long until the next try counts."""

    def __init__(self, wait: timedelta) -> None:
        seconds = max(int(wait.total_seconds()), 1)
        super().__init__(tr(f"尝试次数过多，请 {seconds} 秒后再试", f"too many attempts: wait {seconds} seconds"))
        self.wait = wait


@dataclass(frozen=True)
class SessionLimits:
    """When a session ends: after so long without a request, and after so long in any case."""

    idle: timedelta
    whole: timedelta


@dataclass(frozen=True)
class Session:
    """A live session: who it is, and the token that every form must carry."""

    user: User
    csrf: str
    token_hash: str


def log_in(
    store: Store, username: str, password: str, address: str, browser: str, now: datetime | None = None
) -> tuple[str, Session]:
    """A new session and its token for the cookie. Raises LoginRefused or TooManyLogins; every attempt is counted."""
    now = now or utc_now()
    with store.read() as connection:
        _check_pace(connection, username, address, now)
        row = connection.execute(select(USERS).where(USERS.c.username == username)).mappings().first()
    # Outside of any transaction: hashing takes a tenth of a second.
    is_right = is_password_right(row, password)
    user = None if row is None or not is_right else as_user(row)
    is_in = user is not None and not user.is_locked
    with audit.changing(store) as connection:
        attempt = {"username": username[:64], "address": address, "at": now, "is_success": is_in}
        connection.execute(insert(LOGINS).values(attempt))
        action = "logged in" if is_in else "login refused"
        subject = f"user {username[:64]}"
        audit.append(
            connection, now=now, actor=username[:64], action=action, subject=subject, details={"from": address}
        )
        if user is not None and is_in:
            return begin_session(connection, user, address, browser, now)
    raise LoginRefused


def live_session(store: Store, token: str, limits: SessionLimits, now: datetime | None = None) -> Session | None:
    """The session of the cookie's token; None when it ended, was idle for too long, or never was."""
    now = now or utc_now()
    own = (SESSIONS.c.token_hash, SESSIONS.c.csrf, SESSIONS.c.seen_at, SESSIONS.c.created_at.label("began_at"))
    query = select(USERS, *own).join(SESSIONS).where(SESSIONS.c.token_hash == _hashed(token))
    with store.read() as connection:
        row = (
            connection.execute(query.where(SESSIONS.c.ended_at.is_(None), USERS.c.state == "active")).mappings().first()
        )
    if row is None or now - row["seen_at"] > limits.idle or now - row["began_at"] > limits.whole:
        return None
    if now - row["seen_at"] > _SEEN_EVERY:
        with store.write() as connection:
            connection.execute(update(SESSIONS).where(SESSIONS.c.token_hash == row["token_hash"]).values(seen_at=now))
    return Session(as_user(row), row["csrf"], row["token_hash"])


def log_out(store: Store, session: Session, now: datetime | None = None) -> None:
    """End this session."""
    now = now or utc_now()
    with audit.changing(store) as connection:
        ended = update(SESSIONS).where(SESSIONS.c.token_hash == session.token_hash).values(ended_at=now)
        connection.execute(ended)
        name = session.user.username
        audit.append(connection, now=now, actor=name, action="logged out", subject=f"user {name}", details={})


def begin_session(connection: Connection, user: User, address: str, browser: str, now: datetime) -> tuple[str, Session]:
    """A new session in the caller's transaction, which has found out who it is; its token for the cookie."""
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    hashed = _hashed(token)
    values = {
        "token_hash": hashed,
        "username": user.username,
        "csrf": csrf,
        "address": address,
        "browser": browser[:200],
        "created_at": now,
        "seen_at": now,
    }
    connection.execute(insert(SESSIONS).values(values))
    return token, Session(user, csrf, hashed)


def _check_pace(connection: Connection, username: str, address: str, now: datetime) -> None:
    """Raise TooManyLogins while the name or the address has to wait."""
    pairs = (
        (LOGINS.c.username == username, _FREE, _LOCKED, True),
        (LOGINS.c.address == address, _FREE_ADDRESS, _LOCKED_ADDRESS, False),
    )
    for whose, free, locked, until_success in pairs:
        n, last = _failures(connection, whose, now, until_success=until_success)
        if n < free or last is None:
            continue
        pause = _LONGEST if n >= locked else min(timedelta(seconds=2 ** (n - free + 1)), _LONGEST)
        if now < last + pause:
            raise TooManyLogins(last + pause - now)


def _failures(
    connection: Connection, whose: ColumnElement[bool], now: datetime, *, until_success: bool
) -> tuple[int, datetime | None]:
    """Failures of the last quarter of an hour and when the last one was; a success of the user wipes them out."""
    recent = whose & (LOGINS.c.at > now - _LONGEST)
    if until_success:
        last_in = select(func.max(LOGINS.c.login_id)).where(recent, LOGINS.c.is_success)
        found = connection.execute(last_in).scalar()
        recent = recent & (LOGINS.c.login_id > (found or 0))
    failed = select(func.count(), func.max(LOGINS.c.at)).where(recent, ~LOGINS.c.is_success)
    n, last = connection.execute(failed).one()
    return n, last


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
