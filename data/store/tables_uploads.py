"""The table of files handed in at the desk or by `longlou upload`; the files themselves lie under `uploads_dir`."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Table

from data.store.tables import METADATA
from data.store.types import BIG_INTEGER, CanonicalJson, UtcDateTime, text_column

#: One row a file. `digest` is SHA-256 of its bytes, `file_name` as its owner calls it, masked; it lies under a random
#: name, `upload_id`. `columns`: field -> header and `code_system` as
#: its owner said. `answer`: the masked document of the check, its list
#: of problems cut. `run_id`: the run that took it up. `problem`: why it was refused or failed.
UPLOADS = Table(
    "uploads",
    METADATA,
    text_column("upload_id", key=True),
    text_column("run_area"),
    text_column("area"),
    text_column("kind"),
    text_column("file_name"),
    text_column("digest"),
    Column("n_bytes", BIG_INTEGER, nullable=False),
    Column("columns", CanonicalJson, nullable=False),
    text_column("code_system", nullable=True),
    text_column("state"),
    text_column("uploaded_by"),
    Column("uploaded_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("answer", CanonicalJson),
    text_column("run_id", nullable=True),
    text_column("problem", nullable=True),
    CheckConstraint(
        "state IN ('received', 'checked', 'accepted', 'refused', 'queued', 'running', 'done', 'failed')", name="state"
    ),
    Index(None, "run_area", "uploaded_at"),
    Index(None, "digest", "kind", "area"),
    Index(None, "state"),
)
