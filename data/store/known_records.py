"""Which record was whose? Kept beyond the night a record is there, so that what comes back or is edited is known again.

Only hashes and person ids. A record of nobody is kept while a question or a judgement is about it, no longer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, delete, insert, select, union

from data.contracts.frames import stacked, without_nan
from data.store.frames import read_frame
from data.store.renewing import as_columns, places, renew
from data.store.session import Store
from data.store.tables import JUDGEMENTS, PERSONS
from data.store.tables_persons import KNOWN_RECORDS, SEEN_RECORDS
from data.values.lines import texts_of

_COLUMNS = ["unique_id", "person_id", "keys", "fields", "gone_run", "successor"]

Seen = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Traces:
    """What a run tells of its records, for the next one to know them again; null where it does not tell.

    records: unique_id, `keys` (data.contracts.record_keys) and `fields` (hashes, of judged records), null where
    they are known: of records that belong to a person, stand in a pair worth asking about or were judged. successors:
    unique_id_was (gone), unique_id: the record it was edited into. seen: `short_hashes` of every record, in any order.
    """

    records: pd.DataFrame | None = None
    successors: pd.DataFrame | None = None
    seen: Seen | None = None


def known_records(store: Store, area: str) -> pd.DataFrame:
    """Every record a book knows: unique_id, person_id, minted_seq, keys, fields, gone_run, successor.

    Null: person_id and minted_seq of a record of nobody; gone_run of one that was there last night.
    """
    minted = select(PERSONS.c.person_id, PERSONS.c.minted_seq).where(PERSONS.c.run_area == area)
    with store.read() as connection:
        book, persons = read_book(connection, area), read_frame(connection, minted)
    # Put together here: as a join each record would be looked up in the index of persons, one by one.
    place = places(pa.chunked_array([texts_of(persons["person_id"])]), book["person_id"])
    ages = [*persons["minted_seq"].tolist(), None]
    book.insert(2, "minted_seq", pd.Series(ages, dtype=object).to_numpy()[place])
    return book if book["person_id"].isna().any() else book.infer_objects()


def seen_records(store: Store, area: str) -> Seen | None:
    """The short hashes of the records of the run published last (see `short_hashes`); None when it did not tell."""
    query = select(SEEN_RECORDS.c.hashes).where(SEEN_RECORDS.c.run_area == area)
    with store.read() as connection:
        found = connection.execute(query).scalar()
    return None if found is None else np.frombuffer(found, dtype="<u8")


def short_hashes(unique_ids: pd.Series) -> Seen:
    """Eight bytes a record, in its order; of a million records two have the same once in forty million nights."""
    hashes = pd.util.hash_array(unique_ids.to_numpy(dtype=object), categorize=False)
    return np.asarray(hashes, dtype="<u8")


def update_known(
    connection: Connection, area: str, run_id: str, book: pd.DataFrame, links: pd.DataFrame, traces: Traces
) -> None:
    """Bring the book (as `read_book` gave it) to this night; keys that nobody tells stay as they are."""
    rests = _at_rest(book, links, traces)
    if len(rests):
        book, links = (frame[~frame["unique_id"].isin(rests)] for frame in (book, links))
        told = traces.records
        told = None if told is None else told[~told["unique_id"].isin(rests)]
        traces = replace(traces, records=told)
    after = next_book(book, links, traces, _judged(connection), run_id)
    was = as_columns(book[_COLUMNS])
    renew(connection, KNOWN_RECORDS, area, "unique_id", after, was, is_whole=not len(rests))
    connection.execute(delete(SEEN_RECORDS).where(SEEN_RECORDS.c.run_area == area))
    if traces.seen is not None:
        connection.execute(insert(SEEN_RECORDS).values(run_area=area, hashes=np.sort(traces.seen).tobytes()))


def _at_rest(book: pd.DataFrame, links: pd.DataFrame, traces: Traces) -> pd.Index:
    """unique_ids of rows that this night leaves as they are: there, of the same person, and nothing new is told."""
    asked = book[book["gone_run"].isna() & book["successor"].isna() & book["person_id"].notna()]
    if traces.records is not None:
        told = traces.records.reindex(columns=["unique_id", "keys", "fields"])
        is_new = told["keys"].notna() | told["fields"].notna()
        asked = asked[~asked["unique_id"].isin(told.loc[is_new, "unique_id"])]
    there = as_columns(links[["unique_id", "person_id"]])
    place = places(there["unique_id"], asked["unique_id"])
    asked, whose = asked[place >= 0], there["person_id"].take(place[place >= 0])
    is_same: npt.NDArray[np.bool_] = pc.equal(whose, texts_of(asked["person_id"])).to_numpy()
    return pd.Index(asked["unique_id"].to_numpy(dtype=object)[is_same])


def read_book(connection: Connection, area: str) -> pd.DataFrame:
    """unique_id, person_id, keys, fields, gone_run, successor of a book, by unique_id."""
    query = select(*(KNOWN_RECORDS.c[name] for name in _COLUMNS)).where(KNOWN_RECORDS.c.run_area == area)
    return read_frame(connection, query).sort_values("unique_id", ignore_index=True)


def next_book(book: pd.DataFrame, links: pd.DataFrame, traces: Traces, judged: pd.Index, run_id: str) -> pd.DataFrame:
    """The book after a night.

    Gone records of a person stay; one that was edited into another stays a night longer (the night may be taken back).
    What a judgement names stays, and what that became.
    """
    told = links[["unique_id"]] if traces.records is None else traces.records
    told = told.reindex(columns=["unique_id", "keys", "fields"]).astype(object)
    tonight = told.merge(links[["unique_id", "person_id"]], on="unique_id", how="outer")
    former = book.set_index("unique_id")
    for name in ("keys", "fields"):
        was = tonight["unique_id"].map(former[name]).astype(object)
        tonight[name] = tonight[name].where(tonight[name].notna(), was)
    tonight = tonight.assign(keys=tonight["keys"].where(tonight["keys"].notna(), ""), gone_run=None, successor=None)
    absent = book[~book["unique_id"].isin(tonight["unique_id"])]
    is_there = pd.Series(False, index=absent.index)
    if traces.seen is not None and len(absent):
        is_there[:] = pd.Series(short_hashes(absent["unique_id"])).isin(traces.seen).to_numpy()
    is_edited_long_ago = absent["gone_run"].notna() & absent["successor"].notna()
    named = judged.union(pd.Index(book.loc[book["unique_id"].isin(judged), "successor"].dropna()))
    is_kept = absent["unique_id"].isin(named) | (~is_there & absent["person_id"].notna() & ~is_edited_long_ago)
    kept = _left(absent[is_kept], is_there[is_kept], traces.successors, run_id)
    after = stacked([frame[_COLUMNS].astype(object) for frame in (tonight, kept)])
    return without_nan(after).sort_values("unique_id", ignore_index=True)


def _left(absent: pd.DataFrame, is_there: pd.Series, successors: pd.DataFrame | None, run_id: str) -> pd.DataFrame:
    """Rows that are nobody's tonight: still there, or gone since this run or before."""
    kept = absent.astype(object)
    kept.loc[is_there, ["person_id", "gone_run", "successor"]] = None
    if successors is not None and len(successors):
        heir_of = successors.set_index("unique_id_was")["unique_id"]
        heirs, further = (kept[name].map(heir_of).astype(object) for name in ("unique_id", "successor"))
        # The way from a judged row to what it is now stays one step long: those between are forgotten.
        kept["successor"] = further.where(further.notna(), kept["successor"])
        kept["successor"] = heirs.where(heirs.notna(), kept["successor"])
        kept.loc[heirs.notna(), "gone_run"] = run_id
    kept.loc[~is_there & kept["gone_run"].isna(), "gone_run"] = run_id
    return kept


def _judged(connection: Connection) -> pd.Index:
    sides = union(select(JUDGEMENTS.c.unique_id_l.label("unique_id")), select(JUDGEMENTS.c.unique_id_r))
    return pd.Index(connection.execute(sides).scalars().all(), dtype=object)
