"""Which pairs stand when each row has one partner at most? The assignment of greatest total weight, part by part."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[attr-defined]

from matching.arrays import Bits, Mask, Positions
from matching.clustering import components

#: Cells of the table of one part up to which the best assignment is computed; larger parts take the heaviest first.
_MAX_CELLS = 4_000_000


def assign(left: Positions, right: Positions, weight: Bits, n_rows: int, threshold: float) -> Mask:
    """Pairs of the assignment among those at or above the threshold; what is above it counts."""
    chosen = np.zeros(len(left), dtype=bool)
    able = np.flatnonzero(weight >= threshold)
    if not len(able):
        return chosen
    a, b, gain = left[able], right[able], weight[able] - threshold
    part = components(n_rows, a, b)[a]
    is_alone = np.bincount(part, minlength=n_rows)[part] == 1
    chosen[able[is_alone]] = True
    crowd = np.flatnonzero(~is_alone)
    crowd = crowd[np.argsort(part[crowd], kind="stable")]
    if len(crowd):
        for rows in np.split(crowd, np.flatnonzero(np.diff(part[crowd])) + 1):
            chosen[able[rows]] = _best(a[rows], b[rows], gain[rows])
    return chosen


def _best(left: Positions, right: Positions, gain: Bits) -> Mask:
    """The assignment of one part."""
    rows, i = np.unique(left, return_inverse=True)
    columns, j = np.unique(right, return_inverse=True)
    if len(rows) * len(columns) > _MAX_CELLS:
        return _heaviest_first(i, j, gain)
    # Below zero: no pair at all. A pair exactly at the threshold is still better than none.
    table = np.full((len(rows), len(columns)), -1.0)
    table[i, j] = gain
    partner = np.full(len(rows), -1)
    taken, given = linear_sum_assignment(table, maximize=True)
    partner[taken] = given
    return np.asarray(partner[i] == j, dtype=bool)


def _heaviest_first(i: Positions, j: Positions, gain: Bits) -> Mask:
    chosen = np.zeros(len(i), dtype=bool)
    seen_i, seen_j = np.zeros(int(i.max()) + 1, dtype=bool), np.zeros(int(j.max()) + 1, dtype=bool)
    for row in np.lexsort((j, i, -gain)):
        if not (seen_i[i[row]] or seen_j[j[row]]):
            chosen[row] = seen_i[i[row]] = seen_j[j[row]] = True
    return chosen
