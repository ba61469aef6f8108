"""The table of attempts: every time a reconciliation of an area began, by whom, how far it came and how it ended."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Index, Integer, Table

from data.store.tables import METADATA
from data.store.types import UtcDateTime, text_column

#: One row an attempt. `origin`: what began it; `night_on`: which night it was, null for every other origin; `step`:
#: the stable name of the step under way; `n_done` of `n_steps` are behind it; `run_id`: what it published or held;
#: `problem`: why it failed. An attempt is not a run: it may end before a run begins, or find that nothing changed.
ATTEMPTS = Table(
    "attempts",
    METADATA,
    text_column("attempt_id", key=True),
    text_column("run_area"),
    text_column("origin"),
    text_column("holder"),
    Column("night_on", Date),
    Column("began_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    text_column("step", nullable=True),
    Column("n_done", Integer, nullable=False),
    Column("n_steps", Integer, nullable=False),
    text_column("state"),
    text_column("run_id", nullable=True),
    text_column("problem", nullable=True),
    CheckConstraint("origin IN ('hand', 'night', 'upload', 'regrade')", name="origin"),
    CheckConstraint("state IN ('running', 'done', 'failed', 'killed')", name="state"),
    CheckConstraint("(origin = 'night') = (night_on IS NOT NULL)", name="night"),
    Index(None, "run_area", "began_at"),
)
