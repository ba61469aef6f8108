"""The Longlou check: does each claimed member stand? Confirmed, false with its strongest reason, or to be reviewed."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import EvidenceGrade, Verdict
from data.values.columns import none_for_null
from data.words import tr

#: Reasons in order of strength; the strongest one of a claim is its reason, all stay findings.
PRECEDENCE = (
    *("F04", "F05", "F06", "F01", "F20", "F03", "F08", "F13", "F11", "F17", "F09", "F12", "F19", "F14", "F15"),
    *("F16", "F23", "F18"),
)

#: Reasons that never strike, in the order a reader wants to see them.
_MILD = ("F07", "F10", "F02", "F22", "F21", "REMARK")

#: What rests on the findings of others is the reason only where none of them is.
_SUMS = ("COMBINED",)

#: Doubts about the person, not about the row's data: somebody has to look before the claim stands.
_DOUBTS = frozenset(("F01", "F02", "F03", "F04", "F05", "F06", "F08", "F11", "F13", "F17", "F18", "F20", "COMBINED"))

#: Of those, what a roster row answers when it is an indication only: the claim's category is out of date, the phone is
#: shared; the membership stands.
_ANSWERED_BY_ROSTER = frozenset(("F01", "F18"))


def verdicts(claims: pd.DataFrame, findings: pd.DataFrame, links: pd.DataFrame, members: pd.DataFrame) -> pd.DataFrame:
    """One row a claim: unique_id, source_row, verdict, reason_code, evidence_grade, message; sorted by
    source_row and unique_id.

    claims: unique_id and source_row. findings: FINDINGS. links: LINKS. members: person_id of who is on a roster.
    reason_code and evidence_grade are null when nothing was found. False: a finding proposes to strike the claim out;
    review: a doubt about the person, or no link to a roster; confirmed otherwise.
    """
    listed = links.loc[links["person_id"].isin(members["person_id"]), "unique_id"]
    rows = claims[["unique_id", "source_row"]].sort_values(["source_row", "unique_id"], kind="stable")
    best = _strongest(findings[findings["unique_id"].isin(rows["unique_id"])])
    found = rows.merge(best, on="unique_id", how="left").reset_index(drop=True)
    is_false = found["is_false_entry"].eq(True).to_numpy(dtype=bool)
    is_doubted = found["is_doubted"].eq(True).to_numpy(dtype=bool)
    is_listed = found["unique_id"].isin(listed).to_numpy(dtype=bool)
    verdict = np.select(
        [is_false, is_doubted | ~is_listed], [Verdict.FALSE.value, Verdict.REVIEW.value], Verdict.CONFIRMED.value
    ).astype(object)
    silent = np.where(
        is_listed,
        tr("名册中有此人", "a roster lists the person"),
        tr("没有可核对的名册记录", "no roster record to check against"),
    )
    message = found["message"].where(found["message"].notna(), pd.Series(silent, dtype=object))
    return found[["unique_id", "source_row"]].assign(
        verdict=verdict,
        reason_code=none_for_null(found["reason_code"]),
        evidence_grade=none_for_null(found["evidence_grade"]),
        message=message.astype(object),
    )


def _strongest(findings: pd.DataFrame) -> pd.DataFrame:
    """Per claim the finding that decides: one that strikes before one that does not, grade A first, then PRECEDENCE."""
    order = {code: place for place, code in enumerate((*PRECEDENCE, *_MILD))}
    grade = {item.value: place for place, item in enumerate(EvidenceGrade)}
    answered = findings["rule_code"].isin(_ANSWERED_BY_ROSTER) & (findings["evidence_grade"] == EvidenceGrade.C)
    ranked = findings.assign(
        _kept=~findings["is_false_entry"].astype(bool),
        _sums=findings["rule_code"].isin(_SUMS),
        _grade=findings["evidence_grade"].map(grade),
        _place=findings["rule_code"].map(order).fillna(len(order)),
        is_doubted=findings["rule_code"].isin(_DOUBTS) & ~answered,
    )
    ranked["is_doubted"] = ranked.groupby("unique_id")["is_doubted"].transform("any")
    ranked = ranked.sort_values(["unique_id", "_kept", "_sums", "_grade", "_place", "finding_id"], kind="stable")
    best = ranked.drop_duplicates("unique_id").rename(columns={"rule_code": "reason_code"})
    return best[["unique_id", "reason_code", "evidence_grade", "is_false_entry", "is_doubted", "message"]]
