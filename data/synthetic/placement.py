"""Where does each member work, and at which branch is he or she registered?

Members are put into rows of the register of persons; some are known by the employer's name on the roster only.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import Population, PrimaryClass
from data.synthetic.cases import POPULATIONS, Case
from data.synthetic.entities import LONGLOU_TOWN
from data.synthetic.numbers import Ints
from data.synthetic.organizations import COUNTY_LEVEL, NON_PUBLIC, VILLAGE
from data.synthetic.plan import WENCHANG
from data.synthetic.staff import Staff
from data.synthetic.streams import stream

NOWHERE = -1
_BY_TEXT_ONLY = 0.18
_IN_LONGLOU = 16
_GROUP_SIZES, _GROUP_SHARES = (1, 2, 3, 4), (0.72, 0.14, 0.1, 0.04)
_OWN_KIND_SHARE = 0.75
MUST_BE_REGISTERED = (Case.FLOATING_TOWN, Case.HIDDEN_ZERO, Case.HIDDEN_CHIEF)
#: Kinds of branches members elsewhere belong to, by weight.
_HOME_KINDS = {VILLAGE: 70, "街道社区": 12, "学校": 6, "党政机关": 7, "其他事业单位": 4, "国有企业": 1}


def place_members(
    members: pd.DataFrame, entities: pd.DataFrame, staff: Staff, area: str, seed: int, settled: np.datetime64
) -> None:
    """Adds `entity` and `staff_row` (-1: none) to members and puts them into the rows of `staff`.

    `settled`: a day by which hidden members, and those who float between towns, worked at their entities.
    """
    rng = stream(seed, area, "placement")
    entity = np.full(len(members), NOWHERE)
    row = np.full(len(members), NOWHERE)
    cases = members["case"].to_numpy()
    is_open = entities["ended"].isna().to_numpy()
    town, is_old = entities["town"].to_numpy(), (entities["established"] < settled).to_numpy()
    for population in POPULATIONS:
        who = np.flatnonzero((members["population"] == population).to_numpy())
        pool = np.flatnonzero(is_open & (entities["kind"] == population).to_numpy())
        entity[who] = _workplaces(rng, members.iloc[who], pool, town, is_old, area)
        row[who] = _rows(rng, cases[who], entity[who], staff, _is_told_by_name(entities)[entity[who]])
    _former_workplaces(rng, cases, entity, row, staff, is_open)
    members["entity"], members["staff_row"] = entity, row
    placed = row != NOWHERE
    staff.person[row[placed]] = np.flatnonzero(placed)
    staff.until[row[placed & (cases != Case.NORMAL_LEFT_WORK)]] = np.datetime64("NaT")
    staff.is_family[row[placed]] = False


def _workplaces(
    rng: np.random.Generator,
    who: pd.DataFrame,
    pool: Ints,
    town: Ints,
    is_old: npt.NDArray[np.bool_],
    area: str,
) -> Ints:
    """An entity for each: members with regular life partly in groups, others alone; older entities where needed."""
    klass = who["klass"].to_numpy()
    chosen = np.full(len(who), NOWHERE)
    pool = rng.permutation(pool)
    near = pool[town[pool] == LONGLOU_TOWN][: _IN_LONGLOU + 1] if area == WENCHANG else pool[:0]
    rest = pool[~np.isin(pool, near)]
    if len(near):
        normal = np.flatnonzero(klass == PrimaryClass.NORMAL)[:_IN_LONGLOU]
        chosen[normal] = near[: len(normal)]
        suspended = np.flatnonzero((who["case"] == Case.LOST_SUSPENDED).to_numpy())[:1]
        chosen[suspended] = near[_IN_LONGLOU : _IN_LONGLOU + 1][: len(suspended)]
    settled = np.flatnonzero(who["case"].isin(MUST_BE_REGISTERED).to_numpy())
    older = rest[is_old[rest]][: len(settled)]
    chosen[settled] = older
    rest = rest[~np.isin(rest, older)]
    left = np.flatnonzero(chosen == NOWHERE)
    alone = left[klass[left] != PrimaryClass.NORMAL]
    grouped = left[klass[left] == PrimaryClass.NORMAL]
    sizes = rng.choice(_GROUP_SIZES, len(grouped), p=_GROUP_SHARES)
    if len(who) and who["population"].iloc[0] == Population.HOUSEHOLD_BUSINESS:
        sizes[:] = 1
    slot = np.r_[np.arange(len(alone)), len(alone) + np.repeat(np.arange(len(sizes)), sizes)[: len(grouped)]]
    chosen[np.r_[alone, grouped]] = rest[slot % max(len(rest), 1)]
    return chosen


def _rows(
    rng: np.random.Generator,
    cases: npt.NDArray[np.object_],
    entity: Ints,
    staff: Staff,
    is_told: npt.NDArray[np.bool_],
) -> Ints:
    """The register's row of each member, none for those known by the employer's name only."""
    rank = pd.Series(entity).groupby(entity).cumcount().to_numpy()
    # All members of an entity start from the same row, so that each gets a row of their own.
    start = np.where(cases == Case.HIDDEN_CHIEF, 0, (entity * 7 + 3) % np.maximum(staff.size[entity], 1))
    row = np.where(rank < staff.size[entity], staff.first[entity] + (start + rank) % staff.size[entity], NOWHERE)
    may_miss = is_told & ~np.isin(cases, MUST_BE_REGISTERED)
    return np.where(may_miss & (rng.random(len(row)) < _BY_TEXT_ONLY), NOWHERE, row)


def _is_told_by_name(entities: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Entities whose name alone identifies them in the county."""
    name = entities["name"]
    return ((name != "") & ~name.duplicated(keep=False)).to_numpy(dtype=bool)


