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

from data.model import FeedKind, IdStatus
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

    records: PERSON_RECORDS plus the roster's own columns where there are any (category, party_status, is_lost ...; a
    column that is missing counts as null); those without a link are left out. Returns person_id, is_member (has a
    roster record), n_branches (distinct branches whose rosters count the person), unique_id (the anchor record), and
    every name of FIELDS with `<name>_from`: the unique_id it comes from, null where the value is null. id_status
    without a number is `missing`.
    """
    rows = _Rows(records, links)
    is_roster = _is(rows.column("kind"), FeedKind.MEMBER_ROSTER.value)
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
        link = pd.Index(links["unique_id"]).get_indexer(pd.Index(records["unique_id"]))
        linked = np.flatnonzero(link >= 0)
        person, persons = pd.factorize(links["person_id"].to_numpy(dtype=object)[link[linked]], sort=True)
        order = np.argsort(person, kind="stable")
        self._records, self._at = records, linked[order]
        self.persons, self.person = np.asarray(persons, dtype=object), person[order].astype(np.int64)
        counts = np.bincount(self.person, minlength=len(persons))
        self.anchors = np.cumsum(counts) - counts
        self.several = np.flatnonzero(counts[self.person] > 1)
        self._at[self.several] = self._at[_anchors_first(self)]
        self.unique_ids = self.column("unique_id")

    def column(self, name: str, rows: Positions | None = None) -> Objects:
        """The values of a column in these rows, all when None; null is None, and so is a column that records lack."""
        at = self._at if rows is None else self._at[rows]
        if name not in self._records:
            return np.full(len(at), None, dtype=object)
        values = self._records[name].to_numpy(dtype=object)[at]
        values[pd.isna(values)] = None
        return values

    def first(self, name: str, order: Positions | None = None) -> Positions:
        """The first row of each person that has the column, -1 for none. order: the rows asked, by person; all rows
        when None."""
        is_known = pd.notna(self.column(name, order))
        rows = np.flatnonzero(is_known) if order is None else order[is_known]
        person = self.person[rows]
        found = np.full(len(self.persons), -1, dtype=np.int64)
        is_first = np.diff(person, prepend=-1) > 0
        found[person[is_first]] = rows[is_first]
        return found


def _anchors_first(rows: _Rows) -> Positions:
    """Rows of persons with several, the anchor first."""
    at = rows.several
    category = rows.column("category", at)
    keys = (
        pd.factorize(rows.column("unique_id", at), sort=True)[0],
        np.sum([pd.isna(rows.column(name, at)) for name in FIELDS], axis=0),
        _latest_first(rows.column("registered_on", at)),
        ~_is(category, "formal", "probationary") & pd.notna(category),
        _is(rows.column("party_status", at), *LEFT),
        _ranks(rows.column("kind", at), _KINDS),
        rows.person[at],
    )
    return at[np.lexsort(keys)]


def _is(values: Objects, *wanted: str) -> Mask:
    return pd.Series(values, dtype=object).isin(wanted).to_numpy(dtype=bool)


def _ranks(values: Objects, rank: dict[str, int]) -> Codes:
    """The rank of each value; one without a rank, and null, comes behind all."""
    codes, distinct = pd.factorize(values)
    return np.array([*(rank.get(value, len(rank)) for value in distinct), len(rank)], dtype=np.int64)[codes]


def _latest_first(values: Objects) -> Codes:
    """Ranks of ISO texts, latest first, null last."""
    codes, _ = pd.factorize(values, sort=True)
    return np.where(codes < 0, 1, -codes)


def _n_branches(rows: _Rows, is_roster: Mask) -> Codes:
    codes, branches = pd.factorize(rows.column("branch"))
    counts = is_roster & ~_is(rows.column("party_status"), *LEFT) & (codes >= 0)
    distinct = pd.unique(rows.person[counts] * len(branches) + codes[counts])
    return np.bincount(distinct // max(len(branches), 1), minlength=len(rows.persons))


def _taken(rows: _Rows, first: Positions, group: tuple[str, ...]) -> dict[str, Objects]:
    """The group's values of one row of each person, and the record each value comes from."""
    out = {}
    for field in group:
        out[field] = rows.column(field, first)
        out[field][first < 0] = None
        out[f"{field}_from"] = rows.unique_ids[first]
        out[f"{field}_from"][pd.isna(out[field])] = None
    return out


def _terminal_first(rows: _Rows) -> Positions:
    """The row that says somebody is dead or out, unless the anchor was admitted later than that row; else the first."""
    at = rows.several
    status, joined = rows.column("party_status", at), rows.column("join_on", at)
    anchor = rows.first("join_on")[rows.person[at]]
    anchor_joined = np.where(anchor < 0, "", rows.column("join_on", anchor))
    is_new_admission = np.asarray(np.where(pd.isna(joined), "9", joined) < anchor_joined, dtype=bool)
    rank = _ranks(status, {one: place for place, one in enumerate(TERMINAL)})
    rank[is_new_admission & ~_is(status, TERMINAL[0])] = len(TERMINAL)
    return _reordered(rows, "party_status", at[np.lexsort((rank, rows.person[at]))])


def _by_majority(rows: _Rows, field: str) -> Positions:
    """The best row for a fact of the person: validity, kind, completeness, what most say, the anchor's order."""
    at = rows.several
    at = at[pd.notna(rows.column(field, at))]
    values = rows.column(field, at)
    codes, distinct = pd.factorize(values)
    said = pd.factorize(rows.person[at] * len(distinct) + codes)[0]
    keys = (
        -np.bincount(said, minlength=1)[said],
        _defects(values, field),
        _ranks(rows.column("kind", at), _KINDS),
        ~_is(rows.column("id_status", at), IdStatus.VALID.value) & (field == "id_no"),
        rows.person[at],
    )
    return _reordered(rows, field, at[np.lexsort(keys)])


def _reordered(rows: _Rows, field: str, order: Positions) -> Positions:
    """`rows.first`, where persons with several rows have them in another order."""
    again = rows.first(field, order)
    return np.where(again >= 0, again, rows.first(field))


def _defects(values: Objects, field: str) -> Codes:
    """How incomplete a value is: an imprecise date or a name with missing characters comes behind a whole one."""
    column = pd.Series(values, dtype=object)
    if field in _DATES:
        return np.asarray(-column.str.len(), dtype=np.int64)
    if field == "name":
        return np.asarray(column.str.contains(_INCOMPLETE), dtype=np.int64)
    return np.zeros(len(column), dtype=np.int64)
