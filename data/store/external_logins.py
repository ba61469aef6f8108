"""Logging in by an issuer's word: it says who somebody is, `users` says what they may do. Nobody is added that way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, select, update

from data.errors import LonglouError
from data.store import audit
from data.store.clock import utc_now
from data.store.logins import Session, begin_session
from data.store.session import Store
from data.store.tables_desk import USERS
from data.store.users import as_user
from data.words import tr


class NotAUserHere(LonglouError):
    """The issuer knows the person, this installation does not, or has locked them out: one answer for both."""

    def __init__(self) -> None:
        super().__init__(
            tr(
                "身份已确认，但这里没有相应的可用用户：请管理员先用 longlou user add 建立",
                "you are who you say, but no user here: ask an administrator for longlou user add",
            )
        )


def log_in_by_issuer(
    store: Store,
    issuer: str,
    subject: str,
    username: str,
    address: str,
    browser: str,
    now: datetime | None = None,
) -> tuple[str, Session]:
    """A new session and its token for the cookie. Raises NotAUserHere.

    The first login ties the user of that name to the issuer's subject; from then on the subject alone counts, so that
    a name given to somebody else at the issuer opens nothing here. A password that somebody else chose for the user is
    taken away: whoever comes by the issuer needs none.
    """
    now = now or utc_now()
    bound = f"{issuer} {subject}"
    with audit.changing(store) as connection:
        row = _user_of(connection, bound, username)
        is_in = row is not None and row["state"] == "active"
        actor = username[:64] if row is None else row["username"]
        action, told = ("logged in" if is_in else "login refused"), {"from": address, "by": issuer}
        audit.append(connection, now=now, actor=actor, action=action, subject=f"user {actor}", details=told)
        if row is not None and is_in:
            _bind(connection, row, bound, now)
            return begin_session(connection, as_user(_found(connection, actor)), address, browser, now)
    raise NotAUserHere


def _user_of(connection: Connection, bound: str, username: str) -> RowMapping | None:
    """The user tied to the subject, else the one of that name who is tied to nobody."""
    own = _first(connection, USERS.c.oidc_subject == bound)
    return own or _first(connection, (USERS.c.username == username) & USERS.c.oidc_subject.is_(None))


def _bind(connection: Connection, row: RowMapping, bound: str, now: datetime) -> None:
    if row["oidc_subject"] == bound and not row["must_change_password"]:
        return
    values: dict[str, object] = {"oidc_subject": bound}
    if row["must_change_password"]:
        values |= {"password_hash": None, "must_change_password": False}
    name = row["username"]
    connection.execute(update(USERS).where(USERS.c.username == name).values(values))
    told = {"password_gone": row["must_change_password"]}
    audit.append(connection, now=now, actor=name, action="tied to issuer", subject=f"user {name}", details=told)


def _found(connection: Connection, username: str) -> RowMapping:
    row = _first(connection, USERS.c.username == username)
    assert row is not None, "the user was there in this transaction"
    return row


def _first(connection: Connection, which: ColumnElement[bool]) -> RowMapping | None:
    return connection.execute(select(USERS).where(which)).mappings().first()
