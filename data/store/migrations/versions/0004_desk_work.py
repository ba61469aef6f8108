"""Files handed in, verification work, and the numbers that a run publishes for the overview."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from data.store.triggers import append_only

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_CASE_STATES = "('lead', 'check', 'phone', 'visit', 'confirmed', 'ruled_out')"


def upgrade() -> None:
    _uploads()
    _cases()
    _steps()
    _numbers()


def _uploads() -> None:
    states = "('received', 'checked', 'accepted', 'refused', 'queued', 'running', 'done', 'failed')"
    op.create_table(
        "uploads",
        *(_text(name) for name in ("upload_id", "run_area", "area", "kind", "file_name", "digest")),
        sa.Column("n_bytes", _BIG, nullable=False),
        *(_text(name) for name in ("columns", "state", "uploaded_by")),
        *(sa.Column(name, _MOMENT, nullable=False) for name in ("uploaded_at", "changed_at")),
        *(_text(name, nullable=True) for name in ("code_system", "answer", "run_id", "problem")),
        sa.CheckConstraint(f"state IN {states}", name=op.f("ck_uploads_state")),
        sa.PrimaryKeyConstraint("upload_id", name="pk_uploads"),
    )
    op.create_index("ix_uploads_run_area_uploaded_at", "uploads", ["run_area", "uploaded_at"])
    op.create_index("ix_uploads_digest_kind_area", "uploads", ["digest", "kind", "area"])
    op.create_index("ix_uploads_state", "uploads", ["state"])


def _cases() -> None:
    op.create_table(
        "verification_cases",
        *(_text(name) for name in ("run_area", "case_id", "unique_id")),
        *(
            _text(name, nullable=True)
            for name in ("person_id", "item_id", "area", "township", "branch", "primary_class")
        ),
        *(_text(name) for name in ("shown", "reason", "state")),
        sa.Column("n_steps", sa.Integer(), nullable=False),
        _text("opened_by"),
        *(sa.Column(name, _MOMENT, nullable=False) for name in ("opened_at", "changed_at")),
        sa.CheckConstraint(f"state IN {_CASE_STATES}", name=op.f("ck_verification_cases_state")),
        sa.PrimaryKeyConstraint("run_area", "case_id", name="pk_verification_cases"),
    )
    columns = ["run_area", "state", "area", "township"]
    op.create_index("ix_verification_cases_run_area_state_area_township", "verification_cases", columns)
    op.create_index("ix_verification_cases_run_area_unique_id", "verification_cases", ["run_area", "unique_id"])


def _steps() -> None:
    op.create_table(
        "verification_steps",
        sa.Column("step_id", _BIG, autoincrement=True, nullable=False),
        *(_text(name) for name in ("run_area", "case_id")),
        sa.Column("number", sa.Integer(), nullable=False),
        *(_text(name) for name in ("state_before", "state_after")),
        *(_text(name, nullable=True) for name in ("channel", "contacted_by")),
        sa.Column("done_on", sa.Date()),
        _text("outcome", nullable=True),
        *(_text(name) for name in ("note", "recorded_by")),
        sa.Column("recorded_at", _MOMENT, nullable=False),
        *_step_checks(),
        sa.PrimaryKeyConstraint("step_id", name="pk_verification_steps"),
        sa.ForeignKeyConstraint(
            ["run_area", "case_id"],
            ["verification_cases.run_area", "verification_cases.case_id"],
            name="fk_verification_steps_run_area_case_id",
        ),
        sqlite_autoincrement=True,
    )
    columns = ["run_area", "case_id", "number"]
    op.create_index("ix_verification_steps_run_area_case_id_number", "verification_steps", columns, unique=True)
    append_only("verification_steps", "step_id")


def _step_checks() -> list[sa.CheckConstraint]:
    checks = {
        "state_after": f"state_after IN {_CASE_STATES}",
        "channel": "channel IN ('phone', 'visit', 'family', 'employer', 'organization')",
        "outcome": "outcome IN ('reached', 'not_reached', 'refused', 'left_work')",
        "attempt": "(channel IS NULL) = (outcome IS NULL) AND (channel IS NULL) = (contacted_by IS NULL) "
        "AND (channel IS NULL) = (done_on IS NULL)",
    }
    return [sa.CheckConstraint(text, name=op.f(f"ck_verification_steps_{name}")) for name, text in checks.items()]


def _numbers() -> None:
    keys = ["run_id", "subject", "area", "row", "item"]
    op.create_table(
        "run_numbers",
        *(_text(name) for name in keys),
        sa.Column("n", _BIG, nullable=False),
        sa.PrimaryKeyConstraint(*keys, name="pk_run_numbers"),
    )
    op.create_table(
        "run_coverage",
        _text("run_id"),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        *(_text(name) for name in ("coverage", "version", "breakdown", "row", "title")),
        *(_text(name) for name in ("numerator", "denominator", "rate", "numerator_is", "denominator_is")),
        sa.PrimaryKeyConstraint("run_id", "position", name="pk_run_coverage"),
    )
    op.create_table(
        "run_folders",
        *(_text(name) for name in ("run_id", "folder")),
        sa.Column("noted_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("run_id", name="pk_run_folders"),
    )


def downgrade() -> None:
    for table in (
        *("run_folders", "run_coverage", "run_numbers"),
        *("verification_steps", "verification_cases", "uploads"),
    ):
        op.drop_table(table)


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)
