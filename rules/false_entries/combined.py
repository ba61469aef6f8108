"""COMBINED: two independent items of grade B about one entry prove together what none proves alone (domain rules §8).

Independent means of different kinds: two contradictions of one number are one item. A claim that a roster confirms is
corrected, whatever its errors: it is not looked at here.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from data.model import EvidenceGrade, FeedKind
from data.words import tr
from rules.case import Case
from rules.false_entries import admission, branches, dates, employment, identity, numbers, status, transferred, working
from rules.firings import firings, joined, no_firings, row_evidence

Find = Callable[[Case], pd.DataFrame]

#: Kinds of evidence with the rules that speak of them. F18 is itself a combination of signs and counts for none.
_KINDS: tuple[tuple[str, str, str, tuple[Find, ...]], ...] = (
    ("number", "身份证件", "identity number",
     (numbers.find_impossible, numbers.find_mismatch, identity.find_impersonated)),
    ("dates", "入党日期", "dates of admission", (dates.find,)),
    ("work", "工作单位", "employer", (employment.find_unregistered, employment.find_closed, working.find)),
    ("branch", "党支部", "branch", (branches.find,)),
    ("record", "组织记录", "the organisation's records",
     (admission.find_never_admitted, status.find_deceased, status.find_removed, status.find_probation_cancelled,
      transferred.find)),
)  # fmt: skip


def find(case: Case) -> pd.DataFrame:
    """Roster rows, and claims that no roster confirms, with grade B evidence of two kinds.

    Struck out: a claim that no roster row plausibly is. A roster row is the organisation's own: it is to be reviewed.
    """
    entries = case.entries
    is_open = (entries["kind"] == FeedKind.MEMBER_ROSTER).to_numpy() | ~entries["is_listed"].to_numpy(dtype=bool)
    has_kind = np.array([_has(case, finds, entries) for _, _, _, finds in _KINDS]) & is_open
    fires = has_kind.sum(axis=0) >= case.params.evidence.independent_items.value
    if not fires.any():
        return no_firings()
    found = entries[fires].reset_index(drop=True)
    is_struck = case.is_unconfirmed(found)
    words = np.array([_said(column) for column in has_kind[:, fires].T], dtype=object)
    lead = np.where(
        is_struck,
        tr("建议剔除：两项以上独立证据相互印证：", "proposed to strike out: independent evidence agrees: "),
        tr("须全面核对：两项以上独立证据相互印证：", "full review: independent evidence agrees: "),
    ).astype(object)
    evidence = joined(row_evidence(found, tr("该行的各项B级发现", "the findings of grade B about the row")))
    message = lead + words
    return firings(found, message=message, grade=EvidenceGrade.A, is_false_entry=is_struck, evidence=evidence)


def _has(case: Case, finds: tuple[Find, ...], entries: pd.DataFrame) -> np.ndarray:
    found = pd.concat([case.once(find) for find in finds], ignore_index=True)
    return entries["unique_id"].isin(found.loc[found["evidence_grade"] == EvidenceGrade.B, "unique_id"]).to_numpy(bool)


def _said(kinds: np.ndarray) -> str:
    named = [tr(zh, en) for (_, zh, en, _), is_there in zip(_KINDS, kinds, strict=True) if is_there]
    return tr("、", ", ").join(named)
