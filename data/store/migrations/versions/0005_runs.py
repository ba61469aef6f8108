"""Runs that are held, discarded and rolled back; encrypted values that wait one night before they go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_BEFORE = "'started', 'published', 'failed'"
_AFTER = "'started', 'published', 'held', 'failed', 'discarded', 'rolled_back'"
_TEXTS = ("built_on", "republishes", "archive", "decided_by", "reason", "retention")


def upgrade() -> None:
    with op.batch_alter_table("runs") as runs:
        for name in _TEXTS:
            runs.add_column(sa.Column(name, sa.Text()))
        runs.drop_constraint(op.f("ck_runs_state"), type_="check")
        runs.create_check_constraint(op.f("ck_runs_state"), f"state IN ({_AFTER})")
    with op.batch_alter_table("sealed_values") as sealed:
        sealed.add_column(sa.Column("left_run", sa.Text()))


def downgrade() -> None:
    # What the older program does not know: nothing of it was published, or it is published no more.
    op.execute("UPDATE runs SET state = 'failed' WHERE state IN ('held', 'discarded', 'rolled_back')")
    op.execute("DELETE FROM sealed_values WHERE left_run IS NOT NULL")
    with op.batch_alter_table("sealed_values") as sealed:
        sealed.drop_column("left_run")
    with op.batch_alter_table("runs") as runs:
        runs.drop_constraint(op.f("ck_runs_state"), type_="check")
        runs.create_check_constraint(op.f("ck_runs_state"), f"state IN ({_BEFORE})")
        for name in _TEXTS:
            runs.drop_column(name)
