"""The tables of the store, SQLAlchemy Core. No identity number, phone or non-member in any column (guard-rails 2, 6).

`run_area` says in whose book a row stands: the area of the run that wrote it. A county's run and the province's run
keep separate books in one store. `judgements` and `audit` are append-only: triggers refuse UPDATE and DELETE.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
)

from data.store.types import BIG_INTEGER, CanonicalJson, UtcDateTime, text_column

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of_person() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["run_area", "person_id"], ["persons.run_area", "persons.person_id"])


def _decision() -> tuple[Column[Any], ...]:
    """What a named reviewer said, and which version of the question it answers; history is in `audit`."""
    return (
        text_column("content_hash"),
        text_column("state"),
        Column("is_current", Boolean, nullable=False),
        Column("version", Integer, nullable=False),
        text_column("decided_by", nullable=True),
        Column("decided_at", UtcDateTime),
        text_column("decision_reason", nullable=True),
    )


#: One row a run; `sources`, `counts` and `retention` are mappings name -> digest, name -> count and source -> last day.
#: `built_on`: the published run that it was compared with; `republishes`: the run whose night a rollback brought back;
#: `archive`: digest of the night's archive; `reason`: why it failed, was held, released, discarded or rolled back.
RUNS = Table(
    "runs",
    METADATA,
    text_column("run_id", key=True),
    text_column("area"),
    Column("as_of", Date, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    text_column("code_version"),
    text_column("model_digest"),
    text_column("rules_digest"),
    Column("sources", CanonicalJson, nullable=False),
    Column("counts", CanonicalJson, nullable=False),
    text_column("state"),
    *(text_column(name, nullable=True) for name in ("built_on", "republishes", "archive", "decided_by", "reason")),
    Column("retention", CanonicalJson),
    CheckConstraint("state IN ('started', 'published', 'held', 'failed', 'discarded', 'rolled_back')", name="state"),
    Index(None, "area", "state", "ended_at"),
)

#: One row a person ever minted in a book. Nobody is deleted: who is gone has `retired_run`, if merged `merged_into`.
PERSONS = Table(
    "persons",
    METADATA,
    text_column("run_area", key=True),
    text_column("person_id", key=True),
    Column("minted_seq", BIG_INTEGER, nullable=False),
    text_column("minted_run"),
    Column("is_member", Boolean, nullable=False),
    text_column("split_from", nullable=True),
    text_column("retired_run", nullable=True),
    text_column("merged_into", nullable=True),
    UniqueConstraint("run_area", "minted_seq"),
)

#: Step 8 as published last: one row a record that belongs to a person.
LINKS = Table(
    "links",
    METADATA,
    text_column("run_area", key=True),
    text_column("unique_id", key=True),
    text_column("person_id"),
    _of_person(),
    Index(None, "run_area", "person_id"),
)

#: Step 10 as published last: one row a member. `area` is the member's county.
CLASSIFICATIONS = Table(
    "classifications",
    METADATA,
    text_column("run_area", key=True),
    text_column("person_id", key=True),
    text_column("primary_class"),
    text_column("flags"),
    text_column("population"),
    text_column("area", nullable=True),
    text_column("township", nullable=True),
    text_column("branch", nullable=True),
    text_column("entity_id", nullable=True),
    text_column("reason"),
    _of_person(),
    Index(None, "run_area", "primary_class"),
)

#: Step 10: one row a firing, with what a reviewer decided about it. A removal is an upheld false entry, nothing else.
FINDINGS = Table(
    "findings",
    METADATA,
    text_column("run_area", key=True),
    text_column("finding_id", key=True),
    text_column("rule_code"),
    text_column("evidence_grade"),
    text_column("unique_id", nullable=True),
    text_column("person_id", nullable=True),
    Column("is_false_entry", Boolean, nullable=False),
    text_column("message"),
    text_column("evidence"),
    text_column("first_run_id"),
    *_decision(),
    CheckConstraint("state IN ('proposed', 'upheld', 'dismissed', 'withdrawn')", name="state"),
    CheckConstraint("state NOT IN ('upheld', 'dismissed') OR decided_by IS NOT NULL", name="decided_by"),
    _of_person(),
    Index(None, "run_area", "person_id"),
    Index(None, "run_area", "unique_id"),
)

#: Step 11: one row a question to an analyst, masked by reports.queue. `shown` is JSON of the record asked about,
#: `candidates` a JSON list of {unique_id, weight, probability, match_key, shown}, `evidence` a JSON object that a
#: judgement takes along (reports.evidence). A lease holds an item for one reviewer until `leased_until`.
QUEUE_ITEMS = Table(
    "queue_items",
    METADATA,
    text_column("run_area", key=True),
    text_column("item_id", key=True),
    text_column("kind"),
    text_column("unique_id"),
    text_column("person_id", nullable=True),
    text_column("shown", nullable=True),
    text_column("candidates"),
    text_column("evidence", nullable=True),
    Column("priority", BIG_INTEGER, nullable=False),
    text_column("reason"),
    text_column("area", nullable=True),
    text_column("township", nullable=True),
    text_column("first_run_id"),
    *_decision(),
    text_column("choice", nullable=True),
    text_column("leased_by", nullable=True),
    Column("leased_until", UtcDateTime),
    CheckConstraint("state IN ('open', 'decided', 'withdrawn')", name="state"),
    CheckConstraint("state <> 'decided' OR decided_by IS NOT NULL", name="decided_by"),
    Index(None, "run_area", "state", "priority", "item_id"),
    Index(None, "run_area", "leased_by"),
    Index(None, "run_area", "decided_by", "decided_at"),
)

#: Step 12, append-only: what a reviewer said of a pair (unique_id_l < unique_id_r), or, when `withdraws` names an
#: earlier row, that it no longer holds. Live is the newest row of the pair that nothing withdraws.
JUDGEMENTS = Table(
    "judgements",
    METADATA,
    Column("judgement_id", BIG_INTEGER, primary_key=True, autoincrement=True),
    text_column("run_area"),
    text_column("unique_id_l"),
    text_column("unique_id_r"),
    text_column("judgement", nullable=True),
    Column("withdraws", BIG_INTEGER, ForeignKey("judgements.judgement_id")),
    text_column("reviewer"),
    text_column("reason"),
    text_column("run_id", nullable=True),
    text_column("item_id", nullable=True),
    Column("evidence", CanonicalJson, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    CheckConstraint("unique_id_l <> unique_id_r", name="pair"),
    CheckConstraint("judgement IN ('positive', 'negative', 'unsure')", name="judgement"),
    CheckConstraint("(judgement IS NULL) <> (withdraws IS NULL)", name="judges_or_withdraws"),
    UniqueConstraint("withdraws"),
    Index(None, "unique_id_l", "unique_id_r", "judgement_id"),
    Index(None, "run_area", "item_id"),
    sqlite_autoincrement=True,
)

#: Append-only, hash-chained: who did what to what, and when. `details` is canonical JSON.
AUDIT = Table(
    "audit",
    METADATA,
    Column("seq", BIG_INTEGER, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    text_column("actor"),
    text_column("action"),
    text_column("subject"),
    text_column("details"),
    text_column("prev_hash"),
    text_column("row_hash"),
    Index(None, "subject"),
)
