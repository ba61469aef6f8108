"""Which story has each member? One case a member, from the plan's quotas, and one a person who only looks like one.

The case fixes everything else: workplace, branch, organisation life, letters, searches, what the roster says.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pandas as pd

from data.model import Population, PrimaryClass
from data.synthetic.plan import WENCHANG, CountyPlan
from data.synthetic.streams import stream


class Case(StrEnum):
    """The stories. The comment says what a careful clerk sees."""

    NORMAL = "normal"  # was at a meeting of the own branch within six months
    NORMAL_BOUNDARY = "normal_boundary"  # the last meeting is one day too late for the clock of the lost
    NORMAL_VALID_LETTER = "normal_valid_letter"  # a letter issued, still valid today
    NORMAL_RECEIVED = "normal_received"  # came with a letter that was received
    NORMAL_RECENT_FLOW = "normal_recent_flow"  # away, but for less than six months
    NORMAL_LEFT_WORK = "normal_left_work"  # the register says: no longer works there
    NORMAL_CLOSED_WORK = "normal_closed_work"  # was in charge of an entity that is closed
    FLOATING_TOWN = "floating_town"  # works in another town than the branch, for six months or more
    FLOATING_FLAG = "floating_flag"  # the roster says so, with a date
    FLOATING_DOUBLE = "floating_double"  # the same, and the place of work registered the member as well
    POCKET_EXPIRED = "pocket_expired"  # a letter past its validity that nobody received
    POCKET_IN_HAND = "pocket_in_hand"  # says that the letter is in hand
    LOST = "lost"  # six months without life or dues, and searches over two channels in vain
    LOST_BOUNDARY = "lost_boundary"  # the same, on the last day of the clock
    LOST_SUSPENDED = "lost_suspended"  # the same, and the branch has suspended the membership
    HIDDEN_ZERO = "hidden_zero"  # the employer reports that it has no members
    HIDDEN_CHIEF = "hidden_chief"  # is in charge, and the employer reports: not a member
    UNKNOWN_SILENT = "unknown_silent"  # the branch keeps no record
    UNKNOWN_OVERDUE = "unknown_overdue"  # no life for six months, but nobody searched properly
    F01 = "F01"  # an applicant on a roster
    F04 = "F04"  # dead
    F05 = "F05"  # expelled or removed
    F06 = "F06"  # probation cancelled
    F08 = "F08"  # received elsewhere


#: Per class: stories with their weights; the first fills what rounding leaves.
_WORKING: dict[PrimaryClass, dict[Case, int]] = {
    PrimaryClass.NORMAL: {
        Case.NORMAL: 92,
        Case.NORMAL_BOUNDARY: 3,
        Case.NORMAL_RECEIVED: 3,
        Case.NORMAL_VALID_LETTER: 2,
    },
    PrimaryClass.FLOATING: {Case.FLOATING_TOWN: 52, Case.FLOATING_FLAG: 40, Case.FLOATING_DOUBLE: 8},
    PrimaryClass.POCKET: {Case.POCKET_EXPIRED: 70, Case.POCKET_IN_HAND: 30},
    PrimaryClass.LOST: {Case.LOST: 70, Case.LOST_BOUNDARY: 30},
    PrimaryClass.HIDDEN: {Case.HIDDEN_ZERO: 60, Case.HIDDEN_CHIEF: 40},
    PrimaryClass.UNKNOWN: {Case.UNKNOWN_OVERDUE: 100},
}
_ELSEWHERE: dict[PrimaryClass, dict[Case, int]] = {
    **_WORKING,
    PrimaryClass.NORMAL: {
        Case.NORMAL: 944,
        Case.NORMAL_BOUNDARY: 20,
        Case.NORMAL_VALID_LETTER: 6,
        Case.NORMAL_RECEIVED: 10,
        Case.NORMAL_RECENT_FLOW: 10,
        Case.NORMAL_LEFT_WORK: 5,
        Case.NORMAL_CLOSED_WORK: 5,
    },
    PrimaryClass.FLOATING: {Case.FLOATING_FLAG: 94, Case.FLOATING_DOUBLE: 6},
    PrimaryClass.LOST: {Case.LOST: 75, Case.LOST_BOUNDARY: 15, Case.LOST_SUSPENDED: 10},
    PrimaryClass.UNKNOWN: {Case.UNKNOWN_SILENT: 80, Case.UNKNOWN_OVERDUE: 20},
}
STALE = (Case.F01, Case.F04, Case.F05, Case.F06, Case.F08)
POPULATIONS = (Population.SMALL_ENTERPRISE, Population.HOUSEHOLD_BUSINESS, Population.MARKET)


def member_cases(plan: CountyPlan, seed: int) -> pd.DataFrame:
    """One row a person of a roster: case, klass ('' if no member), population; members who work there come first."""
    rng = stream(seed, plan.area, "cases")
    parts = []
    for population in (*POPULATIONS, Population.ELSEWHERE):
        stories = _ELSEWHERE if population == Population.ELSEWHERE else _WORKING
        for klass in PrimaryClass:
            n = plan.quotas.get((population, klass), 0)
            cases = rng.permutation(_told(stories[klass], n))
            if plan.area == WENCHANG and (population, klass) == (Population.SMALL_ENTERPRISE, PrimaryClass.LOST):
                cases[0] = Case.LOST_SUSPENDED  # the Longlou list has a suspended member who must not be struck out
            parts.append(pd.DataFrame({"case": cases, "klass": klass.value, "population": population.value}))
    stale = np.repeat(np.array(STALE, dtype=object), [plan.stale[case.value] for case in STALE])
    parts.append(pd.DataFrame({"case": stale, "klass": "", "population": Population.ELSEWHERE.value}))
    return pd.concat(parts, ignore_index=True)


def _told(stories: dict[Case, int], n: int) -> np.ndarray:
    """`n` cases in the given proportions; every story of a class occurs once there are enough members."""
    first, *others = stories
    whole = sum(stories.values())
    counts = {case: max(n * stories[case] // whole, 1 if n > len(stories) else 0) for case in others}
    cases = [case for case, count in counts.items() for _ in range(count)]
    return np.array([first] * (n - len(cases)) + cases, dtype=object)
