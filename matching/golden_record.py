"""Which value of each field speaks for a person? One value, with the record it comes from; nothing is made up.

Survivorship, in this order, and why:

1. Fields that belong together come from one record: the number with its status, floating with whither and since when,
   lost with since when. A mixture of two rows would be a statement that nobody made.
2. The organisation's fields (branch, township, area, party status, category, registration, dues, remark) come from the
   anchor: the roster row that holds the formal relation. A row of a person who has left that list (transferred out,
   expelled ...) comes behind every row that still counts the person; then formal and probationary members before
   others; then the later registration, for a relation follows the last received letter; then the fuller row; then the
   smallest unique_id. Where the anchor is silent the next roster row speaks. Floating and lost are never the worst of
   all rows: the branch that has let the person go knows less than the one that has received the person.
3. Death, expulsion and removal on any roster win over a roster that still says normal: a list that has not heard of it
   is the common case. Expulsion and removal lose to a row that was joined anew later (a new admission). They are
   findings for people to confirm.
4. Facts of the person (name, sex, birth, admission dates, mobile): roster before claim before enterprise, because the
   organisation keeps the file; a whole name before one with a missing character; the more precise date; what most
   records say; then as 2.
5. The identity number: one that passes its own checks before any that fails, whoever wrote it, for a typing error does
   not pass; then as 4.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.model import FeedKind, IdStatus
from data.values.coded import Coded, places
from matching.arrays import Codes, Mask, Objects, Positions

#: Fields that travel together; the first one leads: the record that has it gives all of them.
ANCHOR_FIELDS: tuple[tuple[str, ...], ...] = (
    ("branch",),
    ("area",),
    ("township",),
    ("category",),
    ("party_status",),
    ("registered_on",),
    ("dues_to",),
    ("remark",),
    ("employer",),
    ("is_floating", "flow_to", "flow_since"),
    ("is_lost", "lost_since"),
)
MAJORITY_FIELDS: tuple[tuple[str, ...], ...] = (
    ("name",),
    ("id_no", "id_status"),
    ("sex",),
    ("birth",),
    ("join_on",),
    ("full_on",),
    ("mobile",),
)
FIELDS = tuple(field for group in (*MAJORITY_FIELDS, *ANCHOR_FIELDS) for field in group)
#: Party statuses that nobody comes back from without a new admission.
TERMINAL = ("deceased", "expelled", "removed", "probation_cancelled")
#: Party statuses whose row no longer counts the person.
LEFT = (*TERMINAL, "transferred_out")
_KINDS = {
    kind.value: rank for rank, kind in enumerate((FeedKind.MEMBER_ROSTER, FeedKind.CLAIMS, FeedKind.ENTERPRISE_PERSONS))
}
_DATES = ("birth", "join_on", "full_on")
#: What stands for a character that could not be written.
_INCOMPLETE = "[?□■〓*]"


def golden_records(records: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """One row a person of `links`, sorted by person_id.

    records: PERSON_RECORDS, coded or not, plus the roster's own columns where there are any (category, party_status,
    is_lost ...; a column that is missing counts as null); those without a link are left out. Returns person_id,
    is_member (has a roster record), n_branches (distinct branches whose rosters count the person), unique_id (the
    anchor record), and every name of FIELDS with `<name>_from`: the unique_id it comes from, null where the value is
    null. id_status without a number is `missing`.
    """
    rows = _Rows(records, links)
    is_roster = rows.column("kind").are(FeedKind.MEMBER_ROSTER.value)
    out: dict[str, npt.NDArray[Any]] = {
        "person_id": rows.persons,
        "unique_id": rows.unique_ids[rows.anchors],
        "is_member": np.bincount(rows.person[is_roster], minlength=len(rows.persons)) > 0,
        "n_branches": _n_branches(rows, is_roster),
    }
    for group in ANCHOR_FIELDS:
        first = _terminal_first(rows) if group == ("party_status",) else rows.first(group[0])
        out |= _taken(rows, first, group)
    for group in MAJORITY_FIELDS:
        out |= _taken(rows, _by_majority(rows, group[0]), group)
    out["id_status"][pd.isna(out["id_no"])] = IdStatus.MISSING.value
    return pd.DataFrame(out, copy=False)


class _Rows:
    """Linked records by person, the anchor of each person first. Nearly everybody has one record: only those of
    persons with several are ever put in order.

    persons: person_ids, sorted. person: place of each row's person among them, ascending. anchors: the first row of
    each person. several: rows of persons who have more than one.
    """

    def __init__(self, records: pd.DataFrame, links: pd.DataFrame) -> None:
        link = places(records["unique_id"], links["unique_id"])
        linked = np.flatnonzero(link >= 0)
        person, persons = pd.factorize(links["person_id"].to_numpy(dtype=object)[link[linked]], sort=True)
        order = np.argsort(person, kind="stable")
        self._records, self._at = records, linked[order]
        self.persons, self.person = np.asarray(persons, dtype=object), person[order].astype(np.int64)
        counts = np.bincount(self.person, minlength=len(persons))
        self.anchors = np.cumsum(counts) - counts
        self.several = np.flatnonzero(counts[self.person] > 1)
        self._columns: dict[str, Coded] = {}
        self.unique_ids = records["unique_id"].to_numpy(dtype=object)[self._at]
        turned = _anchors_first(self)
        self._at[self.several] = self._at[turned]
        self.unique_ids[self.several] = self.unique_ids[turned]
        # What was read of them stands in the order of before.
        self._columns.clear()

    def column(self, name: str) -> Coded:
        """A column of all rows; all null where records lack it."""
        if name not in self._columns:
            known = Coded.of(self._records[name]) if name in self._records else Coded.constant(None, len(self._records))
            self._columns[name] = known.take(self._at)
        return self._columns[name]

    def first(self, name: str, order: Positions | None = None) -> Positions:
        """The first row of each person that has the column, -1 for none. order: the rows asked, by person; all rows
        when None."""
        codes = self.column(name).codes
        rows = np.flatnonzero(codes >= 0) if order is None else order[codes[order] >= 0]
        person = self.person[rows]
        found = np.full(len(self.persons), -1, dtype=np.int64)
        is_first = np.diff(person, prepend=-1) > 0
        found[person[is_first]] = rows[is_first]
        return found


def _anchors_first(rows: _Rows) -> Positions:
    """Rows of persons with several, the anchor first."""
    at = rows.several
    category, status = rows.column("category").take(at), rows.column("party_status").take(at)
    # Of ISO texts the latest first, null last.
    registered = _in_order(rows.column("registered_on"))[at]
    keys = (
        pd.factorize(rows.unique_ids[at], sort=True)[0],
        np.sum([rows.column(name).codes[at] < 0 for name in FIELDS], axis=0),
        np.where(registered < 0, 1, -registered),
        ~category.are("formal", "probationary") & (category.codes >= 0),
        status.are(*LEFT),
        _ranks(rows.column("kind").take(at), _KINDS),
        rows.person[at],
    )
    return at[np.lexsort(keys)]


def _of_texts(column: Coded, numbers: Codes, null: int) -> Codes:
    """A number per row from one per distinct text, and one for null."""
    return np.append(numbers, null)[column.codes]


def _ranks(column: Coded, rank: dict[str, int]) -> Codes:
    """The rank of each value; one without a rank, and null, comes behind all."""
    given = [rank.get(text, len(rank)) for text in column.values.to_pylist()]
    return _of_texts(column, np.array(given, dtype=np.int64), len(rank))


def _in_order(column: Coded) -> Codes:
    """Ranks of texts, smallest first; -1 for null."""
    ranks = np.empty(len(column.values), dtype=np.int64)
    ranks[pc.array_sort_indices(column.values).to_numpy()] = np.arange(len(ranks))
    return _of_texts(column, ranks, -1)


def _n_branches(rows: _Rows, is_roster: Mask) -> Codes:
    branch = rows.column("branch")
    counts = is_roster & ~rows.column("party_status").are(*LEFT) & (branch.codes >= 0)
    n_branches = max(len(branch.values), 1)
    distinct = pd.unique(rows.person[counts] * n_branches + branch.codes[counts])
    return np.bincount(distinct // n_branches, minlength=len(rows.persons))


def _taken(rows: _Rows, first: Positions, group: tuple[str, ...]) -> dict[str, Objects]:
    """The group's values of one row of each person, and the record each value comes from."""
    out = {}
    for field in group:
        said = rows.column(field).at(first)
        out[field] = said.texts()
        out[f"{field}_from"] = rows.unique_ids[first]
        out[f"{field}_from"][said.codes < 0] = None
    return out


