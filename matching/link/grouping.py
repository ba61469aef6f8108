"""Which rows of one table are the same? Groups grow by their strongest pairs while all pairs between them agree enough.

Two groups become one when some pair between them reaches the link threshold and the mean weight of all pairs between
them reaches the break threshold: one accidental pair does not chain two groups together, and a duplicate too damaged
to resemble every other is kept by those that it does resemble.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matching.arrays import Bits, Codes, Positions
from matching.clustering import Edges, components, without_giants
from matching.joins import join_equal

Weigh = Callable[[Positions, Positions], Bits]


def group_rows(
    n_rows: int, pairs: tuple[Positions, Positions, Bits], link: float, break_at: float, weigh: Weigh
) -> Codes:
    """Group of each row, named by its smallest row. pairs: rows and weight; `weigh` tells it of any pair."""
    left, right, weight = pairs
    strong = weight >= link
    none = np.zeros(int(strong.sum()), dtype=bool)
    edges = Edges(left[strong], right[strong], weight[strong], is_analyst=none, is_held=none)
    stays = without_giants(n_rows, edges, link)
    left, right = edges.left[stays], edges.right[stays]
    label = components(n_rows, left, right)
    size = np.bincount(label, minlength=n_rows)[label]
    crowd = np.flatnonzero(size > 2)
    if not len(crowd):
        return label
    a, b = join_equal(label[crowd], label[crowd])
    once = a < b
    a, b = crowd[a[once]], crowd[b[once]]
    inside = weigh(a, b)
    order = np.argsort(label[a], kind="stable")
    for part in np.split(order, np.flatnonzero(np.diff(label[a[order]])) + 1):
        rows = np.unique(np.concatenate([a[part], b[part]]))
        label[rows] = rows[_agglomerate(_table(rows, a[part], b[part], inside[part]), link, break_at)]
    return label


def _table(rows: Positions, left: Positions, right: Positions, weight: Bits) -> Bits:
    """Weights of all pairs of a part; -inf on the diagonal."""
    table = np.full((len(rows), len(rows)), -np.inf)
    i, j = np.searchsorted(rows, left), np.searchsorted(rows, right)
    table[i, j] = table[j, i] = weight
    return table


def _agglomerate(table: Bits, link: float, break_at: float) -> Codes:
    """Group of each row of a part: always the two groups with the highest mean weight that may be joined next."""
    n_rows = len(table)
    best = table.copy()
    total = np.where(np.isfinite(table), table, 0.0)
    size = np.ones(n_rows)
    member_of = np.arange(n_rows)
    while True:
        mean = total / np.outer(size, size)
        mean[(best < link) | (mean < break_at)] = -np.inf
        i, j = divmod(int(mean.argmax()), n_rows)
        if not np.isfinite(mean[i, j]):
            return member_of
        i, j = min(i, j), max(i, j)
        total[i] += total[j]
        total[:, i] = total[i]
        best[i] = np.maximum(best[i], best[j])
        best[:, i] = best[i]
        best[i, i] = best[j] = best[:, j] = -np.inf
        total[j] = total[:, j] = total[i, i] = 0.0
        size[i] += size[j]
        member_of[member_of == j] = i
