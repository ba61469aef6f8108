"""F01: never a member (an activist, a development target or an applicant was counted). F02: on no supplied roster."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import EvidenceGrade, FeedKind, StatusEvent
from data.words import tr
from rules.case import Case
from rules.false_entries.status import of_events
from rules.firings import firings, joined, row_evidence, strongest_per_subject

MEMBER_CATEGORIES = ("formal", "probationary")
NOT_MEMBERS = ("activist", "development_target", "applicant", "not_member")


def find_never_admitted(case: Case) -> pd.DataFrame:
    """F01: a verified decision, or the entry's own category, says that the person was never admitted.

    A roster row of a formal or probationary member outweighs the category that a list of claims gives.
    """
    decided = of_events(case, (StatusEvent.NEVER_ADMITTED,))
    return strongest_per_subject([decided, _by_category(case), _without_application(case)])


def _without_application(case: Case) -> pd.DataFrame:
    """A check table ticks that there is no application for admission: asked for, not a ground for removal."""
    found = case.entries[(case.entries["has_application"] == "no").to_numpy()]
    message = tr(
        "须核实：没有入党志愿书，请查支部大会决议和审批", "to be checked: no application; ask for the branch's vote"
    )
    evidence = joined(row_evidence(found, tr("该行的核查栏", "check column of the row")))
    return firings(found, grade=EvidenceGrade.C, message=message, evidence=evidence)


def _by_category(case: Case) -> pd.DataFrame:
    entries, roster = case.entries, case.roster
    is_confirmed, is_denied = (
        case.are_of(entries, roster.loc[roster["category"].isin(categories), "person"].to_numpy())
        for categories in (MEMBER_CATEGORIES, NOT_MEMBERS)
    )
    says_so = entries["category"].isin(NOT_MEMBERS).to_numpy()
    is_claim = (entries["kind"] == FeedKind.CLAIMS).to_numpy()
    fires = says_so | (is_claim & is_denied & ~is_confirmed)
    found = entries[fires].reset_index(drop=True)
    # A claim that calls a confirmed member an activist is out of date: corrected, not struck out.
    is_struck = ~(is_confirmed & is_claim)[fires]
    message = np.where(
        is_struck,
        tr("建议剔除：人员类别不是正式或预备党员", "proposed to strike out: neither formal nor probationary member"),
        tr(
            "须更正：名册登记为党员，摸底名单的人员类别有误",
            "to be corrected: the roster lists a member, the claim's category is wrong",
        ),
    ).astype(object)
    grade = np.where(is_struck, EvidenceGrade.A.value, EvidenceGrade.C.value).astype(object)
    evidence = joined(row_evidence(found, tr("该行或名册的人员类别", "category of the row or of the roster")))
    return firings(found, grade=grade, is_false_entry=is_struck, message=message, evidence=evidence)


def find_unlisted(case: Case) -> pd.DataFrame:
    """F02: claims whose person is on no supplied roster. Only an indication: other rosters may."""
    claims = case.claims[~case.claims["is_listed"]] if case.has_rosters else case.claims[:0]
    message = tr(
        "所提供的名册中没有此人：发函核查，不得据此剔除",
        "on no supplied roster: ask the home organisation; no ground for removal",
    )
    what = tr("与全部名册比对无结果", "compared with every supplied roster")
    return firings(claims, grade=EvidenceGrade.C, message=message, evidence=joined(row_evidence(claims, what)))
