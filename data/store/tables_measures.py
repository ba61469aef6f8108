"""The table of measures: seconds and memory of every run that came to its end, and what was expected of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Table

from data.store.tables import METADATA
from data.store.types import CanonicalJson, UtcDateTime, text_column

#: One row a run that was published or held. `host`: the machine it ran on; `n_rows`: accepted rows of all sources;
#: `n_pairs`: candidate pairs compared; `peak_mb`: MiB; `expected_*`: the forecast, null without one; `is_full`: whether
#: all pairs were compared, not only those that changed; `steps`: name -> seconds.
MEASURES = Table(
    "measures",
    METADATA,
    text_column("run_id", key=True),
    text_column("run_area"),
    text_column("host"),
    Column("ended_at", UtcDateTime, nullable=False),
    Column("n_rows", BigInteger, nullable=False),
    Column("n_pairs", BigInteger, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("peak_mb", Float, nullable=False),
    Column("expected_seconds", Float),
    Column("expected_mb", Float),
    Column("is_full", Boolean, nullable=False),
    Column("steps", CanonicalJson, nullable=False),
    Index(None, "run_area", "ended_at"),
)
