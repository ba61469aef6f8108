"""The whole schema: whoever compares, migrates or verifies the store imports it here, with every module of tables."""

from __future__ import annotations

from sqlalchemy import MetaData, Table

from data.store import (
    tables,
    tables_desk,
    tables_measures,
    tables_persons,
    tables_progress,
    tables_readings,
    tables_sealed,
    tables_statistics,
    tables_uploads,
    tables_verification,
)

#: Every module that puts tables into `METADATA`.
MODULES = (
    tables,
    tables_desk,
    tables_measures,
    tables_persons,
    tables_progress,
    tables_readings,
    tables_sealed,
    tables_statistics,
    tables_uploads,
    tables_verification,
)

METADATA: MetaData = tables.METADATA

#: Tables that only ever grow: triggers on both engines refuse UPDATE, DELETE, TRUNCATE and REPLACE.
APPEND_ONLY: tuple[Table, ...] = (
    tables.JUDGEMENTS,
    tables.AUDIT,
    tables_desk.LOGINS,
    tables_desk.REVEALS,
    tables_persons.PERSON_LINEAGE,
    tables_persons.PERSON_CHANGES,
    tables_readings.READINGS,
    tables_readings.NOTES,
    tables_readings.SKIPS,
    tables_readings.GUIDANCE,
    tables_verification.STEPS,
)
