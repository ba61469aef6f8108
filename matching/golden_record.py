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

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import FeedKind, IdStatus
from data.values.columns import none_for_null

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
    column that is missing counts as null). Returns person_id, is_member (has a roster record), n_branches (distinct
    branches whose rosters count the person), unique_id (the anchor record), and every name of FIELDS with
    `<name>_from`: the unique_id it comes from, null where the value is null. id_status without a number is `missing`.
    """
    rows = _ordered(records.merge(links, on="unique_id"))
    persons = rows.drop_duplicates("person_id")[["person_id", "unique_id"]].set_index("person_id").sort_index()
    is_roster = rows["kind"] == FeedKind.MEMBER_ROSTER
    out = persons.assign(
        is_member=is_roster.groupby(rows["person_id"]).any(),
        n_branches=_n_branches(rows[is_roster]),
    )
    for group in ANCHOR_FIELDS:
        _take(out, _with_terminal_first(rows) if group == ("party_status",) else rows, group)
    for group in MAJORITY_FIELDS:
        _take(out, _by_majority(rows, group[0]), group)
    out["n_branches"] = out["n_branches"].fillna(0).astype("int64")
    out["id_status"] = out["id_status"].where(out["id_no"].notna(), IdStatus.MISSING.value)
    return out.reset_index()


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Records with all fields, the anchor of each person first."""
    rows = _objects(rows.reindex(columns=["person_id", "unique_id", "kind", *FIELDS]))
    order = pd.DataFrame(
        {
            "person_id": rows["person_id"],
            "kind": rows["kind"].map(_KINDS),
            "has_left": rows["party_status"].isin(LEFT),
            "is_other": ~rows["category"].isin(["formal", "probationary"]) & rows["category"].notna(),
            "registered_on": _descending(rows["registered_on"]),
            "n_missing": rows[list(FIELDS)].isna().sum(axis=1),
            "unique_id": rows["unique_id"],
        }
    )
    return rows.loc[order.sort_values(list(order.columns)).index].reset_index(drop=True)


def _objects(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as objects with None for null, also when it has no rows."""
    return pd.DataFrame({column: none_for_null(frame[column]) for column in frame}, index=frame.index)


def _descending(column: pd.Series) -> npt.NDArray[np.int64]:
    """Ranks of ISO texts, latest first, null last."""
    codes, _ = pd.factorize(column, sort=True)
    return np.where(codes < 0, 1, -codes)


def _n_branches(roster: pd.DataFrame) -> pd.Series:
    counting = roster[~roster["party_status"].isin(LEFT)]
    return counting.groupby("person_id")["branch"].nunique()


def _take(out: pd.DataFrame, rows: pd.DataFrame, group: tuple[str, ...]) -> None:
    """Write the group's values from the first row of each person that has the leading field."""
    first = rows[rows[group[0]].notna()].drop_duplicates("person_id").set_index("person_id")
    found = _objects(first.reindex(out.index)[["unique_id", *group]])
    for field in group:
        out[field] = found[field]
        out[f"{field}_from"] = none_for_null(found["unique_id"].where(found[field].notna()))


def _with_terminal_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with those first that say somebody is dead or out, unless the anchor was admitted later than that row."""
    anchor_join = rows.groupby("person_id")["join_on"].transform("first").fillna("")
    is_new_admission = (rows["join_on"].fillna("9") < anchor_join) & ~rows["party_status"].eq(TERMINAL[0])
    order = rows["party_status"].map({status: rank for rank, status in enumerate(TERMINAL)}).fillna(len(TERMINAL))
    order = order.where(~is_new_admission, len(TERMINAL))
    return rows.loc[order.sort_values(kind="stable").index]


def _by_majority(rows: pd.DataFrame, field: str) -> pd.DataFrame:
    """Rows ordered for a fact of the person: validity, kind, completeness, what most say, the anchor's order."""
    known = rows[rows[field].notna()]
    single = ~known["person_id"].duplicated(keep=False)
    open_rows = known[~single]
    order = pd.DataFrame(
        {
            "is_invalid": open_rows["id_status"].ne(IdStatus.VALID) if field == "id_no" else False,
            "kind": open_rows["kind"].map(_KINDS),
            "defects": _defects(open_rows[field]),
            "minority": -open_rows.groupby(["person_id", field])[field].transform("size"),
            "place": np.arange(len(open_rows)),
        },
        index=open_rows.index,
    )
    return pd.concat([known[single], open_rows.loc[order.sort_values(list(order.columns)).index]])


def _defects(column: pd.Series) -> pd.Series:
    """How incomplete a value is: an imprecise date or a name with missing characters comes behind a whole one."""
    if column.name in _DATES:
        return -column.str.len()
    return (
        column.str.contains(_INCOMPLETE).astype("int64") if column.name == "name" else pd.Series(0, index=column.index)
    )
