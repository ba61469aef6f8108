"""Alembic's entry: runs the steps on the connection that `data.store.migrate` hands over."""

from __future__ import annotations

from alembic import context

from data.store.schema import METADATA

# batch: SQLite cannot alter a column, Alembic copies the table instead.
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
