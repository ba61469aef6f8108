"""Attempts: every beginning of a reconciliation, how far it came and how it ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attempts",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("attempt_id", "run_area", "origin", "holder")),
        sa.Column("night_on", sa.Date()),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("began_at", "changed_at")),
        sa.Column("step", sa.Text()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("n_done", "n_steps")),
        sa.Column("state", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("run_id", "problem")),
        sa.CheckConstraint("origin IN ('hand', 'night', 'upload', 'regrade')", name=op.f("ck_attempts_origin")),
        sa.CheckConstraint("state IN ('running', 'done', 'failed', 'killed')", name=op.f("ck_attempts_state")),
        sa.CheckConstraint("(origin = 'night') = (night_on IS NOT NULL)", name=op.f("ck_attempts_night")),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_run_area_began_at", "attempts", ["run_area", "began_at"])


def downgrade() -> None:
    op.drop_table("attempts")
