"""Who goes together? Units with too few formal members, grouped by place and then by trade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from rules.forming.exact import best_grouping
from rules.forming.greedy import nearest_first
from rules.forming.instance import NOWHERE, Instance, Ints, Worth, renumbered
from rules.forming.local_search import improved
from rules.params.forming import Forming

Method = Literal["exact", "local_search", "greedy"]

#: Measured on synthetic counties (docs/benchmarks.md): the proof costs less than the local search it replaces.
DEFAULT: Method = "exact"
#: For one township; the largest takes well under a second, the limit only guards against what nobody has seen.
SECONDS_PER_PART = 10.0

_PLACES = (("area", "township", "market"), ("area", "township", "village"), ("area", "township"))
_TRADE = (("area", "section"),)


@dataclass(frozen=True)
class Grouping:
    """group: group number of every unit, NOWHERE for those left over. worth: of the grouping. is_proven: whether the
    solver proved that none is worth more. gap: what it may miss of the members covered, as a share of its bound."""

    group: Ints
    worth: Worth
    is_proven: bool
    gap: float


def by_place(units: pd.DataFrame, limits: Forming) -> Instance:
    """Units by market, village or community, and township; a unit without a township is nowhere."""
    return _instance(units, _PLACES, limits)


def by_trade(units: pd.DataFrame, limits: Forming) -> Instance:
    """Units by section of GB/T 4754 within the county."""
    return _instance(units, _TRADE, limits)


def grouped(instance: Instance, method: Method = DEFAULT, seconds: float = SECONDS_PER_PART) -> Grouping:
    """Group the units. Where the exact solver runs out of time, the better of its grouping and the local search's."""
    group = nearest_first(instance)
    if method == "greedy":
        return Grouping(group, instance.worth(group), False, np.nan)
    if method == "local_search":
        group = improved(instance, group)
        return Grouping(group, instance.worth(group), False, np.nan)
    found = np.full(len(instance), NOWHERE, dtype=np.int64)
    is_proven, gap = True, 0.0
    for rows in instance.parts:
        part = instance.take(rows)
        solved = best_grouping(part, seconds, group[rows])
        best = solved.group if solved is not None else improved(part, group[rows])
        if solved is None or not solved.is_proven:
            is_proven, gap = False, max(gap, 1.0 if solved is None else solved.gap)
            best = max((best, improved(part, group[rows])), key=part.worth)
        found[rows] = np.where(best == NOWHERE, NOWHERE, best + found.max(initial=NOWHERE) + 1)
    found = renumbered(found)
    return Grouping(found, instance.worth(found), is_proven, gap)


def _instance(units: pd.DataFrame, levels: tuple[tuple[str, ...], ...], limits: Forming) -> Instance:
    pools = np.full((len(units), len(levels)), NOWHERE, dtype=np.int64)
    n_pools = 0
    for level, names in enumerate(levels):
        keys = units[list(names)]
        known = keys.notna().all(axis=1).to_numpy()
        if known.any():
            codes = keys[known].groupby(list(names), sort=True).ngroup().to_numpy()
            pools[known, level] = codes + n_pools
            n_pools += int(codes.max()) + 1
    return Instance(
        units["n_formal"].to_numpy(dtype=np.int64),
        units["n_members"].to_numpy(dtype=np.int64),
        pools,
        limits.min_formal.value,
        limits.max_units.value,
    )
