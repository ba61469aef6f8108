"""Tables of verification work: who has to be called or visited, and every step taken. No number, masked texts only."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKeyConstraint, Index, Integer, Table

from data.store.tables import METADATA
from data.store.types import BIG_INTEGER, CanonicalJson, UtcDateTime, text_column

_STATES = "('lead', 'check', 'phone', 'visit', 'confirmed', 'ruled_out')"

#: One row a case: a member (by the record that was asked about) whose situation people find out. `shown`: the record's
#: masked values; `primary_class`: the member's class then, if it was
#: a class that was asked about. `n_steps` is its version: a sheet filled offline says which one it was made from.
CASES = Table(
    "verification_cases",
    METADATA,
    text_column("run_area", key=True),
    text_column("case_id", key=True),
    text_column("unique_id"),
    text_column("person_id", nullable=True),
    text_column("item_id", nullable=True),
    text_column("area", nullable=True),
    text_column("township", nullable=True),
    text_column("branch", nullable=True),
    text_column("primary_class", nullable=True),
    Column("shown", CanonicalJson, nullable=False),
    text_column("reason"),
    text_column("state"),
    Column("n_steps", Integer, nullable=False),
    text_column("opened_by"),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint(f"state IN {_STATES}", name="state"),
    Index(None, "run_area", "state", "area", "township"),
    Index(None, "run_area", "unique_id"),
)

#: One row a step, append-only: from one state to the next, with the attempt that was made, if one was.
#: `channel`, `outcome`: codes of the feed contact_log; `contacted_by`: who called or went; `done_on`: when.
STEPS = Table(
    "verification_steps",
    METADATA,
    Column("step_id", BIG_INTEGER, primary_key=True, autoincrement=True),
    text_column("run_area"),
    text_column("case_id"),
    Column("number", Integer, nullable=False),
    text_column("state_before"),
    text_column("state_after"),
    text_column("channel", nullable=True),
    text_column("contacted_by", nullable=True),
    Column("done_on", Date),
    text_column("outcome", nullable=True),
    text_column("note"),
    text_column("recorded_by"),
    Column("recorded_at", UtcDateTime, nullable=False),
    CheckConstraint(f"state_after IN {_STATES}", name="state_after"),
    CheckConstraint("channel IN ('phone', 'visit', 'family', 'employer', 'organization')", name="channel"),
    CheckConstraint("outcome IN ('reached', 'not_reached', 'refused', 'left_work')", name="outcome"),
    CheckConstraint(
        "(channel IS NULL) = (outcome IS NULL) AND (channel IS NULL) = (contacted_by IS NULL) "
        "AND (channel IS NULL) = (done_on IS NULL)",
        name="attempt",
    ),
    ForeignKeyConstraint(["run_area", "case_id"], ["verification_cases.run_area", "verification_cases.case_id"]),
    Index(None, "run_area", "case_id", "number", unique=True),
    sqlite_autoincrement=True,
)
