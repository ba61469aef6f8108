"""What is to be grouped? Units with few formal members, the pools they share, and what a grouping of them is worth.

A pool is a place (market, village or community, township) or a trade that units have in common; the fewer the level,
the nearer. A joint branch takes two to `max_units` units of one pool that have `min_formal` formal members together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Ints = npt.NDArray[np.int64]
NOWHERE = -1


class Worth(NamedTuple):
    """What a grouping is worth, compared from left to right, more is better: members covered by joint branches; less
    distance (minus the sum over members of their branch's level); fewer branches (minus their number)."""

    covered: int
    nearness: int
    fewness: int


@dataclass(frozen=True)
class Instance:
    """Units to group, one element of each array a unit, in the order of their keys.

    formal: formal members, under `min_formal`. members: all members, at least 1. pools: (units, levels), the number of
    the pool a unit is in at each level, NOWHERE for none; pools of different levels have different numbers.
    """

    formal: Ints
    members: Ints
    pools: Ints
    min_formal: int
    max_units: int

    def __len__(self) -> int:
        return len(self.formal)

    @property
    def n_levels(self) -> int:
        """How many levels of distance there are."""
        return int(self.pools.shape[1])

    @cached_property
    def parts(self) -> list[Ints]:
        """Rows of units that can meet at all, each part by itself; units of no feasible pool are in none."""
        unit, level = np.nonzero(self.pools != NOWHERE)
        pool = self.pools[unit, level]
        n_pools = int(pool.max(initial=NOWHERE)) + 1
        shape = (len(self) + n_pools, len(self) + n_pools)
        edges = (np.ones(len(unit)), (unit, len(self) + pool))
        graph = coo_array(edges, shape=shape)  # type: ignore[no-untyped-call]
        label = connected_components(graph, directed=False)[1][: len(self)]
        order = np.argsort(label, kind="stable")
        rows = np.split(order, np.flatnonzero(np.diff(label[order])) + 1)
        return [part for part in rows if len(part) > 1 and self.formal[part].sum() >= self.min_formal]

    def take(self, rows: Ints) -> Instance:
        """The instance of some of the units, in ascending order of `rows`."""
        return Instance(self.formal[rows], self.members[rows], self.pools[rows], self.min_formal, self.max_units)

    def level_of(self, rows: Ints) -> int:
        """The nearest level at which all units share a pool; NOWHERE when they share none."""
        first = self.pools[rows[0]]
        shared = (first != NOWHERE) & (self.pools[rows] == first).all(axis=0)
        return int(shared.argmax()) if shared.any() else NOWHERE

    def is_branch(self, rows: Ints) -> bool:
        """May these units form a joint branch?"""
        is_sized = 2 <= len(rows) <= self.max_units
        return bool(is_sized and self.formal[rows].sum() >= self.min_formal and self.level_of(rows) != NOWHERE)

    def worth(self, group: Ints) -> Worth:
        """The worth of a grouping: group number of every unit, NOWHERE for units left over."""
        grouped = np.flatnonzero(group != NOWHERE)
        branches = [grouped[group[grouped] == g] for g in np.unique(group[grouped])]
        distance = sum(self.level_of(rows) * int(self.members[rows].sum()) for rows in branches)
        return Worth(int(self.members[grouped].sum()), -distance, -len(branches))


def renumbered(group: Ints) -> Ints:
    """The same grouping with groups numbered from 0 in the order of their first unit."""
    found = np.full(len(group), NOWHERE, dtype=np.int64)
    grouped = group != NOWHERE
    distinct, first, code = np.unique(group[grouped], return_index=True, return_inverse=True)
    rank = np.empty(len(distinct), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(distinct))
    found[grouped] = rank[code]
    return found
