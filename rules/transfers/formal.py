"""Which organisation holds each member's formal relation, who is counted twice and who nowhere? (domain rules §1.7)

Only a reception changes the organisation: between issue and reception the sender counts the member (article 25).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import EvidenceGrade
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY
from rules.false_entries.duplicates import are_flow_rows, is_stale
from rules.firings import document_evidence, fill, firings, joined, no_firings, row_evidence
from rules.letters import receptions
from rules.organisations import are_on_rosters, are_same_or_above
from rules.transfers.histories import histories
from rules.transfers.states import ARRIVED, VOID, WAITING

Mask = npt.NDArray[np.bool_]


def counting_rows(case: Case) -> pd.DataFrame:
    """Roster rows by which a branch counts a member: not the registration of an incoming floating member, and not a
    row that says transferred out; case.once(counting_rows)."""
    roster = case.roster
    return roster[is_counting(case)].reset_index(drop=True)


def is_counting(case: Case) -> Mask:
    """Which rows of case.roster are counting rows; case.once(is_counting)."""
    return (case.roster["person"] >= 0).to_numpy() & ~case.once(are_flow_rows) & ~case.once(is_stale)


def formal_organisations(case: Case) -> pd.DataFrame:
    """One row a person of a roster: formal_org, since (ordinal day, 0 unknown), basis (`reception`, `roster`);
    index person_id. A reception outweighs the roster from its day on; a roster row registered later outweighs it."""
    rows = counting_rows(case).sort_values(["person_id", "registered_on", "unique_id"], na_position="first")
    held = rows.drop_duplicates("person_id", keep="last").set_index("person_id")
    received = case.once(receptions)[["received_day", "to_org"]].reindex(held.index)
    day = received["received_day"].fillna(NO_DAY).to_numpy(dtype=np.int64)
    # A letter that ended in this very branch says no more than the roster does.
    is_new = (day != NO_DAY) & ~are_same_or_above(case, received["to_org"], held[["branch", "township", "area"]])
    org = np.where(is_new, received["to_org"], held["branch"])
    basis = np.where(is_new, "reception", "roster")
    return pd.DataFrame({"formal_org": org, "since": day, "basis": basis.astype(object)}, index=held.index)


def find_double_counted(case: Case) -> pd.DataFrame:
    """TR8: two branches count one member. The subject is the member."""
    roster, counts = case.roster, case.once(is_counting) & case.roster["branch"].notna().to_numpy()
    # Nearly everybody has one row: only the others are worth comparing.
    person = roster.loc[counts, "person"]
    rows = roster.loc[person.index[person.duplicated(keep=False)]]
    branches = rows.drop_duplicates(["person_id", "branch"]).sort_values(["person_id", "branch", "unique_id"])
    branches = branches[branches.duplicated("person_id", keep=False)]
    if branches.empty:
        return no_firings()
    names = branches.groupby("person_id")["branch"].agg(tr("、", ", ").join)
    evidence = branches.assign(_what=row_evidence(branches, tr("该支部名册的一行", "row of this branch's roster")))
    pointed = evidence.groupby("person_id")["_what"].agg(", ".join)
    message = fill(tr("两个以上支部同时统计：{}，请按正式组织关系确定一处",
                      "counted by several branches: {}; the formal relation is with one"),
                          names.to_numpy())  # fmt: skip
    subjects = pd.DataFrame({"person_id": names.index.to_numpy(dtype=object)})
    return firings(subjects, message=message, grade=EvidenceGrade.B, evidence=[f"[{one}]" for one in pointed])


def uncounted(case: Case) -> pd.DataFrame:
    """Letters whose member no supplied roster counts, although the organisation that must has a roster: the receiver
    after a reception, else the sender; case.once(uncounted).

    Columns of the letter, and `counted_by` (the organisation that should count), `is_received`. One row a person, the
    last letter; a letter whose person is unknown stands for itself. Who left the membership since is not missing.
    """
    letters = case.once(histories).letters
    is_received = letters["state"].isin(ARRIVED).to_numpy()
    should = letters["to_org"].where(is_received, letters["from_org"])
    letters = letters.assign(is_received=is_received, counted_by=should)
    letters = letters[letters["state"].isin([*ARRIVED, *WAITING, *VOID]).to_numpy()]
    listed = case.roster["person_id"].dropna()
    gone = case.facts.status_events.loc[case.facts.status_events["event"].isin(_LEFT), "person_id"].dropna()
    is_missing = ~letters["person_id"].isin(listed).to_numpy() & ~letters["person_id"].isin(gone).to_numpy()
    missing = letters[is_missing & case.has_rosters]
    missing = missing[are_on_rosters(case, missing["counted_by"])]
    subject = missing["person_id"].where(missing["person_id"].notna(), missing["unique_id"])
    order = missing.assign(_subject=subject, _day=_letter_days(missing))
    order = order.sort_values(["_subject", "_day", "unique_id"], kind="stable")
    return order.drop_duplicates("_subject", keep="last").drop(columns=["_subject", "_day"]).reset_index(drop=True)


_LEFT = ("deceased", "expelled", "removed", "probation_cancelled", "never_admitted", "irregular_admission")


def _letter_days(letters: pd.DataFrame) -> pd.Series:
    latest = letters["received_on"].where(letters["is_received"], letters["issued_on"])
    return latest.fillna("").astype(object)


def find_uncounted(case: Case) -> pd.DataFrame:
    """TR9: a member with a letter whom nobody counts. The subject is the letter."""
    found = case.once(uncounted)
    if found.empty:
        return no_firings()
    org = found["counted_by"].to_numpy(dtype=object)
    message = np.where(
        found["is_received"].to_numpy(dtype=bool),
        fill(tr("“{}”已接收，但任何名册都没有此人：请补登",
            "“{}” has received the relation, and no roster lists the member"), org),
        fill(tr("介绍信未被接收，“{}”仍应统计，但任何名册都没有此人：请补登",
                "nobody has received the letter, so “{}” still counts the member, and no roster does"), org),
    )  # fmt: skip
    evidence = joined(document_evidence(found["letter_no"], message))
    return firings(found, message=message, grade=EvidenceGrade.B, evidence=evidence)
