"""Step 8: which records are one person? Connected certain pairs, unless something inside says no.

A component without a contradiction is a cluster as it stands. In the few others the certain pairs are taken one by one,
analysts' first, then by falling weight, and a pair that would join what must stay apart is left out and reported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.model import CONFLICT_REASONS
from matching.arrays import Bits, Codes, Mask, Positions

#: Why two records must stay apart; index is the code, 0 means they need not. Also the reasons in `conflicts`.
REASONS = ("", *CONFLICT_REASONS)
NEGATIVE_JUDGEMENT, DIFFERENT_NUMBERS, SAME_SOURCE, EVIDENCE_AGAINST, TIE, CHAIN, NUMBERS_JOINED = range(1, 8)

#: Records of one component up to which all its pairs are weighed; nobody has so many, a chain of damaged records may.
MAX_COMPONENT = 400
_RAISE_BITS = 2.0


@dataclass(frozen=True)
class Edges:
    """Certain pairs: positions of the records, weight in bits; joined by an analyst, of one person last night?"""

    left: Positions
    right: Positions
    weight: Bits
    is_analyst: Mask
    is_held: Mask

    def take(self, rows: Positions) -> Edges:
        """Some of the edges."""
        return Edges(self.left[rows], self.right[rows], self.weight[rows], self.is_analyst[rows], self.is_held[rows])


@dataclass(frozen=True)
class Apart:
    """Pairs of positions that must not be one person, each with a reason code."""

    left: Positions
    right: Positions
    reason: Codes


@dataclass(frozen=True)
class Clusters:
    """Cluster number per record, and the reason code per edge (0: the edge holds)."""

    label: Codes
    left_out: npt.NDArray[np.int8]


def cluster_records(n_records: int, edges: Edges, apart: Apart, tie_margin: float) -> Clusters:
    """Clusters of records; every record has one, alone or with others."""
    label = components(n_records, edges.left, edges.right)
    left_out = np.zeros(len(edges.left), dtype=np.int8)
    apart = _inside(label, apart)
    suspicious = np.flatnonzero(np.isin(label[edges.left], label[apart.left]))
    if not len(suspicious):
        return Clusters(label, left_out)
    order = suspicious[np.argsort(label[edges.left[suspicious]], kind="stable")]
    for rows in np.split(order, np.flatnonzero(np.diff(label[edges.left[order]])) + 1):
        left_out[rows] = _resolve(edges.take(rows), apart, tie_margin)
    holds = left_out == 0
    return Clusters(components(n_records, edges.left[holds], edges.right[holds]), left_out)


def cluster_all(
    n_records: int, edges: Edges, threshold: float, tie_margin: float, apart_of: Callable[[Edges], Apart]
) -> Clusters:
    """The same, with endless chains cut first; `apart_of` finds what must stay apart inside what is left."""
    stays = without_giants(n_records, edges, threshold)
    kept = edges.take(np.flatnonzero(stays))
    found = cluster_records(n_records, kept, apart_of(kept), tie_margin)
    left_out = np.full(len(stays), CHAIN, dtype=np.int8)
    left_out[stays] = found.left_out
    left_out[found.label[edges.left] == found.label[edges.right]] = 0
    return Clusters(found.label, left_out)


def without_giants(n_records: int, edges: Edges, threshold: float) -> Mask:
    """The edges that stay when the weakest ones of components beyond MAX_COMPONENT are taken away, step by step.

    What an analyst joined stays whatever it makes.
    """
    stays = np.ones(len(edges.left), dtype=bool)
    while True:
        label = components(n_records, edges.left[stays], edges.right[stays])
        is_giant = (np.bincount(label, minlength=n_records) > MAX_COMPONENT)[label[edges.left]]
        weak = stays & is_giant & ~edges.is_analyst
        if not weak.any():
            return stays
        threshold = max(threshold, float(edges.weight[weak].min())) + _RAISE_BITS
        stays &= ~(weak & (edges.weight < threshold))


def _inside(label: Codes, apart: Apart) -> Apart:
    """Only those pairs to keep apart that are in one component, sorted by their left record."""
    together = np.flatnonzero(label[apart.left] == label[apart.right])
    rows = together[np.argsort(apart.left[together], kind="stable")]
    return Apart(apart.left[rows], apart.right[rows], apart.reason[rows])


def components(n_records: int, left: Positions, right: Positions) -> Codes:
    """Connected components of the graph of records; the label is the smallest position in the component."""
    graph = coo_array(  # type: ignore[no-untyped-call]
        (np.ones(len(left), dtype=np.int8), (left, right)), shape=(n_records, n_records)
    )
    _, found = connected_components(graph, directed=False)
    _, first, inverse = np.unique(found, return_index=True, return_inverse=True)
    return np.asarray(first[inverse], dtype=np.int64)


def _resolve(edges: Edges, apart_pairs: Apart, tie_margin: float) -> npt.NDArray[np.int8]:
    """Reason code per edge of one component."""
    records = np.unique(np.concatenate([edges.left, edges.right]))
    left, right = np.searchsorted(records, edges.left), np.searchsorted(records, edges.right)
    apart = _matrix(records, left, right, edges.is_analyst, apart_pairs)
    result = np.zeros(len(left), dtype=np.int8)
    result[_ties(left, right, edges, apart, tie_margin)] = TIE
    member_of = np.arange(len(records))
    for row in np.lexsort((right, left, -edges.weight, ~edges.is_analyst)):
        a, b = member_of[left[row]], member_of[right[row]]
        if a == b or result[row]:
            continue
        against = apart[np.ix_(member_of == a, member_of == b)]
        if against.any():
            result[row] = against[against > 0].min()
        else:
            member_of[member_of == b] = a
    result[member_of[left] == member_of[right]] = 0
    return result


def _matrix(
    records: Positions, left: Positions, right: Positions, is_analyst: Mask, apart: Apart
) -> npt.NDArray[np.int8]:
    """Matrix over the records of a component: reason code why two must stay apart."""
    matrix = np.zeros((len(records), len(records)), dtype=np.int8)
    # Sorted by their left record: those of this component lie between its first and its last.
    first, last = np.searchsorted(apart.left, [records[0], records[-1] + 1])
    inside = first + np.flatnonzero(np.isin(apart.left[first:last], records))
    i, j = np.searchsorted(records, apart.left[inside]), np.searchsorted(records, apart.right[inside])
    # Where two reasons meet, the one named first in REASONS is told.
    order = np.argsort(-apart.reason[inside], kind="stable")
    matrix[i[order], j[order]] = apart.reason[inside][order]
    # What an analyst joined is one person, whatever the records say.
    matrix[left[is_analyst], right[is_analyst]] = matrix[right[is_analyst], left[is_analyst]] = 0
    return np.maximum(matrix, matrix.T)


def _ties(left: Positions, right: Positions, edges: Edges, apart: npt.NDArray[np.int8], margin: float) -> Mask:
    """Edges of a record that another, about equally heavy edge of it contradicts: nobody can tell which is right.

    An edge that held last night stands its ground against a new rival that is not heavier.
    """
    weight = np.full(apart.shape, -np.inf)
    weight[left, right] = weight[right, left] = edges.weight
    is_held = np.zeros(apart.shape, dtype=bool)
    is_held[left, right] = is_held[right, left] = edges.is_held
    tied = np.zeros(len(left), dtype=bool)
    for row in np.flatnonzero(~edges.is_analyst):
        for shared, other in ((left[row], right[row]), (right[row], left[row])):
            rivals = apart[other] > 0
            ahead = edges.weight[row] - weight[shared][rivals]
            head_start = np.where(edges.is_held[row] & ~is_held[shared][rivals], 0.0, margin)
            tied[row] |= bool(((ahead > -margin) & (ahead < head_start)).any())
    return tied
