"""All of forming in one call: units, proposals, and a branch for everybody; frame to frame."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from rules.facts import Facts
from rules.forming.grouping import DEFAULT, Method
from rules.forming.hosts import Places, hosts
from rules.forming.nearest import nearest_branches
from rules.forming.proposals import Proposed, propose
from rules.forming.units import active_register, covered, in_force, units
from rules.forming.workers import workers
from rules.params import Params
from rules.populations import strongest_employments

_TRADE_BODY = "协会|商会|行业党"


@dataclass(frozen=True)
class Formed:
    """What forming found. register: active non-public enterprises with `is_covered`; workers: confirmed members at
    work; organizations: those in force; units: enterprises with members and no organisation; nearest:
    NEAREST_COLUMNS."""

    register: pd.DataFrame
    workers: pd.DataFrame
    organizations: pd.DataFrame
    units: pd.DataFrame
    proposed: Proposed
    nearest: pd.DataFrame


def form(facts: Facts, classifications: pd.DataFrame, findings: pd.DataFrame, register: pd.DataFrame,
         possible: pd.Series, as_of: date, params: Params, method: Method = DEFAULT) -> Formed:  # fmt: skip
    """register: REGISTER_COLUMNS, one row an enterprise. possible: members not yet confirmed, by entity_id."""
    limits = params.forming
    known = active_register(register, as_of)
    at_work = workers(facts, classifications, findings, as_of)
    organizations = in_force(facts.organizations, as_of)
    is_covered = covered(known, organizations, at_work)
    found = units(known, is_covered, at_work, possible)
    places = Places(hosts(organizations, known, classifications, at_work, limits))
    alone = worth_an_instructor(known, is_covered, found, possible, limits.instructor_staff.value)
    trades = frozenset(organizations.loc[organizations["org_name"].str.contains(_TRADE_BODY), "area"].dropna())
    proposed = propose(found, alone, at_work, places, trades, limits, method)
    nearest = nearest_branches(facts, classifications, _workplaces(facts, known, as_of), organizations, places)
    return Formed(known.assign(is_covered=is_covered), at_work, organizations, found, proposed, nearest)


def worth_an_instructor(register: pd.DataFrame, is_covered: npt.NDArray[np.bool_], units: pd.DataFrame,
                         possible: pd.Series, least_staff: int) -> pd.DataFrame:  # fmt: skip
    """Enterprises without an organisation, a confirmed member or an instructor, with enough staff by their report."""
    rows = register[~is_covered & ~register["entity_id"].isin(units["entity_id"])]
    rows = rows[(rows["staff"] >= least_staff) & ~rows["has_instructor"].to_numpy(dtype=bool)]
    n_possible = rows["entity_id"].map(possible).fillna(0).astype("int64")
    return rows.assign(n_possible=n_possible, is_closing=False)


def _workplaces(facts: Facts, register: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Where each member works by market, village, township and area; index person_id."""
    work = strongest_employments(facts.employments, as_of)["entity_id"]
    places = register.set_index("entity_id")[["market", "village", "township", "area"]]
    return places.reindex(work).set_axis(work.index)
