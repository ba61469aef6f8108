"""F08: the formal relation was received elsewhere, so this row is stale. A letter on its way changes nothing (§1.7)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EvidenceGrade, FeedKind, StatusEvent
from data.values.columns import none_for_null
from data.words import tr
from rules.case import Case
from rules.classes.pocket import letters
from rules.clocks import NO_DAY, Days, day_texts, first_days
from rules.false_entries.status import is_proposed
from rules.firings import document_evidence, fill, firings, joined, strongest_per_subject
from rules.letters import receptions
from rules.organisations import are_on_rosters, are_same_or_above
from rules.standing import marks


def find(case: Case) -> pd.DataFrame:
    """Entries whose branch no longer holds the relation: received elsewhere, or recorded as transferred out."""
    return strongest_per_subject([_received_elsewhere(case), _recorded_out(case)])


def _received_elsewhere(case: Case) -> pd.DataFrame:
    received = case.once(receptions)
    entries = case.entries[case.are_of(case.entries, case.persons_of(received.index))].reset_index(drop=True)
    if entries.empty:
        return firings(entries, message="")
    letter = received.loc[entries["person_id"]].reset_index(drop=True)
    day = letter["received_day"].to_numpy(dtype=np.int64)
    is_there = _is_received_by(case, entries, letter["to_org"])
    is_back = first_days(entries["registered_on"]) >= day
    is_listed_there, is_inside = _where_listed(case, entries, letter["to_org"])
    # A claim that names no branch contradicts nothing as long as the receiver lists the person.
    names_none = (entries["branch"].isna() & (entries["kind"] == FeedKind.CLAIMS)).to_numpy(dtype=bool)
    is_gone = ~is_there & ~is_back & ~(names_none & is_listed_there)
    is_proven = is_listed_there | ~is_inside
    grade = np.where(is_proven, EvidenceGrade.A.value, EvidenceGrade.B.value).astype(object)
    strike = fill(tr("建议剔除：组织关系已于 {} 被“{}”接收", "proposed to strike out: relation received on {} by “{}”"),
                  day_texts(day), letter["to_org"].fillna("?").to_numpy(dtype=object))  # fmt: skip
    doubt = fill(tr("须核实：介绍信登记 {} 被“{}”接收，但接收方名册上没有此人",
        "to be checked: letter received on {} by “{}”, whose roster does not list the person"),
                 day_texts(day), letter["to_org"].fillna("?").to_numpy(dtype=object))  # fmt: skip
    message = np.where(is_proven, strike, doubt)
    evidence = joined(document_evidence(letter["letter_no"], message))
    found = firings(entries, grade=grade, is_false_entry=is_proven, message=message, evidence=evidence)
    return found[is_gone]


def _is_received_by(case: Case, entries: pd.DataFrame, to_org: pd.Series) -> npt.NDArray[np.bool_]:
    return are_same_or_above(case, to_org, entries[["branch", "township", "area"]])


def _where_listed(
    case: Case, entries: pd.DataFrame, to_org: pd.Series
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """For each entry: does a roster row of the person lie at the receiver, and is the receiver on any roster at all?"""
    asked = pd.DataFrame({"row": np.arange(len(entries)), "person_id": entries["person_id"], "to_org": to_org})
    rows = asked.merge(_roster_places(case, asked["person_id"]), on="person_id")
    at_receiver = are_same_or_above(case, rows["to_org"], rows)
    is_listed_there = np.zeros(len(entries), dtype=bool)
    is_listed_there[rows["row"].to_numpy()[at_receiver]] = True
    return is_listed_there, are_on_rosters(case, to_org)


def _roster_places(case: Case, persons: pd.Series) -> pd.DataFrame:
    """person_id, branch, township and area of the roster rows of some persons."""
    roster = case.roster
    return roster.loc[roster["person_id"].isin(persons.unique()), ["person_id", "branch", "township", "area"]]


def _recorded_out(case: Case) -> pd.DataFrame:
    """Entries marked as transferred out by a decision or by the row itself, unless back or still on the way."""
    known = case.once(marks)
    columns = ["unique_id", "kind", "is_listed", "branch", "registered_on", "township", "area"]
    out = known[known["event"] == StatusEvent.TRANSFERRED_OUT].rename(columns={"branch": "left_branch"})
    rows = case.entries.loc[case.entries["unique_id"].isin(out["unique_id"].unique()), columns]
    out = out.merge(rows, on="unique_id").reset_index(drop=True)
    out = pd.concat([out, _claims_of_stale_rows(case, out)], ignore_index=True)
    if out.empty:
        return firings(out, message="")
    out = out[_concerns(case, out) & ~_is_back(case, out)].reset_index(drop=True)
    # Until somebody receives the letter the sender counts the member: that is the pocket class, not a false entry.
    out = out[~out["person_id"].isin(case.once(letters).index)].reset_index(drop=True)
    grade = out["grade"].to_numpy(dtype=object)
    is_struck = is_proposed(case, out, grade)
    message = np.where(is_struck, tr("建议剔除：登记为已转出", "proposed to strike out: recorded as transferred out"),
                       tr("须核实：注明已转出", "to be checked: noted as transferred out")).astype(object)  # fmt: skip
    return firings(out, grade=grade, is_false_entry=is_struck, message=message, evidence=joined(list(out["evidence"])))


def _claims_of_stale_rows(case: Case, out: pd.DataFrame) -> pd.DataFrame:
    """Claims of persons all of whose roster rows say transferred out: the claim rests on nothing but those rows."""
    rows = out[out["origin"] == "roster"]
    stale = rows.drop_duplicates("unique_id").groupby("person_id").size()
    listed = _roster_places(case, rows["person_id"]).groupby("person_id").size()
    gone = stale[stale == listed.reindex(stale.index)].index
    claims = case.claims[case.claims["person_id"].isin(gone)]
    last = rows.sort_values(["person_id", "day", "unique_id"]).drop_duplicates("person_id", keep="last")
    carried = last[["person_id", "event", "day", "grade", "left_branch", "evidence"]].assign(origin="roster")
    columns = ["unique_id", "person_id", "kind", "is_listed", "branch", "registered_on", "township", "area"]
    return claims[columns].merge(carried, on="person_id")


def _concerns(case: Case, out: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """A decision that names the branch left concerns rows of that branch; one that names none concerns all rows, and a
    claim without a branch only when no other roster row of the person remains."""
    by_row = (out["origin"] != "event").to_numpy(dtype=bool)
    names_branch = out["left_branch"].notna().to_numpy(dtype=bool)
    same = are_same_or_above(case, out["left_branch"], out[["branch", "township", "area"]])
    left = out.loc[names_branch, ["person_id", "left_branch"]].drop_duplicates()
    rows = _roster_places(case, left["person_id"]).merge(left, on="person_id")
    others = rows[~are_same_or_above(case, rows["left_branch"], rows)]["person_id"]
    no_branch = out["branch"].isna().to_numpy(dtype=bool) & ~out["person_id"].isin(others).to_numpy(dtype=bool)
    return np.asarray(by_row | ~names_branch | same | no_branch, dtype=bool)


def _is_back(case: Case, out: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Rows registered again, or whose organisation received the person, after the transfer out."""
    day: Days = out["day"].to_numpy(dtype=np.int64)
    letter = case.once(receptions)[["received_day", "to_org"]].reindex(pd.Index(out["person_id"]))
    letter = letter.reset_index(drop=True)
    received = letter["received_day"].fillna(NO_DAY).to_numpy(dtype=np.int64)
    is_here = _is_received_by(case, out, none_for_null(letter["to_org"]))
    dated = day != NO_DAY
    again = first_days(out["registered_on"]) > day
    return np.asarray(dated & (again | (is_here & (received > day))), dtype=bool)
