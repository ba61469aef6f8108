"""Tables of the people who work at the review desk: users, sessions, logins, reveals. Password hashes, never passwords.

`logins` and `reveals` only ever grow; a session is a row that a person or an administrator can end.
"""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table

from data.store.tables import METADATA
from data.store.types import BIG_INTEGER, CanonicalJson, UtcDateTime, text_column

#: One row a person who may log in. `roles` and `areas` are lists; an area is a county's code or the province's 46.
USERS = Table(
    "users",
    METADATA,
    text_column("username", key=True),
    text_column("display_name"),
    text_column("password_hash", nullable=True),
    text_column("oidc_subject", nullable=True),
    Column("roles", CanonicalJson, nullable=False),
    Column("areas", CanonicalJson, nullable=False),
    text_column("language"),
    Column("has_shortcuts", Boolean, nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    text_column("state"),
    Column("created_at", UtcDateTime, nullable=False),
    text_column("created_by"),
    CheckConstraint("state IN ('active', 'locked')", name="state"),
    CheckConstraint("language IN ('zh', 'en')", name="language"),
    Index(None, "oidc_subject", unique=True),
)

#: One row a login that succeeded. The cookie holds a random token, the table its SHA-256 alone.
SESSIONS = Table(
    "sessions",
    METADATA,
    text_column("token_hash", key=True),
    Column("username", ForeignKey("users.username"), nullable=False),
    text_column("csrf"),
    text_column("address"),
    text_column("browser"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Index(None, "username"),
)

#: One row an attempt to log in: what throttling counts. `username` as typed, so that unknown names are slowed down too.
LOGINS = Table(
    "logins",
    METADATA,
    Column("login_id", BIG_INTEGER, primary_key=True, autoincrement=True),
    text_column("username"),
    text_column("address"),
    Column("at", UtcDateTime, nullable=False),
    Column("is_success", Boolean, nullable=False),
    Index(None, "username", "at"),
    Index(None, "address", "at"),
    sqlite_autoincrement=True,
)

#: One row a masked value that somebody looked at: what the daily quota counts. Append-only.
REVEALS = Table(
    "reveals",
    METADATA,
    Column("reveal_id", BIG_INTEGER, primary_key=True, autoincrement=True),
    text_column("username"),
    text_column("run_area"),
    text_column("unique_id"),
    text_column("field"),
    text_column("reason"),
    Column("at", UtcDateTime, nullable=False),
    Column("n_today", Integer, nullable=False),
    Index(None, "username", "at"),
    sqlite_autoincrement=True,
)
