"""Which persons does a book know, and what became of them? Minted once; retired, merged and split, never deleted."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, bindparam, select, update

from data.store.frames import read_frame, records, write_frame
from data.store.known_records import Traces, read_book, update_known
from data.store.lineage import Night, note_changes
from data.store.session import Store
from data.store.tables import CLASSIFICATIONS, LINKS, PERSONS

_PERSON = (PERSONS.c.person_id, PERSONS.c.minted_seq, PERSONS.c.is_member, PERSONS.c.retired_run)
#: Of tables that say nothing of how records are known again.
NO_TRACES = Traces()


@dataclass(frozen=True)
class Before:
    """What is known of the night before without asking the store; null where it must be asked.

    links: unique_id, person_id; classifications: person_id, primary_class; known: as
    data.store.known_records.known_records.
    """

    links: pd.DataFrame | None = None
    classifications: pd.DataFrame | None = None
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
    former = _known(connection, area) if before.links is None else before.links
    book = read_frame(connection, select(*_PERSON).where(PERSONS.c.run_area == area))
    was = _classes(connection, area) if before.classifications is None else before.classifications
    now = persons[["person_id", "is_member"]].sort_values("person_id", ignore_index=True)
    is_new = ~now["person_id"].isin(book["person_id"])
    known = read_book(connection, area) if before.known is None else before.known
    night = Night(former, links, book, now, was, classifications, _successors(known, former, links, traces))
    moved = night.moved
    minted = now[is_new].assign(run_area=area, minted_run=run_id, split_from=None)
    first = 1 if book.empty else int(book["minted_seq"].max()) + 1
    minted["minted_seq"] = range(first, first + len(minted))
    minted["split_from"] = _most(moved, "person_id_is", "person_id_was", minted["person_id"])
    write_frame(connection, PERSONS, minted)
    _refresh(connection, area, book, now)
    _retire(connection, area, run_id, book[~book["person_id"].isin(now["person_id"])], moved)
    note_changes(connection, area, run_id, night)
    update_known(connection, area, run_id, known, links, traces)
    return len(minted)


def _successors(known: pd.DataFrame, former: pd.DataFrame, links: pd.DataFrame, traces: Traces) -> pd.DataFrame:
    """What the run told, and edits taken back: the record that was edited is there again, its successor is not."""
    told = traces.successors
    undone = known[known["successor"].isin(former["unique_id"]) & known["unique_id"].isin(links["unique_id"])]
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


def _refresh(connection: Connection, area: str, book: pd.DataFrame, now: pd.DataFrame) -> None:
    """Known persons who are there: retired ones revive, membership follows the rosters."""
    both = book.merge(now, on="person_id", suffixes=("_was", ""))
    stale = both[both["retired_run"].notna() | (both["is_member_was"] != both["is_member"])]
    values = stale[["person_id", "is_member"]].assign(retired_run=None, merged_into=None)
    _update(connection, area, values)


def _retire(connection: Connection, area: str, run_id: str, gone: pd.DataFrame, moved: pd.DataFrame) -> None:
    leaving = gone.loc[gone["retired_run"].isna(), ["person_id"]].assign(retired_run=run_id)
    leaving["merged_into"] = _most(moved, "person_id_was", "person_id_is", leaving["person_id"])
    _update(connection, area, leaving)


def _update(connection: Connection, area: str, changed: pd.DataFrame) -> None:
    if changed.empty:
        return
    key = (PERSONS.c.run_area == area) & (PERSONS.c.person_id == bindparam("key"))
    values: dict[str, object] = {str(name): bindparam(str(name)) for name in changed.columns if name != "person_id"}
    rows = changed.rename(columns={"person_id": "key"})
    connection.execute(update(PERSONS).where(key).values(values), records(rows))
