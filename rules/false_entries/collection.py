"""F20-F22: what a decision, a check table or the collection form says of an entry. Ticks are indications only."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import EvidenceGrade, StatusEvent
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, day_texts, plus_months
from rules.false_entries.clusters import is_shared
from rules.false_entries.status import of_events
from rules.firings import fill, firings, joined, row_evidence, strongest_per_subject
from rules.life import last_life, searches


def find_irregular(case: Case) -> pd.DataFrame:
    """F20: the admission was found irregular. Only a decision strikes; a tick in a check table asks for one."""
    ticked = case.entries[(case.entries["is_irregular"] == "yes").to_numpy()]
    message = tr(
        "核查表注明违规入党或假党员：须由纪检或组织部门作出结论，不得据此剔除",
        "the check table says irregular: discipline or organisation must conclude; no ground for removal",
    )
    evidence = joined(row_evidence(ticked, tr("该行的核查栏", "check column of the row")))
    tick = firings(ticked, message=message, grade=EvidenceGrade.C, evidence=evidence)
    return strongest_per_subject([of_events(case, (StatusEvent.IRREGULAR_ADMISSION,)), tick])


def find_stale_contact(case: Case) -> pd.DataFrame:
    """F21: a member without a mobile number of his own, of whom there is no sign of life since the limit.

    Where nothing at all is known of a member's organisation life the branch keeps no record: that lacks data.
    """
    members, roster = case.facts.members, case.roster
    owner = roster["person_id"].where(roster["person_id"].notna(), roster["unique_id"])
    shared = is_shared(roster["mobile"], owner, case.params.anomalies.shared_phone.value)
    has_own = roster.loc[roster["mobile"].notna().to_numpy() & ~shared, "person_id"]
    seen = np.maximum(case.once(last_life).day, case.once(searches).last_reached)
    is_old = (seen != NO_DAY) & (plus_months(seen, case.params.contact.confirmed_months.value) < case.today)
    is_stale = is_old & ~members["person_id"].isin(has_own).to_numpy()
    last = pd.Series(seen[is_stale], index=members.loc[is_stale, "person_id"].to_numpy())
    rows = roster[case.are_of(roster, case.persons_of(last.index))].drop_duplicates("person_id")
    message = fill(
        tr("没有本人手机号码，最近一次确认 {}：由支部补填联系方式",
           "no mobile number of his own, last confirmed {}: the branch asks for one"),
        day_texts(last.reindex(rows["person_id"]).to_numpy(dtype=np.int64)),
    )  # fmt: skip
    evidence = joined(row_evidence(rows, tr("该行的联系电话", "phone of the row")))
    return firings(rows, message=message, grade=EvidenceGrade.C, evidence=evidence)


def find_unsigned(case: Case) -> pd.DataFrame:
    """F22: the collection form has no signature of the person."""
    found = case.entries[(case.entries["signature"] == "unsigned").to_numpy()]
    message = tr("采集表没有本人签字确认：请重新采集", "the form is not signed: collect it again")
    evidence = joined(row_evidence(found, tr("该行的签字栏", "signature column of the row")))
    return firings(found, message=message, grade=EvidenceGrade.C, evidence=evidence)
