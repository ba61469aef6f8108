"""Which persons does a book know, and what became of them? Minted once; retired, merged and split, never deleted."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, bindparam, select, update

from data.store.frames import read_frame, records, write_frame
from data.store.session import Store
from data.store.tables import LINKS, PERSONS


def known_persons(store: Store, area: str) -> pd.DataFrame:
    """The published links of a book with the age of their persons: [unique_id, person_id, minted_seq], by unique_id.

    `minted_seq` grows with time: of two persons the smaller number is the older. Empty before the first publishing.
    """
    with store.read() as connection:
        return _known(connection, area)


def update_persons(connection: Connection, area: str, run_id: str, persons: pd.DataFrame, links: pd.DataFrame) -> int:
    """Mint, retire and revive so that the book knows exactly the persons of this run; returns the number minted.

    `persons` [person_id, is_member] and `links` [unique_id, person_id] are the new night's, the links in the database
    still the night's before: a person whose records went to another was merged into the one who took most of them
    (ties: the smaller id); a new person whose records came from another was split from it by the same rule.
    """
    former = _known(connection, area)
    book = read_frame(connection, select(PERSONS).where(PERSONS.c.run_area == area))
    now = persons[["person_id", "is_member"]].sort_values("person_id", ignore_index=True)
    is_new = ~now["person_id"].isin(book["person_id"])
    moved = former.merge(links, on="unique_id", suffixes=("_was", "_is"))
    minted = now[is_new].assign(run_area=area, minted_run=run_id, split_from=None)
    first = 1 if book.empty else int(book["minted_seq"].max()) + 1
    minted["minted_seq"] = range(first, first + len(minted))
    minted["split_from"] = _most(moved, "person_id_is", "person_id_was", minted["person_id"])
    write_frame(connection, PERSONS, minted)
    _refresh(connection, area, book, now)
    _retire(connection, area, run_id, book[~book["person_id"].isin(now["person_id"])], moved)
    return len(minted)


def _known(connection: Connection, area: str) -> pd.DataFrame:
    query = select(LINKS.c.unique_id, LINKS.c.person_id, PERSONS.c.minted_seq).where(LINKS.c.run_area == area)
    frame = read_frame(connection, query.join(PERSONS).order_by(LINKS.c.unique_id))
    return frame.astype({"minted_seq": "int64"}).sort_values("unique_id", ignore_index=True)


def _most(moved: pd.DataFrame, key: str, other: str, wanted: pd.Series) -> pd.Series:
    """For each wanted person the other person who shares most records with them, None when nobody does."""
    shared = moved.groupby([key, other]).size().rename("n").reset_index()
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
