"""How does a night become what everybody reads? One transaction: run, persons, links, classes, findings, queue, audit.

Readers see the night before or this one, never a mixture; any error leaves the night before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from data.contracts.frames import empty_frame
from data.contracts.tables import CLASSIFICATIONS, FINDINGS, LINKS, REVIEW_QUEUE
from data.errors import LonglouError
from data.model import RunState
from data.store import audit, tables
from data.store.card_rows import replace_cards
from data.store.clock import utc_now
from data.store.content import finding_hashes, mask_columns, queue_hashes
from data.store.counted import Standing, keep_numbers
from data.store.frames import records
from data.store.holds import drop_held
from data.store.known_records import Seen, Traces
from data.store.merge import FINDING_ROWS, QUEUE_ROWS, Merged, merge_rows
from data.store.persons import Before, update_persons
from data.store.renewing import renew
from data.store.runs import RunInfo, current, finish_run, move
from data.store.sealing import ClearValues, add_sealed, ask_for, sealed_there
from data.store.session import Store
from data.store.shown import Shown, columns_of
from data.words import tr


@dataclass(frozen=True)
class PublishTables:
    """What a run hands over. `persons` is [person_id, is_member], the others follow data.contracts.tables.

    `queue` may have `shown` too: JSON of the record asked about, masked. `clear`: numbers of records that belong to a
    person or are asked about, to be kept encrypted. `cards`: what the desk may search
    (data.store.card_rows). `coverage`: rates as they may leave (reports.forming_tables).
    `known`, `successors` and `seen` are the parts of data.store.known_records.Traces: how the next run knows the
    records again.
    Only member-side persons: a person of the enterprise side who matches no roster never gets here (guard-rail 2).
    """

    persons: pd.DataFrame
    links: pd.DataFrame
    classifications: pd.DataFrame
    findings: pd.DataFrame
    queue: pd.DataFrame
    clear: ClearValues | None = None
    cards: pd.DataFrame | None = None
    coverage: pd.DataFrame | None = None
    known: pd.DataFrame | None = None
    successors: pd.DataFrame | None = None
    seen: Seen | None = None


@dataclass(frozen=True)
class Published:
    """What publishing did."""

    n_persons: int
    n_minted: int
    n_links: int
    findings: Merged
    queue: Merged
    n_masked: int
    n_sealed: int


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


#: Memory for the pages of the transaction, which SQLite else writes out and reads again for every index.
_CACHE_KB = 256 << 10
#: How the name of a table ends that was no frame but an array.
_LIST = "[]"


@dataclass(frozen=True)
class Ready:
    """Tables that passed the door: in order of their keys, masked, with content hashes.

    `sealed_keys` [unique_id, field] tells which numbers the desk may have to show.
    """

    tables: PublishTables
    sealed_keys: pd.DataFrame
    n_masked: int = 0

    def frames(self) -> dict[str, pd.DataFrame]:
        """Every table by name, as an archive keeps them: masked and keyed values only."""
        values = {field.name: getattr(self.tables, field.name) for field in fields(self.tables)}
        kept = {name: value for name, value in values.items() if isinstance(value, pd.DataFrame)}
        lists = {f"{name}{_LIST}": value for name, value in values.items() if isinstance(value, np.ndarray)}
        columns = {name: pd.DataFrame({"value": value}) for name, value in lists.items()}
        return {**kept, **columns, "sealed_keys": self.sealed_keys}

    @classmethod
    def of(cls, frames: Mapping[str, pd.DataFrame]) -> Ready:
        """Back from an archive; the numbers are in the store already."""
        names = [field.name for field in fields(PublishTables)]
        kept: dict[str, Any] = {name: frames[name] for name in names if name in frames}
        kept |= {name: frames[name + _LIST]["value"].to_numpy() for name in names if name + _LIST in frames}
        return cls(PublishTables(**kept), frames["sealed_keys"])


@dataclass(frozen=True)
class Terms:
    """On what terms a night is published.

    built_on: the published run it started from (`Terms.on`), checked once more inside the transaction. by, reason: who
    released it. rolls_back: the run whose night it takes back. seal: called last before the commit, gives the digest of
    the night's archive. shown: the night of the run it is built on.
    """

    built_on: tuple[str | None] | None = None
    by: str = audit.MACHINE
    reason: str | None = None
    rolls_back: str | None = None
    seal: Callable[[], str] | None = None
    shown: Shown | None = None


class NewerNight(LonglouError):
    """Another run was published since this one started: its persons and decisions are not in here."""

    def __init__(self, run_id: str) -> None:
        super().__init__(
            tr(
                f"运行 {run_id} 开始之后已有别的运行发布，本次不发布，请重新核对",
                f"another run was published after {run_id} started: it is not published; reconcile again",
            )
        )


def publish(
    store: Store, run: RunInfo, handed: PublishTables | Ready, now: datetime | None = None, terms: Terms | None = None
) -> Published:
    """Replace the published tables of the run's area, all or nothing.

    Decisions of reviewers stand where their question is unchanged (see data.store.merge). Raises PublishError
    for a person_id that is not in `persons`, a pandera SchemaError for a broken contract, NewerNight, StoreUnavailable.
    """
    now, terms = now or utc_now(), terms or Terms()
    ready = handed if isinstance(handed, Ready) else checked(handed)
    night = ready.tables
    with store.write() as connection:
        _take_turn(connection, run, terms)
        shown = None if terms.built_on is None else terms.shown
        n_minted = _replace(connection, run, night, shown)
        # Reviewers go on deciding until here; from here to the commit they wait.
        audit.hold_chain(connection)
        findings, proposed = merge_rows(
            connection, FINDING_ROWS, run.area, run.run_id, night.findings, columns_of(shown, "findings")
        )
        queue, asked = merge_rows(connection, QUEUE_ROWS, run.area, run.run_id, night.queue, columns_of(shown, "queue"))
        there = sealed_there(connection, run.area, columns_of(shown, "sealed_keys"))
        n_sealed = 0 if night.clear is None else add_sealed(connection, run.area, None, night.clear, there)
        ask_for(connection, run.area, run.run_id, ready.sealed_keys, there)
        if night.cards is not None:
            replace_cards(connection, run.area, night.cards, columns_of(shown, "cards"))
        rates = [] if night.coverage is None else records(night.coverage)
        keep_numbers(connection, run.run_id, Standing(night.classifications, asked, proposed), rates)
        done = Published(len(night.persons), n_minted, len(night.links), findings, queue, ready.n_masked, n_sealed)
        _finish(connection, run, done, terms, now)
    return done


def _take_turn(connection: Connection, run: RunInfo, terms: Terms) -> None:
    """One night at a time; two hosts share a PostgreSQL store, and their lock files do not meet."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE links IN SHARE ROW EXCLUSIVE MODE"))
    else:
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KB}")
    if terms.built_on is not None:
        found = current(connection, run.area)
        if (None if found is None else found.run_id) != terms.built_on[0]:
            raise NewerNight(run.run_id)


