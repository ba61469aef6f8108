"""Tables of what a run counted: published with it and kept, so that nights can be compared. Nobody is named in them."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from data.store.tables import METADATA
from data.store.types import BIG_INTEGER, UtcDateTime, text_column

#: One row a number of a published run. `subject` is `class` (members: `row` their population, `item` their class),
#: `queue` (open questions by kind) or `finding` (standing proposals by rule); `area` is the county, '' where unknown.
RUN_NUMBERS = Table(
    "run_numbers",
    METADATA,
    text_column("run_id", key=True),
    text_column("subject", key=True),
    text_column("area", key=True),
    text_column("row", key=True),
    text_column("item", key=True),
    Column("n", BIG_INTEGER, nullable=False),
)

#: One row a rate of a published run as it may leave the bureau: texts, `*` where a part is withheld.
RUN_COVERAGE = Table(
    "run_coverage",
    METADATA,
    text_column("run_id", key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *(text_column(name) for name in ("coverage", "version", "breakdown", "row", "title")),
    *(text_column(name) for name in ("numerator", "denominator", "rate", "numerator_is", "denominator_is")),
)

#: Where the files of a run lie on this machine.
RUN_FOLDERS = Table(
    "run_folders",
    METADATA,
    text_column("run_id", key=True),
    text_column("folder"),
    Column("noted_at", UtcDateTime, nullable=False),
)
