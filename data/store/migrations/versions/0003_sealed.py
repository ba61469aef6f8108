"""Identity numbers and mobiles, encrypted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sealed_values",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("run_area", "unique_id", "field")),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in ("sealed", "blind_index")),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.CheckConstraint("field IN ('id_no', 'mobile')", name=op.f("ck_sealed_values_field")),
        sa.PrimaryKeyConstraint("run_area", "unique_id", "field", name="pk_sealed_values"),
    )
    columns = ["run_area", "field", "blind_index"]
    op.create_index("ix_sealed_values_run_area_field_blind_index", "sealed_values", columns)
    op.create_index("ix_sealed_values_key_id", "sealed_values", ["key_id"])


def downgrade() -> None:
    op.drop_table("sealed_values")
