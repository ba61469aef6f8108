"""毕业生组织关系留校: a graduate's relation stays at the school for two years at most (art. 34, domain rules §1.1)."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from data.values.columns import map_unique
from data.values.dates import parse_partial_date
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, day_texts, last_days, plus_months
from rules.firings import fill, firings, joined, no_firings, record_evidence

_DAY = r"\d{4}(?:[年.\-/]\d{1,2}(?:[月.\-/]\d{1,2}日?|月)?|年)?"
#: The whole remark, or a clause of it: 2014年7月毕业, 2014届毕业生, 毕业时间：2014.7.
_GRADUATED = re.compile(
    rf"(?:(?:已|本人)?(?:于|在)?(?P<before>{_DAY})(?:届)?(?:本科|专科|硕士|研究生|大学)?毕业(?:生|离校)?"
    rf"|毕业(?:时间|日期|于)?[:：]?(?P<after>{_DAY}))"
)
_CLAUSES = re.compile(r"[，,；;。、\s]+")


def find(case: Case) -> pd.DataFrame:
    """SCHOOL_RETENTION_OVER_2Y: on a school's roster, graduated more than the years of the set ago, by the remark."""
    rules = case.params.retention
    if rules is None:
        return no_firings()
    members = case.facts.members
    at_school = np.asarray(members["org_kind"] == "school", dtype=bool)
    left = last_days(map_unique(members["remark"].where(at_school), _graduated_on))
    rows = (left != NO_DAY) & (plus_months(left, rules.school_years.value * 12) < case.today)
    if not rows.any():
        return no_firings()
    reason = fill(tr("毕业生组织关系留校超过两年（{} 毕业）：应当转出或说明原因",
                     "graduated {}: the relation has stayed at the school for more than two years"),
                  day_texts(left[rows]))  # fmt: skip
    evidence = joined(record_evidence(members.loc[rows, "unique_id"], reason))
    return firings(members.loc[rows, ["person_id"]], message=reason, evidence=evidence)


def _graduated_on(remark: str) -> str | None:
    """The date of graduation that a clause of the remark names (ISO partial), None if none does."""
    for clause in _CLAUSES.split(remark):
        found = _GRADUATED.fullmatch(clause)
        if found and (day := parse_partial_date(found["before"] or found["after"])):
            return day
    return None
