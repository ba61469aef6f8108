"""Who did what, and can anybody have changed the record of it? Rows chained by hash, written with the change itself.

The hash of a row covers its own content and the hash of the row before it: a changed, removed or inserted row breaks
the chain. Rows cut off at the end leave a shorter chain that is sound in itself; compare `head` with one noted before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, text

from data.digests import spelled
from data.store.guard import masked_json
from data.store.session import Store
from data.store.tables import AUDIT
from data.store.types import canonical_json

#: The actor of everything a run does; no reviewer may bear this name.
MACHINE = "longlou"

#: What the first row follows; older chains begin with zeros.
_START, _OLD_START = "-", "0" * 64
_CHUNK = 5_000


@dataclass(frozen=True)
class AuditResult:
    """What reading the whole chain found; `first_broken` is the first row that does not fit, null when all do.

    noted_at: the number of the row whose hash is the noted head; null when none is, or none was noted.
    """

    n_rows: int
    head: str
    first_broken: int | None
    noted_at: int | None = None

    @property
    def is_intact(self) -> bool:
        """Whether every row fits."""
        return self.first_broken is None


@contextmanager
def changing(store: Store) -> Iterator[Connection]:
    """A transaction for a change that leaves an audit row: it holds the chain before it locks anything else."""
    with store.write() as connection:
        hold_chain(connection)
        yield connection


def hold_chain(connection: Connection) -> None:
    """Keep other audited changes out until the transaction ends, or two rows would follow the same one.

    Whoever changes findings, queue items or judgements takes this lock first: with one order there is no deadlock.
    SQLite has a single writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE audit IN SHARE ROW EXCLUSIVE MODE"))


def append(
    connection: Connection, *, now: datetime, actor: str, action: str, subject: str, details: Mapping[str, Any]
) -> None:
    """Append one row in the caller's transaction."""
    hold_chain(connection)
    last = connection.execute(select(AUDIT.c.seq, AUDIT.c.row_hash).order_by(AUDIT.c.seq.desc()).limit(1)).first()
    row = {
        "seq": 1 if last is None else last.seq + 1,
        "at": now,
        "actor": actor,
        "action": action,
        "subject": subject,
        "details": canonical_json(masked_json(details)),
        "prev_hash": _START if last is None else last.row_hash,
    }
    connection.execute(insert(AUDIT).values(**row, row_hash=_row_hash(row)))


def verify_chain(store: Store, noted_head: str | None = None) -> AuditResult:
    """Read the chain from its start and recompute every hash; memory stays flat however long it is.

    noted_head: the `head` of an earlier reading, kept elsewhere. Rows cut off at the end, and others put in their
    place, leave a chain that is sound in itself but does not lead through it.
    """
    n_rows, head = 0, _START
    noted_at = 0 if noted_head in (_START, _OLD_START) else None
    query = select(AUDIT).order_by(AUDIT.c.seq)
    with store.read() as connection, connection.execution_options(yield_per=_CHUNK).execute(query) as rows:
        for found in rows.mappings():
            row = dict(found)
            follows = row["prev_hash"] == head or (n_rows == 0 and row["prev_hash"] == _OLD_START)
            # Rows of old have their hash as it came.
            if row["seq"] != n_rows + 1 or not follows or spelled(row["row_hash"]) != _row_hash(row):
                return AuditResult(n_rows, head, row["seq"], noted_at)
            n_rows, head = n_rows + 1, row["row_hash"]
            noted_at = n_rows if head == noted_head else noted_at
    return AuditResult(n_rows, head, None, noted_at)


def _row_hash(row: Mapping[str, Any]) -> str:
    content = [row["seq"], row["at"].isoformat(), *(row[name] for name in ("actor", "action", "subject", "details"))]
    return spelled(hashlib.sha256(f"{row['prev_hash']}\n{canonical_json(content)}".encode()).hexdigest())