def _terminal_first(rows: _Rows) -> Positions:
    """The row that says somebody is dead or out, unless the anchor was admitted later than that row; else the first."""
    at = rows.several
    status = rows.column("party_status").take(at)
    joined_on = _in_order(rows.column("join_on"))
    joined = joined_on[at]
    is_new_admission = (joined >= 0) & (joined < np.append(joined_on, -1)[rows.first("join_on")[rows.person[at]]])
    rank = _ranks(status, {one: place for place, one in enumerate(TERMINAL)})
    rank[is_new_admission & ~status.are(TERMINAL[0])] = len(TERMINAL)
    return _reordered(rows, "party_status", at[np.lexsort((rank, rows.person[at]))])


def _by_majority(rows: _Rows, field: str) -> Positions:
    """The best row for a fact of the person: validity, kind, completeness, what most say, the anchor's order."""
    at = rows.several
    at = at[rows.column(field).codes[at] >= 0]
    values = rows.column(field).take(at).used()
    said = pd.factorize(rows.person[at] * max(len(values.values), 1) + values.codes)[0]
    keys = (
        -np.bincount(said, minlength=1)[said],
        _of_texts(values, _defects(values.values, field), 0),
        _ranks(rows.column("kind").take(at), _KINDS),
        ~rows.column("id_status").take(at).are(IdStatus.VALID.value) & (field == "id_no"),
        rows.person[at],
    )
    return _reordered(rows, field, at[np.lexsort(keys)])


def _reordered(rows: _Rows, field: str, order: Positions) -> Positions:
    """`rows.first`, where persons with several rows have them in another order."""
    again = rows.first(field, order)
    return np.where(again >= 0, again, rows.first(field))


def _defects(texts: pa.LargeStringArray, field: str) -> Codes:
    """How incomplete a value is: an imprecise date or a name with missing characters comes behind a whole one."""
    if field in _DATES:
        return np.asarray(-pc.utf8_length(texts).to_numpy(), dtype=np.int64)
    if field == "name":
        return np.asarray(pc.match_substring_regex(texts, _INCOMPLETE), dtype=np.int64)
    return np.zeros(len(texts), dtype=np.int64)
