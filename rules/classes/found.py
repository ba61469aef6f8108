"""找回: silent for six months or more, and reached again by a search (2016 form, domain rules §1.2)."""

from __future__ import annotations

import pandas as pd

from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, day_texts, plus_months
from rules.firings import document_evidence, fill, firings, joined, no_firings
from rules.life import last_life, searches


def find(case: Case) -> pd.DataFrame:
    """Members whom somebody reached when the months of the lost class had passed (inclusive) since their last life."""
    rules = case.params.lost
    if rules is None:  # the form of 2016 brought it
        return no_firings()
    since, reached = case.once(last_life).day, case.once(searches).last_reached
    rows = (since != NO_DAY) & (reached != NO_DAY) & (plus_months(since, rules.clock_months.value) <= reached)
    if not rows.any():
        return no_firings()
    reason = fill(tr("查找中已取得联系：最近一次组织生活或党费 {}，{} 联系上；请支部核实原因，恢复管理或按规定处理",
                     "found again: last seen {}, reached on {}; the branch looks into the cause"),
                  day_texts(since[rows]), day_texts(reached[rows]))  # fmt: skip
    found = case.facts.members.loc[rows, ["person_id"]]
    evidence = joined(document_evidence(pd.Series([None] * len(found), dtype=object), reason))
    return firings(found, message=reason, evidence=evidence)
