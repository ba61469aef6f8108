"""A good grouping quickly: the nearest pools first, as many branches as each carries."""

from __future__ import annotations

import numpy as np

from rules.forming.cores import Core, cores, dealt
from rules.forming.instance import NOWHERE, Instance, Ints


def nearest_first(instance: Instance) -> Ints:
    """Group number of every unit: pool after pool, nearest level first, as many branches as a pool carries."""
    group = np.full(len(instance), NOWHERE, dtype=np.int64)
    n_groups = 0
    for level in range(instance.n_levels):
        pools = instance.pools[:, level]
        for pool in np.unique(pools[(group == NOWHERE) & (pools != NOWHERE)]):
            rows = np.flatnonzero((pools == pool) & (group == NOWHERE))
            chosen = _most_cores(instance, rows)
            for branch in dealt(rows, instance.formal[rows], chosen, instance.max_units):
                group[branch] = n_groups
                n_groups += 1
    return group


def _most_cores(instance: Instance, rows: Ints) -> list[Core]:
    """Cores without overlap taken from a pool, those with fewest units and least surplus first."""
    left = np.bincount(instance.formal[rows], minlength=instance.min_formal)
    kinds = sorted(cores(instance.min_formal, instance.max_units), key=_waste)
    chosen: list[Core] = []
    for core in kinds:
        need = np.array(core)
        n_times = int((left[need > 0] // need[need > 0]).min())
        chosen += [core] * n_times
        left = left - n_times * need
    return chosen


def _waste(core: Core) -> tuple[int, Core]:
    return (sum(n * times for n, times in enumerate(core)), core)
