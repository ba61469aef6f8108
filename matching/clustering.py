"""Step 8: which records are one person? Connected certain pairs, unless something inside says no.

A component without a contradiction is a cluster as it stands. In the few others the certain pairs are taken one by one,
analysts' first, then by falling weight, and a pair that would join what must stay apart is left out and reported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matching.arrays import Bits, Codes, Mask, Positions

#: Why two records must stay apart; index is the code, 0 means they need not. Also the reasons in `conflicts`.
REASONS = ("", "negative_judgement", "different_numbers", "same_source", "evidence_against", "tie")
NEGATIVE_JUDGEMENT, DIFFERENT_NUMBERS, SAME_SOURCE, EVIDENCE_AGAINST, TIE = range(1, 6)


@dataclass(frozen=True)
class Edges:
    """Certain pairs: positions of the records, weight in bits, and did an analyst join them?"""

    left: Positions
    right: Positions
    weight: Bits
    is_analyst: Mask

    def take(self, rows: Positions) -> Edges:
        """Some of the edges."""
        return Edges(self.left[rows], self.right[rows], self.weight[rows], self.is_analyst[rows])


@dataclass(frozen=True)
class Constraints:
    """What keeps records apart.

    apart: pairs of positions with a reason code. number: code of a valid identity number per record, -1 without one.
    is_other_number: are the numbers of two records really different? source: code of a source that promises one row a
    person, -1 for others; two rows of it belong together only by a certain pair of their own.
    """

    apart_left: Positions
    apart_right: Positions
    apart_reason: Codes
    number: Codes
    is_other_number: Callable[[Positions, Positions], Mask]
    source: Codes


@dataclass(frozen=True)
class Clusters:
    """Cluster number per record, and the reason code per edge (0: the edge holds)."""

    label: Codes
    left_out: npt.NDArray[np.int8]


def cluster_records(n_records: int, edges: Edges, constraints: Constraints, tie_margin: float) -> Clusters:
    """Clusters of records; every record has one, alone or with others."""
    label = components(n_records, edges.left, edges.right)
    left_out = np.zeros(len(edges.left), dtype=np.int8)
    suspicious = np.flatnonzero(np.isin(label[edges.left], _suspicious(label, constraints)))
    if not len(suspicious):
        return Clusters(label, left_out)
    order = suspicious[np.argsort(label[edges.left[suspicious]], kind="stable")]
    constraints = _inside(label, constraints)
    for rows in np.split(order, np.flatnonzero(np.diff(label[edges.left[order]])) + 1):
        left_out[rows] = _resolve(edges.take(rows), constraints, tie_margin)
    holds = left_out == 0
    return Clusters(components(n_records, edges.left[holds], edges.right[holds]), left_out)


def _inside(label: Codes, constraints: Constraints) -> Constraints:
    """The constraints with only those pairs to keep apart that are in one component, sorted by their left record."""
    together = np.flatnonzero(label[constraints.apart_left] == label[constraints.apart_right])
    rows = together[np.argsort(constraints.apart_left[together], kind="stable")]
    return replace(
        constraints,
        apart_left=constraints.apart_left[rows],
        apart_right=constraints.apart_right[rows],
        apart_reason=constraints.apart_reason[rows],
    )


def components(n_records: int, left: Positions, right: Positions) -> Codes:
    """Connected components of the graph of records; the label is the smallest position in the component."""
    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(n_records, n_records))
    _, found = connected_components(graph, directed=False)
    _, first, inverse = np.unique(found, return_index=True, return_inverse=True)
    return np.asarray(first[inverse], dtype=np.int64)


def _suspicious(label: Codes, constraints: Constraints) -> Codes:
    """Components that hold a pair which must stay apart, two valid numbers, or two rows of one promising source."""
    together = label[constraints.apart_left] == label[constraints.apart_right]
    found = [label[constraints.apart_left[together]]]
    known = constraints.number >= 0
    numbers = np.unique(np.stack([label[known], constraints.number[known]]), axis=1)[0]
    found.append(numbers[1:][np.diff(numbers) == 0])
    promised = constraints.source >= 0
    pairs, counts = np.unique(np.stack([label[promised], constraints.source[promised]]), axis=1, return_counts=True)
    found.append(pairs[0][counts > 1])
    return np.unique(np.concatenate(found))


def _resolve(edges: Edges, constraints: Constraints, tie_margin: float) -> npt.NDArray[np.int8]:
    """Reason code per edge of one component."""
    records = np.unique(np.concatenate([edges.left, edges.right]))
    left, right = np.searchsorted(records, edges.left), np.searchsorted(records, edges.right)
    apart = _apart(records, left, right, edges.is_analyst, constraints)
    result = np.zeros(len(left), dtype=np.int8)
    if not apart.any():
        return result
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


def _apart(
    records: Positions, left: Positions, right: Positions, is_analyst: Mask, constraints: Constraints
) -> npt.NDArray[np.int8]:
    """Matrix over the records of a component: reason code why two must stay apart."""
    n = len(records)
    apart = np.zeros((n, n), dtype=np.int8)
    linked = np.zeros((n, n), dtype=bool)
    linked[left, right] = linked[right, left] = True
    i, j = np.triu_indices(n, 1)
    a, b = records[i], records[j]
    source, number = constraints.source, constraints.number
    apart[i, j] = np.where((source[a] == source[b]) & (source[a] >= 0) & ~linked[i, j], SAME_SOURCE, 0)
    two = np.flatnonzero((number[a] >= 0) & (number[b] >= 0) & (number[a] != number[b]))
    other = two[constraints.is_other_number(a[two], b[two])]
    apart[i[other], j[other]] = DIFFERENT_NUMBERS
    # Sorted by their left record: those of this component lie between its first and its last.
    first, last = np.searchsorted(constraints.apart_left, [records[0], records[-1] + 1])
    inside = first + np.flatnonzero(np.isin(constraints.apart_left[first:last], records))
    k = np.searchsorted(records, constraints.apart_left[inside])
    m = np.searchsorted(records, constraints.apart_right[inside])
    apart[np.minimum(k, m), np.maximum(k, m)] = constraints.apart_reason[inside]
    # What an analyst joined is one person, whatever the records say.
    apart[np.minimum(left, right)[is_analyst], np.maximum(left, right)[is_analyst]] = 0
    return np.maximum(apart, apart.T)


def _ties(left: Positions, right: Positions, edges: Edges, apart: npt.NDArray[np.int8], margin: float) -> Mask:
    """Edges of a record that another, about equally heavy edge of it contradicts: nobody can tell which is right."""
    weight = np.full(apart.shape, -np.inf)
    weight[left, right] = weight[right, left] = edges.weight
    tied = np.zeros(len(left), dtype=bool)
    for row in np.flatnonzero(~edges.is_analyst):
        for shared, other in ((left[row], right[row]), (right[row], left[row])):
            rivals = weight[shared][apart[other] > 0]
            tied[row] |= bool((np.abs(rivals - edges.weight[row]) < margin).any())
    return tied
