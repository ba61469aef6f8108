"""Measures: what each run took on which machine, beside what was expected of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "measures",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("run_id", "run_area", "host")),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("n_rows", "n_pairs")),
        *(sa.Column(name, sa.Float(), nullable=False) for name in ("seconds", "peak_mb")),
        *(sa.Column(name, sa.Float()) for name in ("expected_seconds", "expected_mb")),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_measures"),
    )
    op.create_index("ix_measures_run_area_ended_at", "measures", ["run_area", "ended_at"])


def downgrade() -> None:
    op.drop_table("measures")
