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
    Text,
    UniqueConstraint,
)

from data.store.types import BIG_INTEGER, CanonicalJson, UtcDateTime

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Tables that only ever grow; the first migration puts the triggers on them.
APPEND_ONLY = ("judgements", "audit")


def _text(name: str, *, nullable: bool = False, key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable, primary_key=key)


def _of_person() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["run_area", "person_id"], ["persons.run_area", "persons.person_id"])


def _decision() -> tuple[Column[Any], ...]:
    """What a named reviewer said, and which version of the question it answers; history is in `audit`."""
    return (
        _text("content_hash"),
        _text("state"),
        Column("is_current", Boolean, nullable=False),
        Column("version", Integer, nullable=False),
        _text("decided_by", nullable=True),
        Column("decided_at", UtcDateTime),
        _text("decision_reason", nullable=True),
    )


#: One row a run; `sources` and `counts` are mappings name -> digest and name -> count.
RUNS = Table(
    "runs",
    METADATA,
    _text("run_id", key=True),
    _text("area"),
    Column("as_of", Date, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    _text("code_version"),
    _text("model_digest"),
    _text("rules_digest"),
    Column("sources", CanonicalJson, nullable=False),
    Column("counts", CanonicalJson, nullable=False),
    _text("state"),
    CheckConstraint("state IN ('started', 'published', 'failed')", name="state"),
    Index(None, "area", "state", "ended_at"),
)

#: One row a person ever minted in a book. Nobody is deleted: who is gone has `retired_run`, if merged `merged_into`.
PERSONS = Table(
    "persons",
    METADATA,
    _text("run_area", key=True),
    _text("person_id", key=True),
    Column("minted_seq", BIG_INTEGER, nullable=False),
    _text("minted_run"),
    Column("is_member", Boolean, nullable=False),
    _text("split_from", nullable=True),
    _text("retired_run", nullable=True),
    _text("merged_into", nullable=True),
    UniqueConstraint("run_area", "minted_seq"),
)

#: Step 8 as published last: one row a record that belongs to a person.
LINKS = Table(
    "links",
    METADATA,
    _text("run_area", key=True),
    _text("unique_id", key=True),
    _text("person_id"),
    _of_person(),
    Index(None, "run_area", "person_id"),
)

#: Step 10 as published last: one row a member. `area` is the member's county.
CLASSIFICATIONS = Table(
    "classifications",
    METADATA,
    _text("run_area", key=True),
    _text("person_id", key=True),
    _text("primary_class"),
    _text("flags"),
    _text("population"),
    _text("area", nullable=True),
    _text("township", nullable=True),
    _text("branch", nullable=True),
    _text("entity_id", nullable=True),
    _text("reason"),
    _of_person(),
    Index(None, "run_area", "primary_class"),
)

#: Step 10: one row a firing, with what a reviewer decided about it. A removal is an upheld false entry, nothing else.
FINDINGS = Table(
    "findings",
    METADATA,
    _text("run_area", key=True),
    _text("finding_id", key=True),
    _text("rule_code"),
    _text("evidence_grade"),
    _text("unique_id", nullable=True),
    _text("person_id", nullable=True),
    Column("is_false_entry", Boolean, nullable=False),
    _text("message"),
    _text("evidence"),
    _text("first_run_id"),
    *_decision(),
    CheckConstraint("state IN ('proposed', 'upheld', 'dismissed', 'withdrawn')", name="state"),
    CheckConstraint("state NOT IN ('upheld', 'dismissed') OR decided_by IS NOT NULL", name="decided_by"),
    _of_person(),
    Index(None, "run_area", "person_id"),
    Index(None, "run_area", "unique_id"),
)

#: Step 11: one row a question to an analyst, masked by reports.queue. `shown` is JSON of the record asked about,
#: `candidates` a JSON list of {unique_id, weight, probability, match_key, shown}. A lease holds an item for one
#: reviewer until `leased_until`.
QUEUE_ITEMS = Table(
    "queue_items",
    METADATA,
    _text("run_area", key=True),
    _text("item_id", key=True),
    _text("kind"),
    _text("unique_id"),
    _text("person_id", nullable=True),
    _text("shown", nullable=True),
    _text("candidates"),
    Column("priority", BIG_INTEGER, nullable=False),
    _text("reason"),
    _text("area", nullable=True),
    _text("township", nullable=True),
    _text("first_run_id"),
    *_decision(),
    _text("choice", nullable=True),
    _text("leased_by", nullable=True),
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
    _text("run_area"),
    _text("unique_id_l"),
    _text("unique_id_r"),
    _text("judgement", nullable=True),
    Column("withdraws", BIG_INTEGER, ForeignKey("judgements.judgement_id")),
    _text("reviewer"),
    _text("reason"),
    _text("run_id", nullable=True),
    _text("item_id", nullable=True),
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
    _text("actor"),
    _text("action"),
    _text("subject"),
    _text("details"),
    _text("prev_hash"),
    _text("row_hash"),
    Index(None, "subject"),
)
