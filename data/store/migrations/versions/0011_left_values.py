"""Encrypted values that a night has left: the next one asks for them without reading all the others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INDEX = "ix_sealed_values_left_run"
_IS_LEFT = sa.text("left_run IS NOT NULL")


def upgrade() -> None:
    op.create_index(_INDEX, "sealed_values", ["run_area", "left_run"], sqlite_where=_IS_LEFT, postgresql_where=_IS_LEFT)


def downgrade() -> None:
    op.drop_index(_INDEX, table_name="sealed_values")