def _finish(connection: Connection, run: RunInfo, done: Published, terms: Terms, now: datetime) -> None:
    """The rows of the runs, and the audit."""
    by = None if terms.by == audit.MACHINE else terms.by
    if terms.rolls_back is not None:
        move(connection, terms.rolls_back, RunState.ROLLED_BACK, now, by=by, reason=terms.reason or "")
    drop_held(connection, run, now)
    archive = run.archive if terms.seal is None else terms.seal()
    finish_run(connection, replace(run, archive=archive, decided_by=by, reason=terms.reason), now)
    details = {"area": run.area, **asdict(done), "archive": archive, "reason": terms.reason}
    if terms.rolls_back is not None:
        details |= {"rolls_back": terms.rolls_back, "republishes": run.republishes}
    audit.append(connection, now=now, actor=terms.by, action="published", subject=f"run {run.run_id}", details=details)


def checked(handed: PublishTables) -> Ready:
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
    queue = queue.assign(**{name: None for name in ("shown", "evidence") if name not in queue})
    queue, in_queue = mask_columns(queue, ("reason",), json_names=("candidates", "shown", "evidence"))
    classes, in_classes = mask_columns(CLASSIFICATIONS.validate(handed.classifications), ("branch", "reason"))
    findings = findings.assign(content_hash=finding_hashes(findings))
    cards, in_cards = None, 0
    if handed.cards is not None:
        cards, in_cards = mask_columns(handed.cards, ("name", "employer"), json_names=("shown",))
    queue = queue.assign(content_hash=queue_hashes(queue, findings, classes))
    ready = replace(handed, links=LINKS.validate(handed.links), classifications=classes, findings=findings, queue=queue)
    ready = replace(ready, cards=cards)
    keys = empty_frame(["unique_id", "field"]) if handed.clear is None else handed.clear.keys()
    return Ready(ready, keys, in_findings + in_queue + in_classes + in_cards)


def _replace(connection: Connection, run: RunInfo, ready: PublishTables, shown: Shown | None) -> int:
    """Persons first (they look at yesterday's links), then the tables that refer to them."""
    traces = Traces(ready.known, ready.successors, ready.seen)
    links, classes = columns_of(shown, "links"), columns_of(shown, "classifications")
    before = Before(links, classes, None if shown is None else shown.known)
    handed = (ready.persons, ready.links, ready.classifications, traces)
    n_minted = update_persons(connection, run.area, run.run_id, *handed, before)
    renew(connection, tables.LINKS, run.area, "unique_id", ready.links, links)
    renew(connection, tables.CLASSIFICATIONS, run.area, "person_id", ready.classifications, classes)
    return n_minted
