"""流动: away from the branch that holds the formal relation for six months or more, and nobody received a transfer.

Either the roster says so, or the member works where that organisation covers no workplace (domain rules §1.1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.values.columns import map_unique
from data.words import tr
from rules.case import Case
from rules.clocks import NO_DAY, Days, day_texts, last_days, months_passed, plus_months
from rules.firings import fill, firings, joined, no_firings, record_evidence
from rules.letters import receptions
from rules.life import last_life
from rules.names import township_core
from rules.organisations import COUNTY_WIDE_KINDS, are_same_or_above
from rules.populations import active_employments


@dataclass(frozen=True)
class Away:
    """Per member: is floating, since when (0: not stated), and whether the roster says so (else the workplace)."""

    is_floating: npt.NDArray[np.bool_]
    since: Days
    is_marked: npt.NDArray[np.bool_]


def away(case: Case) -> Away:
    """Members away on `as_of` for the months of the rule set or longer (inclusive); case.once(away)."""
    members = case.facts.members
    marked = (members["is_floating"] == "yes").to_numpy()
    flow_since, away_since = last_days(members["flow_since"]), case.once(works_away_since)
    # A day to come is no absence yet; one without a date is one, since the roster says so.
    is_marked_long = marked & ((flow_since == NO_DAY) | _is_over(_counted_from(flow_since, case), case))
    is_marked_long = is_marked_long & ~((flow_since == NO_DAY) & _was_home_lately(case))
    is_away_long = _is_over(_counted_from(away_since, case), case)
    left = np.where(is_marked_long, flow_since, away_since)
    is_floating = (is_marked_long | is_away_long) & ~_received_elsewhere(case, left)
    return Away(is_floating, _counted_from(left, case), is_marked_long)


def _counted_from(since: Days, case: Case) -> Days:
    """Where the set counts consecutive months of not attending, the last time at the own branch begins them anew."""
    if case.params.floating.clock.value == "absence":
        return since
    return np.where(since == NO_DAY, NO_DAY, np.maximum(since, case.once(last_life).met_at_home))


def _was_home_lately(case: Case) -> npt.NDArray[np.bool_]:
    """Members seen at their own branch within the months, where the set lets that interrupt an absence."""
    met = case.once(last_life).met_at_home
    is_counted = case.params.floating.clock.value == "attendance"
    return np.asarray((met != NO_DAY) & ~_is_over(met, case), dtype=bool) & is_counted


def find(case: Case) -> pd.DataFrame:
    """FLOATING: a firing a floating member."""
    members, found = case.facts.members, case.once(away)
    rows = found.is_floating
    reason = _reasons(case, found.since[rows], found.is_marked[rows])
    return firings(members.loc[rows, ["person_id"]], message=reason, evidence=_evidence(members, rows, reason))


def find_transfer_due(case: Case) -> pd.DataFrame:
    """TRANSFER_DUE: floating, and the place is fixed: the work elsewhere has gone on for the months of the set."""
    members, since = case.facts.members, case.once(works_away_since)
    rows = case.once(away).is_floating & _is_over(since, case)
    if not rows.any():
        return no_firings()
    reason = fill(tr("在外地固定从业（{} 起），组织关系未转：应当转移组织关系",
                     "has worked elsewhere since {}, relation not transferred: it should be"),
                  day_texts(since[rows]))  # fmt: skip
    return firings(members.loc[rows, ["person_id"]], message=reason, evidence=_evidence(members, rows, reason))


def _evidence(members: pd.DataFrame, rows: npt.NDArray[np.bool_], reason: npt.NDArray[np.object_]) -> list[str]:
    return joined(record_evidence(members.loc[rows, "unique_id"], reason))


def works_away_since(case: Case) -> Days:
    """Per member: since when the workplace lies outside what the formal organisation covers; 0 if it does not.

    The start of the employment, or the last event at the home branch where the start is unknown. With neither known
    the absence has no length, and none is assumed. A member with any covered workplace is not away.
    """
    members = case.facts.members
    persons = case.persons
    work = active_employments(case.facts.employments, case.as_of)
    position = persons.get_indexer(pd.Index(work["person_id"]))
    work, position = work[position >= 0], position[position >= 0]
    home = members.iloc[position]
    is_covered = _covers(home, work)
    has_covered = np.zeros(len(persons), dtype=bool)
    has_covered[position[is_covered]] = True
    since = np.full(len(persons), np.iinfo(np.int64).max, dtype=np.int64)
    started = last_days(work["since_on"])
    started = np.where(started == NO_DAY, case.once(last_life).at_home[position], started)
    # With several workplaces away, the earliest dated one says how long the member has been away.
    dated = ~is_covered & (started != NO_DAY)
    np.minimum.at(since, position[dated], started[dated])
    return np.where(has_covered | (since == np.iinfo(np.int64).max), NO_DAY, since)


def _covers(home: pd.DataFrame, work: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Does the formal organisation cover the workplace? Unknown places count as covered."""
    same_area = home["area"].to_numpy(dtype=object) == work["area"].to_numpy(dtype=object)
    area_unknown = home["area"].isna().to_numpy() | work["area"].isna().to_numpy()
    org = map_unique(home["org_township"], township_core)
    place = map_unique(work["township"], township_core)
    is_wide = home["org_kind"].isin(COUNTY_WIDE_KINDS).to_numpy() | org.isna().to_numpy() | place.isna().to_numpy()
    same_township = org.to_numpy(dtype=object) == place.to_numpy(dtype=object)
    return np.asarray((same_area | area_unknown) & (is_wide | same_township), dtype=bool)


def _is_over(days: Days, case: Case) -> npt.NDArray[np.bool_]:
    months = case.params.floating.away_months.value
    return np.asarray((days != NO_DAY) & (plus_months(days, months) <= case.today), dtype=bool)


def _received_elsewhere(case: Case, since: Days) -> npt.NDArray[np.bool_]:
    """Members whose relation was received, since they left, by an organisation that is not the one listing them."""
    members = case.facts.members
    received = case.once(receptions)[["received_day", "to_org"]].reindex(case.persons)
    day = received["received_day"].fillna(NO_DAY).to_numpy(dtype=np.int64)
    moved: npt.NDArray[np.bool_] = (day != NO_DAY) & (day >= since)
    if moved.any():
        places = members[["branch", "township", "area"]][moved]
        moved[moved] = ~are_same_or_above(case, received["to_org"][moved], places)
    return moved


def _reasons(case: Case, since: Days, is_marked: npt.NDArray[np.bool_]) -> npt.NDArray[np.object_]:
    if not len(since):
        return np.array([], dtype=object)
    months, days = months_passed(since, case.as_of).astype(str).astype(object), day_texts(since)
    as_of = case.as_of.isoformat()
    stated = fill(tr("建议列为流动：名册登记为流动党员，{} 流出，距 {} 满 {} 个月，组织关系未转",
                     "proposed as floating: away since {} by the roster, {} is {} months later, not transferred"),
                  days, as_of, months)  # fmt: skip
    at_work = fill(tr("建议列为流动：工作地不在组织关系所在党组织覆盖范围，自 {} 起，距 {} 满 {} 个月，组织关系未转",
                      "proposed as floating: works outside the organisation since {}, {} is {} months later, "
                      "not transferred"),
                   days, as_of, months)  # fmt: skip
    undated = tr("建议列为流动：名册登记为流动党员，未写流出时间，组织关系未转",
                 "proposed as floating: marked on the roster without a date, relation not transferred")  # fmt: skip
    return np.where(is_marked, np.where(since == NO_DAY, undated, stated), at_work)
