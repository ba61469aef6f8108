"""Tables of clerical review beyond the queue item itself: readings, stages, gold items, notes, skips, assignments.

`readings`, `notes`, `skips` and `guidance` only ever grow. A reading is one person's answer to a question as it stood
(`version`, `content_hash`); what it leads to is decided by review.readings and stands in the queue item and the ledger.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from data.store.tables import JUDGEMENTS, METADATA, QUEUE_ITEMS
from data.store.types import BIG_INTEGER, UtcDateTime, text_column


def _number(name: str) -> Column[Any]:
    return Column(name, BIG_INTEGER, primary_key=True, autoincrement=True)


def _moment(name: str) -> Column[Any]:
    return Column(name, UtcDateTime, nullable=False)


#: One row an answer, or, when `withdraws` names an earlier row, its undoing. `answer` is a value of
#: review.choices.Answer, `chosen` the record that it names, `pattern` the comparison pattern of a question with one
#: candidate, `batch_id` names the bulk decision that the row belongs to.
READINGS = Table(
    "readings",
    METADATA,
    _number("reading_id"),
    text_column("run_area"),
    text_column("item_id"),
    Column("version", Integer, nullable=False),
    text_column("content_hash"),
    text_column("kind"),
    text_column("stage"),
    text_column("reviewer"),
    text_column("answer", nullable=True),
    text_column("chosen", nullable=True),
    text_column("reason"),
    text_column("pattern", nullable=True),
    text_column("batch_id", nullable=True),
    Column("withdraws", BIG_INTEGER, ForeignKey("readings.reading_id")),
    _moment("read_at"),
    CheckConstraint("stage IN ('first', 'second', 'adjudication', 'gold')", name="stage"),
    CheckConstraint("(answer IS NULL) <> (withdraws IS NULL)", name="answers_or_withdraws"),
    UniqueConstraint("withdraws"),
    Index(None, "run_area", "item_id"),
    Index(None, "run_area", "reviewer", "reading_id"),
    Index(None, "run_area", "pattern"),
    Index(None, "batch_id"),
    sqlite_autoincrement=True,
)

#: One row an open question that somebody has read and that waits for another reader or for an adjudicator. A row whose
#: version or content is no longer the item's counts for nothing.
READING_STAGES = Table(
    "reading_stages",
    METADATA,
    text_column("run_area", key=True),
    text_column("item_id", key=True),
    Column("version", Integer, nullable=False),
    text_column("content_hash"),
    text_column("stage"),
    CheckConstraint("stage IN ('second', 'adjudication')", name="stage"),
    Index(None, "run_area", "stage"),
)

#: Questions whose answer is known, asked again without a sign to see how well people read.
GOLD_ITEMS = Table(
    "gold_items",
    METADATA,
    text_column("run_area", key=True),
    text_column("item_id", key=True),
    text_column("content_hash"),
    text_column("answer"),
    text_column("chosen", nullable=True),
    text_column("made_by"),
    _moment("made_at"),
)

#: Who has been asked which gold item.
GOLD_ASKED = Table(
    "gold_asked",
    METADATA,
    text_column("run_area", key=True),
    text_column("reviewer", key=True),
    text_column("item_id", key=True),
    _moment("asked_at"),
)

NOTES = Table(
    "notes",
    METADATA,
    _number("note_id"),
    text_column("run_area"),
    text_column("item_id"),
    text_column("author"),
    text_column("text"),
    _moment("noted_at"),
    Index(None, "run_area", "item_id"),
    sqlite_autoincrement=True,
)

#: Who put which question aside: it comes again after all others of theirs.
SKIPS = Table(
    "skips",
    METADATA,
    _number("skip_id"),
    text_column("run_area"),
    text_column("item_id"),
    Column("version", Integer, nullable=False),
    text_column("reviewer"),
    _moment("skipped_at"),
    Index(None, "run_area", "item_id", "reviewer"),
    sqlite_autoincrement=True,
)

#: Questions given to one person: nobody else is asked them.
ASSIGNMENTS = Table(
    "assignments",
    METADATA,
    text_column("run_area", key=True),
    text_column("item_id", key=True),
    text_column("assigned_to"),
    text_column("assigned_by"),
    _moment("assigned_at"),
    Index(None, "run_area", "assigned_to"),
)

#: What analysts of a book are told above every card; the newest row holds, an empty text takes the banner away.
GUIDANCE = Table(
    "guidance",
    METADATA,
    _number("guidance_id"),
    text_column("run_area"),
    text_column("text"),
    text_column("author"),
    _moment("written_at"),
    Index(None, "run_area"),
    sqlite_autoincrement=True,
)

#: What is shown of a record that belongs to a person, masked: where the desk searches beyond the offered candidates.
RECORD_CARDS = Table(
    "record_cards",
    METADATA,
    text_column("run_area", key=True),
    text_column("unique_id", key=True),
    text_column("name", nullable=True),
    text_column("employer", nullable=True),
    text_column("area", nullable=True),
    text_column("shown"),
    Index(None, "run_area", "name"),
)

_LATER = (QUEUE_ITEMS.c.priority.desc(), QUEUE_ITEMS.c.first_run_id, QUEUE_ITEMS.c.item_id)

#: The order in which questions are asked, over all kinds and within one: nothing is sorted to find the next. And the
#: judgements about a record that stands on the right side of a pair.
Index("ix_queue_items_order", QUEUE_ITEMS.c.run_area, QUEUE_ITEMS.c.state, *_LATER)
Index("ix_queue_items_order_of_kind", QUEUE_ITEMS.c.run_area, QUEUE_ITEMS.c.state, QUEUE_ITEMS.c.kind, *_LATER)
Index("ix_judgements_unique_id_r", JUDGEMENTS.c.unique_id_r)
