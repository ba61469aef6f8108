"""Why may this pair not be joined? The path of pairs that leads from one record to another it must stay apart from.

A few contradictions a night, each a breadth-first walk inside one cluster.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pandas as pd

from matching.arrays import Codes, Objects, Positions
from matching.clustering import (
    DIFFERENT_NUMBERS,
    NEGATIVE_JUDGEMENT,
    NUMBERS_JOINED,
    REASONS,
    Clusters,
    Edges,
    components,
)
from matching.grading import AGAINST, POSITIVE
from matching.results import Pairs

_COLUMNS = ["unique_id_l", "unique_id_r", "reason", "path"]
Path = tuple[int, ...]


def conflicts(edges: Edges, clusters: Clusters, pairs: Pairs, number: Codes, ids: Objects) -> pd.DataFrame:
    """unique_id_l, unique_id_r, reason, path, sorted: what the clusters left out, and what people said that cannot
    all be true.

    number: `bridged_numbers`. path: ids from one record that must stay apart to the other, through the pair in
    question, joined by spaces; '' where the reason needs none. Where every step of the path is an analyst's, the
    negative judgement at its ends is a conflict too: nobody can tell which of them is wrong.
    """
    out = np.flatnonzero(clusters.left_out)
    against = _Against(edges, clusters, pairs, number)
    rows: list[tuple[int, int, int, Path]] = []
    for row in out:
        left, right, reason = int(edges.left[row]), int(edges.right[row]), int(clusters.left_out[row])
        path = against.path(left, right, reason)
        rows.append((left, right, reason, path))
        if reason == NEGATIVE_JUDGEMENT and edges.is_analyst[row] and against.is_by_analysts(path, left, right):
            rows.append((*sorted((path[0], path[-1])), reason, path))  # type: ignore[arg-type]
    rows += _joined_numbers(pairs, number)
    found = pd.DataFrame(
        [(ids[left], ids[right], REASONS[reason], " ".join(ids[list(path)])) for left, right, reason, path in rows],
        columns=_COLUMNS,
        dtype=object,
    )
    return found.drop_duplicates(_COLUMNS[:2]).sort_values(_COLUMNS[:2], ignore_index=True)


class _Against:
    """Looks for the two records that a left-out pair would bring together, and for the way between them."""

    def __init__(self, edges: Edges, clusters: Clusters, pairs: Pairs, number: Codes) -> None:
        self.label, self.number = clusters.label, number
        out = np.flatnonzero(clusters.left_out)
        concerned = np.unique(self.label[np.concatenate([edges.left[out], edges.right[out]])])
        held = np.flatnonzero((clusters.left_out == 0) & np.isin(self.label[edges.left], concerned))
        self.ways = neighbours(edges.left[held], edges.right[held])
        by_analyst = held[edges.is_analyst[held]]
        self.said = set(zip(edges.left[by_analyst].tolist(), edges.right[by_analyst].tolist(), strict=True))
        negative = np.flatnonzero(np.isin(pairs.judgement, AGAINST))
        self.negative = [(int(a), int(b)) for a, b in zip(pairs.left[negative], pairs.right[negative], strict=True)]
        members = np.flatnonzero(np.isin(self.label, concerned))
        self.members: dict[int, list[int]] = {}
        for record in members.tolist():
            self.members.setdefault(int(self.label[record]), []).append(record)

    def path(self, left: int, right: int, reason: int) -> Path:
        """From a record on the left's side to one on the right's that it must stay apart from; empty when unknown."""
        for a, b in self._opponents(left, right, reason):
            return (*walk(self.ways, a, left), *walk(self.ways, right, b))
        return ()

    def is_by_analysts(self, path: Path, left: int, right: int) -> bool:
        """Whether people said every step of the path but the one from left to right."""
        steps = [(min(a, b), max(a, b)) for a, b in pairwise(path)]
        return bool(path) and all(step in self.said or step == (min(left, right), max(left, right)) for step in steps)

    def _opponents(self, left: int, right: int, reason: int) -> list[tuple[int, int]]:
        sides = int(self.label[left]), int(self.label[right])
        if reason == NEGATIVE_JUDGEMENT:
            both = [*self.negative, *((b, a) for a, b in self.negative)]
            return [(a, b) for a, b in both if (int(self.label[a]), int(self.label[b])) == sides]
        if reason != DIFFERENT_NUMBERS:
            return []
        here, there = ([r for r in self.members[side] if self.number[r] >= 0] for side in sides)
        return [(a, b) for a in here for b in there if self.number[a] != self.number[b]]


def _joined_numbers(pairs: Pairs, number: Codes) -> list[tuple[int, int, int, Path]]:
    """Positive judgements that taken together make one person of two valid numbers, though nobody saw those two."""
    said = np.flatnonzero(pairs.judgement == POSITIVE)
    left, right = pairs.left[said], pairs.right[said]
    group = components(len(number), left, right)
    inside = np.unique(np.concatenate([left, right]))
    inside = inside[number[inside] >= 0]
    first = pd.DataFrame({"group": group[inside], "number": number[inside], "record": inside})
    first = first.drop_duplicates(["group", "number"])
    crowd = first[first.duplicated("group", keep=False)]
    ways = neighbours(left, right)
    rows = []
    for _, records in crowd.groupby("group")["record"]:
        a, *others = (int(record) for record in records)
        rows += [(a, b, NUMBERS_JOINED, walk(ways, a, b)) for b in others]
    return rows


def neighbours(left: Positions, right: Positions) -> Mapping[int, list[int]]:
    """The records that pairs lead to from each record, in order."""
    ways: dict[int, list[int]] = {}
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        ways.setdefault(a, []).append(b)
        ways.setdefault(b, []).append(a)
    return {record: sorted(others) for record, others in ways.items()}


def walk(ways: Mapping[int, list[int]], start: int, end: int) -> Path:
    """A shortest way from record to record, both included."""
    came_from: dict[int, int] = {start: start}
    queue = deque([start])
    while queue and end not in came_from:
        here = queue.popleft()
        for other in ways.get(here, []):
            if other not in came_from:
                came_from[other] = here
                queue.append(other)
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return tuple(reversed(path))
