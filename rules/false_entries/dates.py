"""F19: dates of admission that cannot be. Partial dates are read the way that is best for the person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import EvidenceGrade, IdStatus
from data.words import tr
from rules.case import Case, none_unless
from rules.clocks import NO_DAY, both_days, first_days, last_days, plus_months
from rules.firings import firings, joined, row_evidence


def find(case: Case) -> pd.DataFrame:
    """F19: admitted before the 18th birthday, after `as_of`, or full member before admission.

    Equal dates are legitimate (admissions between April 1969 and August 1977 had no probation).
    """
    entries = case.entries
    by_number = none_unless(entries["id_birth"], entries["id_status"] == IdStatus.VALID)
    # Where statement and number differ, the earlier birth counts.
    stated, numbered = first_days(entries["birth"]), first_days(by_number)
    born = np.where(
        (stated == NO_DAY) | (numbered == NO_DAY), np.maximum(stated, numbered), np.minimum(stated, numbered)
    )
    joined_first, joined_last = both_days(entries["join_on"])
    full_last = last_days(entries["full_on"])
    age = case.params.admission.min_age_years.value * 12
    knows_both = (born != NO_DAY) & (joined_last != NO_DAY)
    too_young = knows_both & (joined_last < plus_months(born, age))
    in_future = joined_first > case.today
    reversed_order = (full_last != NO_DAY) & (joined_first != NO_DAY) & (full_last < joined_first)
    fires = too_young | in_future | reversed_order
    found = entries[fires]
    what = np.select(
        [too_young[fires], in_future[fires]],
        [
            tr("入党时不满18周岁", "admitted before the 18th birthday"),
            tr("入党日期晚于核对日期", "admitted after the day of the check"),
        ],
        tr("转正日期早于入党日期", "full member before admission"),
    ).astype(object)
    is_struck = case.is_unlisted(found)
    prefix = np.where(
        is_struck, tr("建议剔除：", "proposed to strike out: "), tr("须更正：", "to be corrected: ")
    ).astype(object)
    evidence = joined(row_evidence(found, tr("该行的日期", "dates of the row")))
    return firings(found, grade=EvidenceGrade.B, is_false_entry=is_struck, message=prefix + what, evidence=evidence)
