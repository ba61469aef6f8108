"""When was a member last seen? Organisation life, dues and answered calls, and the searches that failed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from rules.case import Case
from rules.clocks import NO_DAY, Days, both_days, first_days, last_days, latest_at


@dataclass(frozen=True)
class LastLife:
    """Per member, in the order of facts.members: last sign of organisation life.

    day: last dated attendance or payment by `as_of`; where no dated event exists, the month dues are paid to or the
    roster's own date of lost contact; 0 if nothing is known. source: `meeting`, `dues`, `dues_to`, `lost_since`, ''.
    at_home: last event at the member's own branch (0 if none). met_at_home: the last of them that was no payment.
    """

    day: Days
    source: npt.NDArray[np.object_]
    at_home: Days
    met_at_home: Days


def last_life(case: Case) -> LastLife:
    """The clock's start for every member: max(last organisation life, last dues) (2016 form, domain rules §1.2)."""
    members, events = case.facts.members, case.once(attended)
    n, is_dues = len(members), (events["event"] == "dues").to_numpy()
    at, days = events["position"].to_numpy(), events["day"].to_numpy()
    dues, meeting = latest_at(at[is_dues], days[is_dues], n), latest_at(at[~is_dues], days[~is_dues], n)
    dated = np.maximum(dues, meeting)
    # `dues_to` is the month paid for, not the day of payment: it speaks only where no dated event does.
    paid_to = np.minimum(last_days(members["dues_to"]), case.today)
    stated = np.where(first_days(members["lost_since"]) <= case.today, last_days(members["lost_since"]), NO_DAY)
    day = np.where(dated != NO_DAY, dated, np.maximum(paid_to, stated))
    source = np.select(
        [day == NO_DAY, meeting == day, dues == day, paid_to == day], ["", "meeting", "dues", "dues_to"], "lost_since"
    )
    home = _is_home(events, members)
    met = home & ~is_dues
    at_home, met_at_home = latest_at(at[home], days[home], n), latest_at(at[met], days[met], n)
    return LastLife(day, source.astype(object), at_home, met_at_home)


def attended(case: Case) -> pd.DataFrame:
    """Events by `as_of` that the person took part in; a list without a column of presence lists those present.

    Columns: branch, event, first and day (the first and the last day it can mean, the last by `as_of`), person (place
    among `attendees`) and position (of the person in facts.members, -1 for anybody else); case.once(attended).
    """
    life = case.facts.org_life
    (first, day), people = both_days(life["held_on"]), case.once(attendees)
    rows = (first <= case.today) & (day != NO_DAY) & (life["is_present"] != "no").to_numpy() & (people.codes >= 0)
    kept, person = life.loc[rows, ["branch", "event"]], people.codes[rows]
    return kept.assign(
        first=first[rows],
        day=np.minimum(day[rows], case.today),
        person=person,
        position=case.persons.get_indexer(people.persons)[person],
    )


class Attendees(NamedTuple):
    """Per row of facts.org_life the place of its person among `persons`, -1 for null."""

    codes: npt.NDArray[np.intp]
    persons: pd.Index


def attendees(case: Case) -> Attendees:
    """Whom organisation life speaks of; case.once(attendees)."""
    codes, persons = pd.factorize(case.facts.org_life["person_id"])
    return Attendees(codes, pd.Index(persons))


def _is_home(events: pd.DataFrame, members: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Events of members at their own branch; an event that names no branch counts as home."""
    position, there = events["position"].to_numpy(), events["branch"].to_numpy(dtype=object)
    home = np.append(members["branch"].to_numpy(dtype=object), "")[position]
    return np.asarray((position >= 0) & ((there == home) | pd.isna(there)), dtype=bool)


def branches_with_life(case: Case) -> npt.NDArray[np.bool_]:
    """Per member: does anybody of the member's branch have a row of organisation life or dues?"""
    members = case.facts.members
    seen = members["dues_to"].notna().to_numpy(copy=True)
    position = case.persons.get_indexer(case.once(attendees).persons)
    seen[position[position >= 0]] = True
    fed = members.loc[seen, "branch"].dropna().unique()
    return np.asarray(members["branch"].isin(fed), dtype=bool) | seen


@dataclass(frozen=True)
class Search:
    """Per member: failed attempts since the last sign of life, their channels, and contacts since.

    channels: bit set over `CHANNELS`. last_reached: last day somebody reached the member, 0 if never. attempts: the
    failed ones, rows of facts.contacts. is_incomplete: attempts that say not who tried or how,
        and so count for nothing.
    """

    n_failed: Days
    channels: Days
    last_reached: Days
    has_refused: npt.NDArray[np.bool_]
    attempts: pd.DataFrame
    is_incomplete: npt.NDArray[np.bool_]


#: Ways of searching with the Chinese and English words for reasons, in the order they are named.
CHANNELS = (
    ("phone", "电话", "phone"),
    ("visit", "走访", "visit"),
    ("family", "亲友", "family"),
    ("employer", "工作单位", "employer"),
    ("organization", "党组织", "organisation"),
)


def searches(case: Case) -> Search:
    """Contact attempts by `as_of`, counted per member when they were made after the last sign of life.

    A refusal is a contact: such a member is reachable and falls under another article (31(6), not 24).
    """
    log, persons = case.facts.contacts, case.persons
    since = case.once(last_life).day
    first, last = both_days(log["tried_on"])
    position = persons.get_indexer(pd.Index(log["person_id"]))
    counts = (position >= 0) & (first != NO_DAY) & (first <= case.today)
    start = np.append(since, NO_DAY)[position]
    outcome = log["outcome"].to_numpy(dtype=object)
    # A date without a day is read in the member's favour: a contact as late, a failed attempt as early as it can be.
    failed = counts & (first > start) & (outcome == "not_reached")
    # An attempt is evidence with its date, its way, who made it and what came of it (domain rules §1.2).
    is_told = (log["contacted_by"].notna() & log["channel"].isin([code for code, _, _ in CHANNELS])).to_numpy()
    is_incomplete = np.zeros(len(persons), dtype=bool)
    is_incomplete[position[failed & ~is_told]] = True
    failed = failed & is_told
    counts = counts & (last > start)
    n_failed = np.bincount(position[failed], minlength=len(persons)).astype(np.int64)
    channels = np.zeros(len(persons), dtype=np.int64)
    codes = {code: 1 << place for place, (code, _, _) in enumerate(CHANNELS)}
    bits = log["channel"].map(codes).fillna(0).astype("int64").to_numpy()
    np.bitwise_or.at(channels, position[failed], bits[failed])
    reached = counts & np.isin(outcome.astype(str), ["reached", "refused"])
    last_reached = np.zeros(len(persons), dtype=np.int64)
    np.maximum.at(last_reached, position[reached], last[reached])
    has_refused = np.zeros(len(persons), dtype=bool)
    has_refused[position[counts & (outcome == "refused")]] = True
    return Search(n_failed, channels, last_reached, has_refused, pd.DataFrame(log[failed]), is_incomplete)
