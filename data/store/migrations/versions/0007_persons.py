"""Persons that last: known records, what is new, lineage and change feed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data.store.triggers import append_only

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "known_records",
        *(_text(name) for name in ("run_area", "unique_id")),
        _text("person_id", nullable=True),
        _text("keys"),
        *(_text(name, nullable=True) for name in ("fields", "gone_run", "successor")),
        sa.PrimaryKeyConstraint("run_area", "unique_id", name="pk_known_records"),
    )
    # What is linked now is known; the next run finds out the keys.
    op.execute(
        "INSERT INTO known_records (run_area, unique_id, person_id, keys) "
        "SELECT run_area, unique_id, person_id, '' FROM links"
    )
    op.create_table(
        "seen_records",
        _text("run_area"),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("run_area", name="pk_seen_records"),
    )
    op.add_column("queue_items", _text("evidence", nullable=True))
    _create_lineage()
    _create_changes()
    append_only("person_lineage", "lineage_id")
    append_only("person_changes", "change_id")


def downgrade() -> None:
    op.drop_column("queue_items", "evidence")
    for table in ("person_changes", "person_lineage", "seen_records", "known_records"):
        op.drop_table(table)


def _create_lineage() -> None:
    op.create_table(
        "person_lineage",
        sa.Column("lineage_id", _BIG, autoincrement=True, nullable=False),
        *(_text(name) for name in ("run_area", "run_id", "kind")),
        *(_text(name, nullable=True) for name in ("from_person_id", "to_person_id")),
        sa.Column("n_records", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('merged', 'split', 'moved', 'retired', 'revived')", name=op.f("ck_person_lineage_kind")
        ),
        sa.CheckConstraint("(kind = 'retired') = (to_person_id IS NULL)", name=op.f("ck_person_lineage_to")),
        sa.CheckConstraint("(kind = 'revived') = (from_person_id IS NULL)", name=op.f("ck_person_lineage_from")),
        sa.PrimaryKeyConstraint("lineage_id", name="pk_person_lineage"),
        sqlite_autoincrement=True,
    )
    for column in ("run_id", "from_person_id", "to_person_id"):
        op.create_index(f"ix_person_lineage_run_area_{column}", "person_lineage", ["run_area", column])


def _create_changes() -> None:
    op.create_table(
        "person_changes",
        sa.Column("change_id", _BIG, autoincrement=True, nullable=False),
        *(_text(name) for name in ("run_area", "run_id", "person_id", "kind")),
        *(_text(name, nullable=True) for name in ("before", "after")),
        sa.Column("n_records", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('new', 'gone', 'revived', 'merged', 'split', 'moved', 'records', 'class')",
            name=op.f("ck_person_changes_kind"),
        ),
        sa.PrimaryKeyConstraint("change_id", name="pk_person_changes"),
        sqlite_autoincrement=True,
    )
    columns = ["run_area", "run_id", "person_id"]
    op.create_index("ix_person_changes_run_area_run_id_person_id", "person_changes", columns)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)
