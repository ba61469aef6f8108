"""How does a night become what everybody reads? One transaction: run, persons, links, classes, findings, queue, audit.

Readers see the night before or this one, never a mixture; any error leaves the night before.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection, Table, delete, text

from data.contracts.tables import CLASSIFICATIONS, FINDINGS, LINKS, REVIEW_QUEUE
from data.errors import LonglouError
from data.store import audit, tables
from data.store.clock import utc_now
from data.store.content import finding_hashes, mask_columns, queue_hashes
from data.store.frames import write_frame
from data.store.merge import FINDING_ROWS, QUEUE_ROWS, Merged, merge_rows
from data.store.persons import update_persons
from data.store.runs import RunInfo, finish_run
from data.store.session import Store
from data.words import tr


@dataclass(frozen=True)
class PublishTables:
    """What a run hands over. `persons` is [person_id, is_member], the others follow data.contracts.tables.

    `queue` may have `shown` too: JSON of the record asked about, masked.
    Only member-side persons: a person of the enterprise side who matches no roster never gets here (guard-rail 2).
    """

    persons: pd.DataFrame
    links: pd.DataFrame
    classifications: pd.DataFrame
    findings: pd.DataFrame
    queue: pd.DataFrame


@dataclass(frozen=True)
class Published:
    """What publishing did."""

    n_persons: int
    n_minted: int
    n_links: int
    findings: Merged
    queue: Merged
    n_masked: int


class PublishError(LonglouError):
    """The tables of a run contradict each other; nothing was published."""

    def __init__(self, table: str, n_rows: int) -> None:
        super().__init__(
            tr(
                f"发布被拒绝：{table} 中有 {n_rows} 行的 person_id 不在 persons 中",
                f"publishing refused: {n_rows} rows of {table} name a person_id that is not in persons",
            )
        )
        self.table, self.n_rows = table, n_rows


def publish(store: Store, run: RunInfo, handed: PublishTables, now: datetime | None = None) -> Published:
    """Replace the published tables of the run's area, all or nothing.

    Decisions of reviewers stand where their question is unchanged (see data.store.merge). Raises PublishError
    for a person_id that is not in `persons`, a pandera SchemaError for a broken contract, StoreUnavailable.
    """
    now = now or utc_now()
    ready, n_masked = _checked(handed)
    with store.write() as connection:
        n_minted = _replace(connection, run, ready)
        # Reviewers go on deciding until here; from here to the commit they wait.
        audit.hold_chain(connection)
        findings = merge_rows(connection, FINDING_ROWS, run.area, run.run_id, ready.findings)
        queue = merge_rows(connection, QUEUE_ROWS, run.area, run.run_id, ready.queue)
        finish_run(connection, run, now)
        done = Published(len(ready.persons), n_minted, len(ready.links), findings, queue, n_masked)
        audit.append(
            connection,
            now=now,
            actor=audit.MACHINE,
            action="published",
            subject=f"run {run.run_id}",
            details={"area": run.area, **asdict(done)},
        )
    return done


def _checked(handed: PublishTables) -> tuple[PublishTables, int]:
    """The tables in order of their keys, free of identity numbers, or an error."""
    known = handed.persons["person_id"]
    if known.duplicated().any():
        raise PublishError("persons", int(known.duplicated().sum()))
    for name in ("links", "classifications", "findings", "queue"):
        named = getattr(handed, name)["person_id"].dropna()
        n_unknown = int((~named.isin(known)).sum())
        if n_unknown:
            raise PublishError(name, n_unknown)
    n_unlinked = int((~known.isin(handed.links["person_id"])).sum())
    if n_unlinked:
        raise PublishError("persons", n_unlinked)
    findings, in_findings = mask_columns(FINDINGS.validate(handed.findings), ("message", "evidence"))
    queue = REVIEW_QUEUE.validate(handed.queue)
    queue = queue if "shown" in queue else queue.assign(shown=None)
    queue, in_queue = mask_columns(queue, ("reason",), json_names=("candidates", "shown"))
    classes, in_classes = mask_columns(CLASSIFICATIONS.validate(handed.classifications), ("branch", "reason"))
    findings = findings.assign(content_hash=finding_hashes(findings))
    queue = queue.assign(content_hash=queue_hashes(queue, findings, classes))
    ready = PublishTables(handed.persons, LINKS.validate(handed.links), classes, findings, queue)
    return ready, in_findings + in_queue + in_classes


def _replace(connection: Connection, run: RunInfo, ready: PublishTables) -> int:
    """Persons first (they look at yesterday's links), then the tables that refer to them."""
    if connection.dialect.name == "postgresql":
        # One night at a time; two hosts share a PostgreSQL store, and their lock files do not meet.
        connection.execute(text("LOCK TABLE links IN SHARE ROW EXCLUSIVE MODE"))
    n_minted = update_persons(connection, run.area, run.run_id, ready.persons, ready.links)
    for table, frame in ((tables.LINKS, ready.links), (tables.CLASSIFICATIONS, ready.classifications)):
        connection.execute(delete(table).where(table.c.run_area == run.area))
        write_frame(connection, table, _columns(table, frame.assign(run_area=run.area)))
    return n_minted


def _columns(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    wanted = [column.name for column in table.columns]
    return frame[wanted].sort_values(wanted[:2])
