"""失联: six months without organisation life or dues, and a search over several channels that reached nobody.

Rule: 2016 form for the clock, art. 24 of the 2019 regulation for the search (domain rules §1.2). No data, no loss.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, Days, day_texts, months_passed, plus_months
from rules.firings import document_evidence, fill, firings, joined, no_firings
from rules.life import CHANNELS, Search, last_life, searches


def find(case: Case) -> pd.DataFrame:
    """Members to be proposed as lost on `as_of`; the clock includes its last day (2015-12-16 is lost on 2016-06-16)."""
    rules = case.params.lost
    if rules is None:  # the class begins with the check of 2016
        return no_firings()
    since, search = case.once(last_life).day, case.once(searches)
    n_channels = sum((search.channels >> place) & 1 for place in range(len(CHANNELS)))
    is_lost = (
        (since != NO_DAY)
        & (plus_months(since, rules.clock_months.value) <= case.today)
        & (search.n_failed >= rules.min_attempts.value)
        & (n_channels >= rules.min_channels.value)
        & (search.last_reached == NO_DAY)
    )
    lost = case.facts.members.loc[is_lost, ["person_id"]]
    reason = _reason(case, since[is_lost], search, is_lost)
    return firings(lost, message=reason, evidence=joined(_attempts(lost["person_id"], search.attempts)))


def _attempts(persons: pd.Series, attempts: pd.DataFrame) -> list[str]:
    """For each person JSON objects of the failed attempts: when, how and by whom."""
    of_lost = attempts[attempts["person_id"].isin(persons)]
    of_lost = of_lost.sort_values(["person_id", "tried_on", "channel", "contacted_by"], kind="stable")
    words = {code: tr(zh, en) for code, zh, en in CHANNELS}
    told = tr("{} {}查找，{}经手，未联系上", "{} {}, by {}: not reached")
    columns = (of_lost["tried_on"], of_lost["channel"].map(words), of_lost["contacted_by"])
    what = fill(told, *(column.to_numpy(dtype=object) for column in columns))
    objects = document_evidence(pd.Series([None] * len(of_lost), dtype=object), what)
    by_person = pd.Series(objects, dtype=object).groupby(of_lost["person_id"].to_numpy(dtype=object)).agg(", ".join)
    return list(by_person.reindex(persons.to_numpy(dtype=object)))


def _reason(case: Case, since: Days, search: Search, rows: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    months = months_passed(since, case.as_of).astype(str).astype(object)
    tries = search.n_failed[rows].astype(str).astype(object)
    channels = channel_words(search.channels[rows])
    words = tr("建议列为失联：最近一次组织生活或党费 {}，距 {} 满 {} 个月；查找 {} 次（{}）均未联系上",
               "proposed as lost: last seen {}, {} is {} months later; {} attempts ({}) reached nobody")  # fmt: skip
    return fill(words, day_texts(since), case.as_of.isoformat(), months, tries, channels)


def channel_words(channels: Days) -> npt.NDArray[np.object_]:
    """The channels of each bit set in words."""
    distinct, codes = np.unique(channels, return_inverse=True)
    mark = tr("、", ", ")
    words = [
        mark.join(tr(zh, en) for place, (_, zh, en) in enumerate(CHANNELS) if bits >> place & 1) for bits in distinct
    ]
    return np.array(words, dtype=object)[codes]
