"""First tables: runs, persons, links, classifications, findings, queue, judgements, audit."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from data.store.triggers import append_only

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_APPEND_ONLY = {"judgements": "judgement_id", "audit": "seq"}
_PERSON = (["run_area", "person_id"], ["persons.run_area", "persons.person_id"])


def upgrade() -> None:
    _runs_and_persons()
    _published()
    _decidable()
    _append_only()
    for table, key in _APPEND_ONLY.items():
        append_only(table, key)


def downgrade() -> None:
    # Triggers go with their tables.
    for table in ("audit", "judgements", "queue_items", "findings", "classifications", "links", "persons", "runs"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _runs_and_persons() -> None:
    op.create_table(
        "runs",
        _text("run_id"),
        _text("area"),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        *(_text(name) for name in ("code_version", "model_digest", "rules_digest", "sources", "counts", "state")),
        sa.CheckConstraint("state IN ('started', 'published', 'failed')", name=op.f("ck_runs_state")),
        sa.PrimaryKeyConstraint("run_id", name="pk_runs"),
    )
    _index("runs", "area", "state", "ended_at")
    op.create_table(
        "persons",
        _text("run_area"),
        _text("person_id"),
        sa.Column("minted_seq", _BIG, nullable=False),
        _text("minted_run"),
        sa.Column("is_member", sa.Boolean(), nullable=False),
        *(_text(name, nullable=True) for name in ("split_from", "retired_run", "merged_into")),
        sa.PrimaryKeyConstraint("run_area", "person_id", name="pk_persons"),
        sa.UniqueConstraint("run_area", "minted_seq", name="uq_persons_run_area_minted_seq"),
    )


def _published() -> None:
    op.create_table(
        "links",
        *(_text(name) for name in ("run_area", "unique_id", "person_id")),
        sa.PrimaryKeyConstraint("run_area", "unique_id", name="pk_links"),
        sa.ForeignKeyConstraint(*_PERSON, name="fk_links_run_area_person_id"),
    )
    _index("links", "run_area", "person_id")
    op.create_table(
        "classifications",
        *(_text(name) for name in ("run_area", "person_id", "primary_class", "flags", "population")),
        *(_text(name, nullable=True) for name in ("area", "township", "branch", "entity_id")),
        _text("reason"),
        sa.PrimaryKeyConstraint("run_area", "person_id", name="pk_classifications"),
        sa.ForeignKeyConstraint(*_PERSON, name="fk_classifications_run_area_person_id"),
    )
    _index("classifications", "run_area", "primary_class")


def _decision() -> list[sa.Column[Any]]:
    return [
        _text("content_hash"),
        _text("state"),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _text("decided_by", nullable=True),
        sa.Column("decided_at", _MOMENT),
        _text("decision_reason", nullable=True),
    ]


def _decidable() -> None:
    op.create_table(
        "findings",
        *(_text(name) for name in ("run_area", "finding_id", "rule_code", "evidence_grade")),
        *(_text(name, nullable=True) for name in ("unique_id", "person_id")),
        sa.Column("is_false_entry", sa.Boolean(), nullable=False),
        *(_text(name) for name in ("message", "evidence", "first_run_id")),
        *_decision(),
        sa.CheckConstraint("state IN ('proposed', 'upheld', 'dismissed', 'withdrawn')", name=op.f("ck_findings_state")),
        sa.CheckConstraint(
            "state NOT IN ('upheld', 'dismissed') OR decided_by IS NOT NULL", name=op.f("ck_findings_decided_by")
        ),
        sa.PrimaryKeyConstraint("run_area", "finding_id", name="pk_findings"),
        sa.ForeignKeyConstraint(*_PERSON, name="fk_findings_run_area_person_id"),
    )
    _index("findings", "run_area", "person_id")
    _index("findings", "run_area", "unique_id")
    op.create_table(
        "queue_items",
        *(_text(name) for name in ("run_area", "item_id", "kind", "unique_id")),
        *(_text(name, nullable=True) for name in ("person_id", "shown")),
        _text("candidates"),
        sa.Column("priority", _BIG, nullable=False),
        _text("reason"),
        *(_text(name, nullable=True) for name in ("area", "township")),
        _text("first_run_id"),
        *_decision(),
        *(_text(name, nullable=True) for name in ("choice", "leased_by")),
        sa.Column("leased_until", _MOMENT),
        sa.CheckConstraint("state IN ('open', 'decided', 'withdrawn')", name=op.f("ck_queue_items_state")),
        sa.CheckConstraint("state <> 'decided' OR decided_by IS NOT NULL", name=op.f("ck_queue_items_decided_by")),
        sa.PrimaryKeyConstraint("run_area", "item_id", name="pk_queue_items"),
    )
    _index("queue_items", "run_area", "state", "priority", "item_id")
    _index("queue_items", "run_area", "leased_by")
    _index("queue_items", "run_area", "decided_by", "decided_at")


def _append_only() -> None:
    op.create_table(
        "judgements",
        sa.Column("judgement_id", _BIG, autoincrement=True, nullable=False),
        *(_text(name) for name in ("run_area", "unique_id_l", "unique_id_r")),
        _text("judgement", nullable=True),
        sa.Column("withdraws", _BIG),
        *(_text(name) for name in ("reviewer", "reason")),
        *(_text(name, nullable=True) for name in ("run_id", "item_id")),
        _text("evidence"),
        sa.Column("decided_at", _MOMENT, nullable=False),
        sa.CheckConstraint("unique_id_l <> unique_id_r", name=op.f("ck_judgements_pair")),
        sa.CheckConstraint("judgement IN ('positive', 'negative', 'unsure')", name=op.f("ck_judgements_judgement")),
        sa.CheckConstraint(
            "(judgement IS NULL) <> (withdraws IS NULL)", name=op.f("ck_judgements_judges_or_withdraws")
        ),
        sa.PrimaryKeyConstraint("judgement_id", name="pk_judgements"),
        sa.ForeignKeyConstraint(["withdraws"], ["judgements.judgement_id"], name="fk_judgements_withdraws"),
        sa.UniqueConstraint("withdraws", name="uq_judgements_withdraws"),
        sqlite_autoincrement=True,
    )
    _index("judgements", "unique_id_l", "unique_id_r", "judgement_id")
    _index("judgements", "run_area", "item_id")
    op.create_table(
        "audit",
        sa.Column("seq", _BIG, autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        *(_text(name) for name in ("actor", "action", "subject", "details", "prev_hash", "row_hash")),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    _index("audit", "subject")
