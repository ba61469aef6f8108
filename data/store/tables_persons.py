"""The tables of persons that last: which record was whose, what became of persons, and who is affected by a run.

Hashes, person ids, classes and counts; no value of a member (guard-rails 2 and 6).
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, Table

from data.store.tables import METADATA
from data.store.types import BIG_INTEGER, text_column

#: One row a record that belongs to a person or is asked about, and those that did once; `person_id` null when nobody's.
#: `keys`, and `fields` of judged records (JSON), are those of data.contracts.record_keys. `gone_run`: since that run it
#: is not there; `successor`: the row it was edited into.
KNOWN_RECORDS = Table(
    "known_records",
    METADATA,
    text_column("run_area", key=True),
    text_column("unique_id", key=True),
    text_column("person_id", nullable=True),
    text_column("keys"),
    text_column("fields", nullable=True),
    text_column("gone_run", nullable=True),
    text_column("successor", nullable=True),
)

#: One row a book: a short hash of every record of the run published last, 8 bytes each, sorted. Tells what is new.
SEEN_RECORDS = Table(
    "seen_records",
    METADATA,
    text_column("run_area", key=True),
    Column("hashes", LargeBinary, nullable=False),
)

#: Append-only: `n_records` records went from one person to another; `from` null: revived, `to` null: retired.
PERSON_LINEAGE = Table(
    "person_lineage",
    METADATA,
    Column("lineage_id", BIG_INTEGER, primary_key=True, autoincrement=True),
    text_column("run_area"),
    text_column("run_id"),
    text_column("kind"),
    text_column("from_person_id", nullable=True),
    text_column("to_person_id", nullable=True),
    Column("n_records", Integer, nullable=False),
    CheckConstraint("kind IN ('merged', 'split', 'moved', 'retired', 'revived')", name="kind"),
    CheckConstraint("(kind = 'retired') = (to_person_id IS NULL)", name="to"),
    CheckConstraint("(kind = 'revived') = (from_person_id IS NULL)", name="from"),
    Index(None, "run_area", "run_id"),
    Index(None, "run_area", "from_person_id"),
    Index(None, "run_area", "to_person_id"),
    sqlite_autoincrement=True,
)

#: Append-only: one row an affected person and way of being affected; `before` and `after` are persons or classes,
#: `n_records` the records concerned.
PERSON_CHANGES = Table(
    "person_changes",
    METADATA,
    Column("change_id", BIG_INTEGER, primary_key=True, autoincrement=True),
    text_column("run_area"),
    text_column("run_id"),
    text_column("person_id"),
    text_column("kind"),
    text_column("before", nullable=True),
    text_column("after", nullable=True),
    Column("n_records", Integer, nullable=False),
    CheckConstraint("kind IN ('new', 'gone', 'revived', 'merged', 'split', 'moved', 'records', 'class')", name="kind"),
    Index(None, "run_area", "run_id", "person_id"),
    Index(None, "run_area", "person_id"),
    sqlite_autoincrement=True,
)
