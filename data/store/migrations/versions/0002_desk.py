"""Users, sessions, logins and reveals of the review desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data.store.triggers import append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "users",
        *(_text(name) for name in ("username", "display_name")),
        *(_text(name, nullable=True) for name in ("password_hash", "oidc_subject")),
        *(_text(name) for name in ("roles", "areas", "language")),
        sa.Column("has_shortcuts", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        _text("state"),
        sa.Column("created_at", _MOMENT, nullable=False),
        _text("created_by"),
        sa.CheckConstraint("state IN ('active', 'locked')", name=op.f("ck_users_state")),
        sa.CheckConstraint("language IN ('zh', 'en')", name=op.f("ck_users_language")),
        sa.PrimaryKeyConstraint("username", name="pk_users"),
    )
    op.create_index("ix_users_oidc_subject", "users", ["oidc_subject"], unique=True)
    op.create_table(
        "sessions",
        *(_text(name) for name in ("token_hash", "username", "csrf", "address", "browser")),
        *(sa.Column(name, _MOMENT, nullable=False) for name in ("created_at", "seen_at")),
        sa.Column("ended_at", _MOMENT),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
        sa.ForeignKeyConstraint(["username"], ["users.username"], name="fk_sessions_username"),
    )
    op.create_index("ix_sessions_username", "sessions", ["username"])
    op.create_table(
        "logins",
        sa.Column("login_id", _BIG, autoincrement=True, nullable=False),
        *(_text(name) for name in ("username", "address")),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("is_success", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("login_id", name="pk_logins"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_logins_username_at", "logins", ["username", "at"])
    op.create_index("ix_logins_address_at", "logins", ["address", "at"])
    op.create_table(
        "reveals",
        sa.Column("reveal_id", _BIG, autoincrement=True, nullable=False),
        *(_text(name) for name in ("username", "run_area", "unique_id", "field", "reason")),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("n_today", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("reveal_id", name="pk_reveals"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reveals_username_at", "reveals", ["username", "at"])
    append_only("logins", "login_id")
    append_only("reveals", "reveal_id")


def downgrade() -> None:
    for table in ("reveals", "logins", "sessions", "users"):
        op.drop_table(table)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)
