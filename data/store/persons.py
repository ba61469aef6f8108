"""Which persons does a book know, and what became of them? Minted once; retired, merged and split, never deleted."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, bindparam, select, update

from data.store.frames import read_frame, records, write_frame
from data.store.known_records import Traces, read_book, update_known
from data.store.lineage import Night, note_changes
from data.store.renewing import as_columns, places
from data.store.session import Store
from data.store.tables import CLASSIFICATIONS, LINKS, PERSONS

_PERSON = (PERSONS.c.person_id, PERSONS.c.minted_seq, PERSONS.c.is_member, PERSONS.c.retired_run)
_LINK = ["unique_id", "person_id"]
#: Of tables that say nothing of how records are known again.
NO_TRACES = Traces()


@dataclass(frozen=True)
class Before:
    """What is known of the night before without asking the store; null where it must be asked.

    links: unique_id, person_id; classifications: person_id, primary_class, both as Arrow has them; known: as
    data.store.known_records.known_records.
    """

    links: pa.Table | None = None
    classifications: pa.Table | None = None
    known: pd.DataFrame | None = None


NOTHING_KNOWN = Before()


def known_persons(store: Store, area: str) -> pd.DataFrame:
    """The published links of a book with the age of their persons: [unique_id, person_id, minted_seq], by unique_id.

    `minted_seq` grows with time: of two persons the smaller number is the older. Empty before the first publishing.
    """
    with store.read() as connection:
        return _known(connection, area)


def update_persons(
    connection: Connection,
    area: str,
    run_id: str,
    persons: pd.DataFrame,
    links: pd.DataFrame,
    classifications: pd.DataFrame,
    traces: Traces = NO_TRACES,
    before: Before = NOTHING_KNOWN,
) -> int:
    """Mint, retire and revive so that the book knows exactly the persons of this run; returns the number minted.

    `persons` [person_id, is_member], `links` [unique_id, person_id] and `classifications` are the new night's, those in
    the database still the night's before. A person whose records went to another was merged into the one who took most
    of them (ties: the smaller id); a new person whose records came from another was split from it by the same rule. An
    edited record (`traces.successors`) is the record it was. What happened goes to `person_lineage`, who is affected to
    `person_changes`, which record is whose to `known_records`.
    """
    former = as_columns(_known(connection, area)[_LINK]) if before.links is None else before.links
    book = read_frame(connection, select(*_PERSON).where(PERSONS.c.run_area == area))
    was = as_columns(_classes(connection, area)) if before.classifications is None else before.classifications
    now = persons[["person_id", "is_member"]].sort_values("person_id", ignore_index=True)
    known = read_book(connection, area) if before.known is None else before.known
    edited = _successors(known, former, links, traces)
    night = Night.of(former, links, (was, classifications), edited, book, now)
    minted = now[night.place < 0].assign(run_area=area, minted_run=run_id, split_from=None)
    first = 1 if book.empty else int(book["minted_seq"].max()) + 1
    minted["minted_seq"] = range(first, first + len(minted))
    minted["split_from"] = _most(night.moved, "person_id_is", "person_id_was", minted["person_id"])
    write_frame(connection, PERSONS, minted)
    _refresh(connection, area, night)
    _retire(connection, area, run_id, night)
    note_changes(connection, area, run_id, night)
    update_known(connection, area, run_id, known, links, traces)
    return len(minted)


def _successors(known: pd.DataFrame, former: pa.Table, links: pd.DataFrame, traces: Traces) -> pd.DataFrame:
    """What the run told, and edits taken back: the record that was edited is there again, its successor is not."""
    told = traces.successors
    undone = known[known["successor"].notna() & known["unique_id"].isin(links["unique_id"])]
    undone = undone[places(former["unique_id"], undone["successor"]) >= 0]
    undone = undone[~undone["successor"].isin(links["unique_id"])]
    undone = undone[["successor", "unique_id"]].rename(columns={"successor": "unique_id_was"})
    found = undone if told is None else pd.concat([told[["unique_id_was", "unique_id"]], undone], ignore_index=True)
    return found.drop_duplicates("unique_id_was").drop_duplicates("unique_id")


def _classes(connection: Connection, area: str) -> pd.DataFrame:
    columns = (CLASSIFICATIONS.c.person_id, CLASSIFICATIONS.c.primary_class)
    return read_frame(connection, select(*columns).where(CLASSIFICATIONS.c.run_area == area))


def _known(connection: Connection, area: str) -> pd.DataFrame:
    query = select(LINKS.c.unique_id, LINKS.c.person_id, PERSONS.c.minted_seq).where(LINKS.c.run_area == area)
    frame = read_frame(connection, query.join(PERSONS).order_by(LINKS.c.unique_id))
    return frame.astype({"minted_seq": "int64"}).sort_values("unique_id", ignore_index=True)


def _most(moved: pd.DataFrame, key: str, other: str, wanted: pd.Series) -> pd.Series:
    """For each wanted person the other person who shares most records with them, None when nobody does."""
    shared = moved[moved[key].isin(wanted)].groupby([key, other]).size().rename("n").reset_index()
    best = shared.sort_values([key, "n", other], ascending=[True, False, True]).drop_duplicates(key)
    found = wanted.map(best.set_index(key)[other]).astype(object)
    return found.mask(found.isna(), None)


def _refresh(connection: Connection, area: str, night: Night) -> None:
    """Known persons who are there: retired ones revive, membership follows the rosters."""
    is_known = night.place >= 0
    was = night.book.iloc[night.place[is_known]]
    there = night.now[is_known]
    is_stale = was["retired_run"].notna().to_numpy() | (was["is_member"].to_numpy() != there["is_member"].to_numpy())
    _update(connection, area, there[is_stale].assign(retired_run=None, merged_into=None))


def _retire(connection: Connection, area: str, run_id: str, night: Night) -> None:
    _, _, gone = night.persons()
    leaving = pd.DataFrame({"person_id": gone}, dtype=object).assign(retired_run=run_id)
    leaving["merged_into"] = _most(night.moved, "person_id_was", "person_id_is", leaving["person_id"])
    _update(connection, area, leaving)


def _update(connection: Connection, area: str, changed: pd.DataFrame) -> None:
    if changed.empty:
        return
    key = (PERSONS.c.run_area == area) & (PERSONS.c.person_id == bindparam("key"))
    values: dict[str, object] = {str(name): bindparam(str(name)) for name in changed.columns if name != "person_id"}
    rows = changed.rename(columns={"person_id": "key"})
    connection.execute(update(PERSONS).where(key).values(values), records(rows))
