"""Which smallest sets of units carry a branch? Minimal sums of formal members; everything else fills free places."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations_with_replacement

import numpy as np

from rules.forming.instance import Ints

#: How often each number of formal members, 0 to `min_formal` - 1, occurs in a core.
Core = tuple[int, ...]


@lru_cache
def cores(min_formal: int, max_units: int) -> tuple[Core, ...]:
    """Every minimal set by numbers of formal members: with 3 and 5 these are 2+1, 2+2 and 1+1+1.

    A group of units is a branch exactly when it holds a core, so a pool can be cut into g branches exactly when it
    holds g cores without overlap and at most g times `max_units` units.
    """
    sizes = range(2, max_units + 1)
    sets = (parts for size in sizes for parts in combinations_with_replacement(range(1, min_formal), size))
    minimal = (parts for parts in sets if sum(parts) >= min_formal > sum(parts) - min(parts))
    return tuple(tuple(parts.count(n) for n in range(min_formal)) for parts in minimal)


def dealt(rows: Ints, formal: Ints, chosen: list[Core], max_units: int) -> list[list[int]]:
    """The units of a pool (`rows`, with their formal members) as branches: one core each, the others added one by one
    to the branch with the fewest units, the one with fewest formal members before the others. Units without a free
    place are left over."""
    by_formal = {n: [int(row) for row in rows[formal == n]] for n in np.unique(formal).tolist()}
    branches = [[by_formal[n].pop(0) for n in range(len(core)) for _ in range(core[n])] for core in chosen]
    rest = sorted(row for left in by_formal.values() for row in left)
    for row in rest:
        open_branches = [branch for branch in branches if len(branch) < max_units]
        if not open_branches:
            break
        min(open_branches, key=len).append(row)
    return branches
