"""正常: took part in organisation life, or paid dues, within the half-year (the report's measure, §1.5)."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, day_texts, plus_months
from rules.firings import fill, firings
from rules.life import last_life


def find(case: Case) -> pd.DataFrame:
    """Members whose last organisation life or dues lies less than half a year before `as_of`."""
    life = case.once(last_life)
    gap = case.params.normal.max_gap_months.value
    is_normal = (life.day != NO_DAY) & (plus_months(life.day, gap) > case.today) & (life.source != "lost_since")
    source = life.source[is_normal]
    words = np.select(
        [source == "meeting", source == "dues"],
        [tr("最近一次组织生活", "last organisation life"), tr("最近一次交纳党费", "last dues paid")],
        tr("党费交至", "dues paid up to"),
    ).astype(object)
    reason = fill("{} {}", words, day_texts(life.day[is_normal])) if is_normal.any() else words
    return firings(case.facts.members.loc[is_normal, ["person_id"]], message=reason)
