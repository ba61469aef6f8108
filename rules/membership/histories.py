"""What has become of each membership by `as_of`? Decisions and the roster's own dates, in order, through its machine.

Dates of a person are compared at the coarsest precision that one of them has; on one day the natural order decides.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from data.model import StatusEvent
from rules.case import Case
from rules.clocks import first_days, last_days
from rules.machine import walk
from rules.membership.states import MEMBERSHIP_MACHINE, MemberState
from rules.standing import events_in_force

#: States that a roster's 人员类别 names.
_CATEGORIES = {
    "formal": MemberState.FORMAL,
    "probationary": MemberState.PROBATIONARY,
    "applicant": MemberState.APPLICANT,
    "activist": MemberState.ACTIVIST,
    "development_target": MemberState.DEVELOPMENT_TARGET,
}


#: Steps that something must have come before.
_MIDDLE = (StatusEvent.RESTORED, StatusEvent.READMITTED)


class Memberships(NamedTuple):
    """states: index person_id, `state` (MemberState), of every person with a decision. steps: one row a step in the
    order they happened: person_id, event, on (ISO partial, None unknown), document, before, is_allowed."""

    states: pd.Series
    steps: pd.DataFrame


def memberships(case: Case) -> Memberships:
    """Persons of whom at least one decision is known; case.once(memberships). Dates of admission alone are F19's.

    Where the records begin with something other than an admission, what came before is open: UNSTATED. Undated
    decisions come last, and only where the table has them: an unknown day contradicts nothing.
    """
    decided = case.once(events_in_force)
    decided = decided[["person_id", "event", "decided_on", "document"]].rename(columns={"decided_on": "on"})
    steps = pd.concat([decided, _admissions(case, decided["person_id"])], ignore_index=True)
    steps = _without_repeats(_ordered(steps))
    people, persons = pd.factorize(steps["person_id"], sort=True)
    start = _starts(case, steps, people, pd.Index(persons))
    codes = MEMBERSHIP_MACHINE.event_codes(steps["event"])
    walked = walk(MEMBERSHIP_MACHINE, start, people.astype(np.int64), codes)
    before = MEMBERSHIP_MACHINE.state_names(walked.before)
    is_allowed = walked.is_allowed | steps["on"].isna().to_numpy()
    states = pd.Series(MEMBERSHIP_MACHINE.state_names(walked.final), index=pd.Index(persons, name="person_id"))
    columns = ["person_id", "event", "on", "document"]
    return Memberships(states.astype(object), steps[columns].assign(before=before, is_allowed=is_allowed))


def _admissions(case: Case, persons: pd.Series) -> pd.DataFrame:
    """Admission and conversion as the persons' roster rows date them, the latest row by `as_of`.

    An admission counts with a conversion, or of a probationary member: without either the history has a gap. Reversed
    dates are F19's.
    """
    is_theirs = case.are_of(case.roster, case.persons_of(persons))
    rows = case.roster[is_theirs & case.roster["join_on"].notna().to_numpy()]
    rows = rows[(first_days(rows["join_on"]) <= case.today) & (first_days(rows["full_on"]) <= case.today)]
    is_ordered = rows["full_on"].notna().to_numpy() & (last_days(rows["full_on"]) >= first_days(rows["join_on"]))
    rows = rows[is_ordered | ((rows["category"] == "probationary") & rows["full_on"].isna()).to_numpy()]
    rows = rows.sort_values(["person_id", "join_on", "unique_id"]).drop_duplicates("person_id", keep="last")
    parts = [
        rows[["person_id", column]].set_axis(["person_id", "on"], axis=1).assign(event=event.value)
        for event, column in ((StatusEvent.ADMITTED, "join_on"), (StatusEvent.CONVERTED, "full_on"))
    ]
    found = pd.concat(parts, ignore_index=True).dropna(subset=["on"])
    return found.assign(document=np.full(len(found), None, dtype=object))


def _ordered(steps: pd.DataFrame) -> pd.DataFrame:
    """Steps in order of person, day (at the person's coarsest precision) and the natural order of one day."""
    length = steps["on"].str.len()
    coarsest = length.groupby(steps["person_id"]).transform("min").to_numpy(dtype=np.float64)
    day = np.select(
        [coarsest >= 10, coarsest >= 7],
        [first_days(steps["on"]), first_days(steps["on"].str[:7].astype(object))],
        first_days(steps["on"].str[:4].astype(object)),
    )
    day = np.where(steps["on"].isna(), np.iinfo(np.int64).max, day)
    ranked = steps.assign(_day=day, _rank=MEMBERSHIP_MACHINE.event_codes(steps["event"]))
    return ranked.sort_values(["person_id", "_day", "_rank", "on"], kind="stable", ignore_index=True)


def _without_repeats(steps: pd.DataFrame) -> pd.DataFrame:
    """One decision told twice is one: the same event of the same day, or an undated copy of a dated one."""
    same_day = steps.duplicated(["person_id", "event", "_day"], keep="first")
    dated = steps.loc[steps["on"].notna(), ["person_id", "event"]]
    known = pd.MultiIndex.from_frame(dated)
    is_copy = steps["on"].isna() & pd.MultiIndex.from_frame(steps[["person_id", "event"]]).isin(known)
    return steps[~(same_day | is_copy).to_numpy()].reset_index(drop=True)


def _starts(case: Case, steps: pd.DataFrame, people: np.ndarray, persons: pd.Index) -> np.ndarray:
    """The state each history begins in: before an admission an applicant, else what the roster calls the person now.

    UNSTATED where the first step says that something is missing before it: a restoration without the suspension, or
    an admission that comes later.
    """
    is_theirs = case.are_of(case.roster, case.persons_of(persons))
    category = case.roster.loc[is_theirs, ["person_id", "category"]]
    category = category.dropna().sort_values(["person_id", "category"])
    named = category.drop_duplicates("person_id").set_index("person_id")["category"].map(_CATEGORIES)
    first = steps.drop_duplicates("person_id").set_index("person_id")["event"].reindex(persons)
    begins = np.asarray(first == StatusEvent.ADMITTED, dtype=bool)
    has_dates = steps.loc[steps["event"].isin([StatusEvent.ADMITTED, StatusEvent.CONVERTED]), "person_id"]
    is_open = persons.isin(has_dates) | np.asarray(first.isin(_MIDDLE), dtype=bool)
    stated = named.reindex(persons).mask(is_open)
    names = np.where(begins, MemberState.APPLICANT.value, stated.fillna(MemberState.UNSTATED.value))
    return MEMBERSHIP_MACHINE.state_codes(pd.Series(names, dtype=object))