def _former_workplaces(
    rng: np.random.Generator,
    cases: npt.NDArray[np.object_],
    entity: Ints,
    row: Ints,
    staff: Staff,
    is_open: npt.NDArray[np.bool_],
) -> None:
    """Put members whose work ended into ended rows of open entities, or in charge of closed ones."""
    ended = np.flatnonzero(~np.isnat(staff.until) & is_open[staff.entity])
    closed = staff.first[np.flatnonzero(~is_open)[10:]]
    for case, rows in ((Case.NORMAL_LEFT_WORK, ended), (Case.NORMAL_CLOSED_WORK, closed)):
        free = rng.permutation(rows[~np.isin(rows, row)])
        who = np.flatnonzero(cases == case)[: len(free)]
        row[who] = free[: len(who)]
        entity[who] = NOWHERE


def register_members(
    members: pd.DataFrame, organizations: pd.DataFrame, entities: pd.DataFrame, area: str, seed: int
) -> None:
    """Adds `branch` (row of organizations) to members, as the case demands."""
    rng = stream(seed, area, "branches")
    town = organizations["town"].to_numpy()
    kind = organizations["kind"].to_numpy()
    is_silent = organizations["is_silent"].to_numpy()
    weights = (
        np.array([_HOME_KINDS.get(k, 0) for k in kind]) / pd.Series(kind).groupby(kind).transform("size").to_numpy()
    )
    home = weights * ~is_silent
    branch = rng.choice(len(organizations), len(members), p=home / home.sum())
    cases = members["case"].to_numpy()
    silent = np.flatnonzero(cases == Case.UNKNOWN_SILENT)
    branch[silent] = rng.choice(np.flatnonzero(is_silent), len(silent))
    works = np.flatnonzero((members["population"] != Population.ELSEWHERE).to_numpy())
    work_town = entities["town"].to_numpy()[members["entity"].to_numpy()[works]]
    is_away = np.isin(cases[works], (Case.FLOATING_TOWN, Case.FLOATING_FLAG, Case.FLOATING_DOUBLE))
    n_towns = int(town.max()) + 1
    branch_town = np.where(is_away, (work_town + rng.integers(1, n_towns, len(works))) % n_towns, work_town)
    own_kind = ~is_away & (rng.random(len(works)) < _OWN_KIND_SHARE)
    for where in range(n_towns):
        private = np.flatnonzero((town == where) & (kind == NON_PUBLIC))
        village = np.flatnonzero((town == where) & np.isin(kind, (VILLAGE, "街道社区")) & ~is_silent)
        for pool, is_private in ((private, True), (village, False)):
            here = np.flatnonzero((branch_town == where) & (own_kind == is_private))
            branch[works[here]] = rng.choice(pool, len(here))
    members["branch"] = branch


def settle_members(members: pd.DataFrame, organizations: pd.DataFrame, town: Ints, village: Ints) -> None:
    """Let members live where their branch is (arrays of People, changed in place); county branches tell no home."""
    branch = organizations.iloc[members["branch"].to_numpy()]
    is_local = (branch["town"] != COUNTY_LEVEL).to_numpy()
    rows = np.flatnonzero(is_local)
    town[rows] = branch["town"].to_numpy()[rows]
    is_village = (branch["village"] >= 0).to_numpy()
    rows = np.flatnonzero(is_village)
    village[rows] = branch["village"].to_numpy()[rows]
