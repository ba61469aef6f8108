"""The table of identity numbers and mobiles: encrypted, found again by a keyed index; the keys lie elsewhere."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, Table

from data.store.tables import METADATA
from data.store.types import text_column

#: One row a value of a record that belongs to a person or is asked about in the queue; gone when it is neither.
#: `sealed` is version, suite, key id, nonce, ciphertext and tag in one; `blind_index` a keyed hash of the value.
#: `left_run`: the publishing that asked for it no more; it goes with the next, so that a rollback still finds it.
SEALED_VALUES = Table(
    "sealed_values",
    METADATA,
    text_column("run_area", key=True),
    text_column("unique_id", key=True),
    text_column("field", key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("blind_index", LargeBinary, nullable=False),
    text_column("key_id"),
    text_column("left_run", nullable=True),
    CheckConstraint("field IN ('id_no', 'mobile')", name="field"),
    Index(None, "run_area", "field", "blind_index"),
    Index(None, "key_id"),
)

#: The few that were left: a night asks for them, and there is one row in a thousand of them.
Index(
    "ix_sealed_values_left_run",
    SEALED_VALUES.c.run_area,
    SEALED_VALUES.c.left_run,
    sqlite_where=SEALED_VALUES.c.left_run.is_not(None),
    postgresql_where=SEALED_VALUES.c.left_run.is_not(None),
)
