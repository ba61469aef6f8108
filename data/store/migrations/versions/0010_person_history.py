"""The change feed by person: the history page of the desk asks for it."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_INDEX = "ix_person_changes_run_area_person_id"


def upgrade() -> None:
    op.create_index(_INDEX, "person_changes", ["run_area", "person_id"])


def downgrade() -> None:
    op.drop_index(_INDEX, table_name="person_changes")
