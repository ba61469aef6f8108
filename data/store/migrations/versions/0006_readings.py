"""Clerical review: readings, stages, gold items, notes, skips, assignments, guidance, shown records."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from data.store.triggers import append_only

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_GROWING = {"readings": "reading_id", "notes": "note_id", "skips": "skip_id", "guidance": "guidance_id"}
_INDEXES = {
    "readings": (
        ("run_area", "item_id"),
        ("run_area", "reviewer", "reading_id"),
        ("run_area", "pattern"),
        ("batch_id",),
    ),
    "reading_stages": (("run_area", "stage"),),
    "notes": (("run_area", "item_id"),),
    "skips": (("run_area", "item_id", "reviewer"),),
    "assignments": (("run_area", "assigned_to"),),
    "guidance": (("run_area",),),
    "record_cards": (("run_area", "name"),),
}
_TABLES = (*_INDEXES, "gold_items", "gold_asked")


def upgrade() -> None:
    op.create_table(
        "readings",
        _number("reading_id"),
        *_texts("run_area", "item_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_texts("content_hash", "kind", "stage", "reviewer"),
        *_texts("answer", "chosen", nullable=True),
        *_texts("reason"),
        *_texts("pattern", "batch_id", nullable=True),
        sa.Column("withdraws", _BIG),
        _moment("read_at"),
        sa.CheckConstraint("stage IN ('first', 'second', 'adjudication', 'gold')", name=op.f("ck_readings_stage")),
        sa.CheckConstraint("(answer IS NULL) <> (withdraws IS NULL)", name=op.f("ck_readings_answers_or_withdraws")),
        sa.PrimaryKeyConstraint("reading_id", name="pk_readings"),
        sa.UniqueConstraint("withdraws", name="uq_readings_withdraws"),
        sa.ForeignKeyConstraint(["withdraws"], ["readings.reading_id"], name="fk_readings_withdraws"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "reading_stages",
        *_texts("run_area", "item_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_texts("content_hash", "stage"),
        sa.CheckConstraint("stage IN ('second', 'adjudication')", name=op.f("ck_reading_stages_stage")),
        sa.PrimaryKeyConstraint("run_area", "item_id", name="pk_reading_stages"),
    )
    op.create_table(
        "gold_items",
        *_texts("run_area", "item_id", "content_hash", "answer"),
        *_texts("chosen", nullable=True),
        *_texts("made_by"),
        _moment("made_at"),
        sa.PrimaryKeyConstraint("run_area", "item_id", name="pk_gold_items"),
    )
    op.create_table(
        "gold_asked",
        *_texts("run_area", "reviewer", "item_id"),
        _moment("asked_at"),
        sa.PrimaryKeyConstraint("run_area", "reviewer", "item_id", name="pk_gold_asked"),
    )
    op.create_table(
        "notes",
        _number("note_id"),
        *_texts("run_area", "item_id", "author", "text"),
        _moment("noted_at"),
        sa.PrimaryKeyConstraint("note_id", name="pk_notes"),
        sqlite_autoincrement=True,
    )
    _more_tables()
    for table, indexes in _INDEXES.items():
        for columns in indexes:
            op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
    for table, key in _GROWING.items():
        append_only(table, key)
    for name, inside in (("order", ["run_area", "state"]), ("order_of_kind", ["run_area", "state", "kind"])):
        order: list[str | sa.TextClause] = [*inside, sa.text("priority DESC"), "first_run_id", "item_id"]
        op.create_index(f"ix_queue_items_{name}", "queue_items", order)
    op.create_index("ix_judgements_unique_id_r", "judgements", ["unique_id_r"])


def _more_tables() -> None:
    op.create_table(
        "skips",
        _number("skip_id"),
        *_texts("run_area", "item_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        *_texts("reviewer"),
        _moment("skipped_at"),
        sa.PrimaryKeyConstraint("skip_id", name="pk_skips"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "assignments",
        *_texts("run_area", "item_id", "assigned_to", "assigned_by"),
        _moment("assigned_at"),
        sa.PrimaryKeyConstraint("run_area", "item_id", name="pk_assignments"),
    )
    op.create_table(
        "guidance",
        _number("guidance_id"),
        *_texts("run_area", "text", "author"),
        _moment("written_at"),
        sa.PrimaryKeyConstraint("guidance_id", name="pk_guidance"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "record_cards",
        *_texts("run_area", "unique_id"),
        *_texts("name", "employer", "area", nullable=True),
        *_texts("shown"),
        sa.PrimaryKeyConstraint("run_area", "unique_id", name="pk_record_cards"),
    )


def downgrade() -> None:
    op.drop_index("ix_judgements_unique_id_r", "judgements")
    for name in ("order", "order_of_kind"):
        op.drop_index(f"ix_queue_items_{name}", "queue_items")
    for table in _TABLES:
        op.drop_table(table)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, _BIG, autoincrement=True, nullable=False)


def _moment(name: str) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _texts(*names: str, nullable: bool = False) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=nullable) for name in names]
