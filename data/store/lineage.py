"""What became of persons in a run, and who is affected? Written in the publishing transaction, never changed after.

`person_lineage` says where records went when they changed persons, `person_changes` names every affected person.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Connection, Table, select

from data.contracts.frames import without_nan
from data.store.frames import read_frame, write_frame
from data.store.renewing import places
from data.store.session import Store
from data.store.tables_persons import PERSON_CHANGES, PERSON_LINEAGE
from data.values.coded import TEXT
from data.values.lines import texts_of

_LINEAGE = ["kind", "from_person_id", "to_person_id", "n_records"]
_CHANGES = ["person_id", "kind", "before", "after", "n_records"]


@dataclass(frozen=True)
class Night:
    """A book before and after a run, as far as it differs (`Night.of`).

    former, links: unique_id, person_id of records that changed persons, came, went or were edited; book: persons
    before; now: person_id of the persons after, sorted; successors: unique_id_was, unique_id of edited records; stayed:
    which of these persons had records before and have some now; classes: person_id, before, after of members whose
    class changed.
    """

    former: pd.DataFrame
    links: pd.DataFrame
    book: pd.DataFrame
    now: pd.DataFrame
    successors: pd.DataFrame
    stayed: Callable[[pd.Index], npt.NDArray[np.bool_]]
    classes: pd.DataFrame

    @classmethod
    def of(
        cls,
        former: pa.Table,
        links: pd.DataFrame,
        classes: tuple[pa.Table, pd.DataFrame],
        successors: pd.DataFrame,
        book: pd.DataFrame,
        now: pd.DataFrame,
    ) -> Night:
        """From whole tables: what stayed as it was is told apart first, and not looked at again.

        former, links: unique_id, person_id; classes: person_id, primary_class, before and after.
        """
        place = places(former["unique_id"], links["unique_id"])
        is_same = place >= 0
        is_same[is_same] = _equal(former["person_id"].take(place[is_same]), links["person_id"][is_same])
        is_same &= ~links["unique_id"].isin(successors.stack()).to_numpy(dtype=bool)
        is_other = np.ones(len(former), dtype=bool)
        is_other[place[is_same]] = False
        changed = former.select(["unique_id", "person_id"]).filter(pa.array(is_other)).to_pandas().astype(object)

        def stayed(persons: pd.Index) -> npt.NDArray[np.bool_]:
            sides = (former["person_id"].cast(TEXT), texts_of(links["person_id"]))
            asked = texts_of(persons.to_series())
            had, has = (pc.is_in(asked, value_set=side).to_numpy(zero_copy_only=False) for side in sides)
            return np.asarray(had & has, dtype=bool)

        return cls(changed, links[~is_same], book, now, successors, stayed, _class_changes(*classes))

    @cached_property
    def followed(self) -> pd.DataFrame:
        """The former links under the ids that their records bear now: unique_id, person_id, is_edited."""
        former = self.former[["unique_id", "person_id"]]
        heirs = former["unique_id"].map(self.successors.set_index("unique_id_was")["unique_id"]).astype(object)
        followed = heirs.where(heirs.notna(), former["unique_id"])
        return former.assign(unique_id=followed, is_edited=heirs.notna())

    @cached_property
    def moved(self) -> pd.DataFrame:
        """Records linked before and after: unique_id, person_id_was, person_id_is, is_edited."""
        links = self.links[["unique_id", "person_id"]]
        return self.followed.merge(links, on="unique_id", suffixes=("_was", "_is"))

    @cached_property
    def place(self) -> npt.NDArray[np.int64]:
        """Where the persons after stand among those before, -1 for the new."""
        return places(pa.chunked_array([texts_of(self.book["person_id"])]), self.now["person_id"])

    def persons(self) -> tuple[pd.Index, pd.Index, pd.Index]:
        """person_ids of the new, the revived and the gone, sorted."""
        was_retired, is_known = self.book["retired_run"].notna().to_numpy(), self.place >= 0
        is_gone = ~was_retired
        is_gone[self.place[is_known]] = False
        is_back = is_known.copy()
        is_back[is_known] = was_retired[self.place[is_known]]
        now, book = pd.Index(self.now["person_id"]), pd.Index(self.book["person_id"])
        return now[~is_known], now[is_back], book[is_gone].sort_values()


def note_changes(connection: Connection, area: str, run_id: str, night: Night) -> None:
    """Write lineage and change feed of a run; before the tables of the night before are replaced."""
    lineage = lineage_of(night)
    for table, frame in ((PERSON_LINEAGE, lineage), (PERSON_CHANGES, changes_of(night, lineage))):
        write_frame(connection, table, frame.assign(run_area=area, run_id=run_id))


def lineage_of(night: Night) -> pd.DataFrame:
    """kind, from_person_id, to_person_id, n_records: every way that records took from person to person.

    split: to a person who was not there; merged: from one who is gone; moved: both stay. A person who is gone without
    heirs retired, one who was retired and is there again revived. A minted person whose records were nobody's has no
    row: `persons.minted_run` says it.
    """
    new, revived, gone = night.persons()
    went = night.moved[night.moved["person_id_was"] != night.moved["person_id_is"]]
    rows = went.groupby(["person_id_was", "person_id_is"]).size().rename("n_records").reset_index()
    rows.columns = pd.Index(["from_person_id", "to_person_id", "n_records"])
    is_split, is_merged = rows["to_person_id"].isin(new.union(revived)), rows["from_person_id"].isin(gone)
    rows["kind"] = np.select([is_split, is_merged], ["split", "merged"], "moved").astype(object)
    left = gone.difference(pd.Index(rows["from_person_id"]))
    retired = _counted(left, night.former, "retired").rename(columns={"person_id": "from_person_id"})
    back = _counted(revived, night.links, "revived").rename(columns={"person_id": "to_person_id"})
    both = pd.concat([frame.reindex(columns=_LINEAGE).astype(object) for frame in (rows, retired, back)])
    return _in_order(both, _LINEAGE)


def changes_of(night: Night, lineage: pd.DataFrame) -> pd.DataFrame:
    """person_id, kind, before, after, n_records: every affected person, once a way of being affected.

    merged, split, moved: both persons of the lineage row, before is who had the records, after who has them. new and
    gone: without such a row. records: added, removed or edited while the person stayed; class: primary class.
    """
    new, revived, gone = night.persons()
    went = lineage[lineage["kind"].isin(["merged", "split", "moved"])]
    ways = went.rename(columns={"from_person_id": "before", "to_person_id": "after"})
    sides = [ways.assign(person_id=ways["before"]), ways.assign(person_id=ways["after"])]
    born = _counted(new.difference(pd.Index(went["to_person_id"])), night.links, "new")
    died = _counted(gone.difference(pd.Index(went["from_person_id"])), night.former, "gone")
    back = _counted(revived, night.links, "revived")
    frames = [*sides, born, died, back, _record_changes(night), night.classes]
    both = pd.concat([frame.reindex(columns=_CHANGES).astype(object) for frame in frames if len(frame)] or [ways])
    return _in_order(both.reindex(columns=_CHANGES), _CHANGES)


def person_changes(store: Store, area: str, run_id: str) -> pd.DataFrame:
    """The change feed of a run: person_id, kind, before, after, n_records, by person and kind."""
    return _of_run(store, PERSON_CHANGES, _CHANGES, area, run_id)


def person_lineage(store: Store, area: str, run_id: str) -> pd.DataFrame:
    """The lineage of a run: kind, from_person_id, to_person_id, n_records."""
    return _of_run(store, PERSON_LINEAGE, _LINEAGE, area, run_id)


def _of_run(store: Store, table: Table, names: list[str], area: str, run_id: str) -> pd.DataFrame:
    columns = (table.c[name] for name in names)
    query = select(*columns).where(table.c.run_area == area, table.c.run_id == run_id)
    with store.read() as connection:
        frame = read_frame(connection, query)
    return _in_order(frame, names)


def _in_order(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    ordered = without_nan(rows).sort_values(names[:-1], ignore_index=True)
    return ordered.astype({"n_records": "int64"})


def _counted(persons: pd.Index, links: pd.DataFrame, kind: str) -> pd.DataFrame:
    """person_id, kind, n_records: how many records the persons have in `links`."""
    theirs = links.loc[links["person_id"].isin(persons), "person_id"]
    sizes = theirs.value_counts().reindex(persons, fill_value=0)
    return pd.DataFrame({"person_id": persons, "kind": kind, "n_records": sizes.to_numpy(dtype="int64")}, dtype=object)


def _record_changes(night: Night) -> pd.DataFrame:
    """Persons who were there and are, with records that came from nobody, are nowhere now, or were edited."""
    added = night.links.loc[~night.links["unique_id"].isin(night.followed["unique_id"]), "person_id"]
    removed = night.followed.loc[~night.followed["unique_id"].isin(night.links["unique_id"]), "person_id"]
    edited = night.moved.loc[night.moved["is_edited"], "person_id_is"]
    counts = pd.concat([added, removed, edited]).value_counts()
    counts = counts[night.stayed(counts.index)]
    return pd.DataFrame({"person_id": counts.index, "kind": "records", "n_records": counts.to_numpy()}, dtype=object)


def _class_changes(was: pa.Table, classes: pd.DataFrame) -> pd.DataFrame:
    """Members classified on both nights, differently."""
    place = places(was["person_id"], classes["person_id"])
    both = classes[place >= 0]
    before = was["primary_class"].take(place[place >= 0])
    differs = ~_equal(before, both["primary_class"])
    values = {"person_id": both["person_id"][differs], "after": both["primary_class"][differs]}
    told = pd.DataFrame({**values, "kind": "class", "n_records": 0}, dtype=object)
    return told.assign(before=before.filter(pa.array(differs)).to_pylist())


def _equal(was: pa.ChunkedArray, now: pd.Series) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.equal(was.cast(TEXT), texts_of(now)).to_numpy(), dtype=bool)
