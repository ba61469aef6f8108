"""Which of the weighed pairs are links? A threshold, said or chosen; then partners one to one, or groups."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.arrays import Bits, Codes, Mask, Positions
from matching.blocking import join_codes
from matching.link.comparing import Compared, Weighed, score
from matching.link.grouping import group_rows
from matching.link.one_to_one import assign
from matching.link.spec import LinkSpec
from matching.link.tables import Tables
from matching.scoring import Scores, match_probability
from matching.training import Model
from matching.vectors import Patterns, Vectors


@dataclass(frozen=True)
class Run:
    """What weighs any pair of rows of a run."""

    tables: Tables
    spec: LinkSpec
    vectors: Vectors
    model: Model

    def score(self, left: Positions, right: Positions) -> tuple[Patterns, Scores]:
        """Patterns and weights of any pairs of rows."""
        patterns = self.vectors.patterns(left, right)
        return patterns, score(left, right, patterns, self.model, self.tables, self.spec)


@dataclass(frozen=True)
class Decided:
    """Pairs with their scores, which of them are links, and the threshold in bits; group of each row of one table."""

    pairs: Compared
    scores: Scores
    is_link: Mask
    threshold: float
    group: Codes | None


def decide(weighed: Weighed, run: Run) -> Decided:
    """Decide every pair of a run."""
    return _groups(weighed, run) if run.tables.is_one else _partners(weighed, run)


def _partners(weighed: Weighed, run: Run) -> Decided:
    pairs, weight = weighed.pairs, weighed.scores.match_weight
    able, expected = np.ones(len(weight), dtype=bool), weighed.expected_links
    if run.spec.one_to_one:
        left, right = pairs.left.astype(np.int64), pairs.right.astype(np.int64)
        able = assign(left, right, weight, len(run.tables.ids), run.spec.review_threshold)
        expected = float(match_probability(weight[able]).sum())
    threshold = _threshold(weight[able], expected, run.spec)
    return Decided(pairs, weighed.scores, able & (weight >= threshold), threshold, None)


def _groups(weighed: Weighed, run: Run) -> Decided:
    pairs, weight = weighed.pairs, weighed.scores.match_weight
    threshold = _threshold(weight, weighed.expected_links, run.spec)
    left, right = pairs.left.astype(np.int64), pairs.right.astype(np.int64)
    group = group_rows(
        len(run.tables.ids),
        (left, right, weight),
        threshold,
        run.spec.break_threshold,
        lambda a, b: run.score(a, b)[1].match_weight,
    )
    a, b = _unmade(group, left, right)
    patterns, scores = run.score(a, b)
    every = _with(pairs, a, b, patterns, len(run.spec.blocking))
    bars = {
        name: np.concatenate([bar, scores.term_frequency[name]]) for name, bar in weighed.scores.term_frequency.items()
    }
    both = Scores(np.concatenate([weight, scores.match_weight]), bars)
    return Decided(every, both, group[every.left] == group[every.right], threshold, group)


def _threshold(weight: Bits, expected_links: float, spec: LinkSpec) -> float:
    """As said; else the weight at which as many pairs are links as their probabilities add up to.

    Among these as many are expected to be wrong as links are missed: expected precision equals expected recall.
    """
    if spec.link_threshold is not None:
        return spec.link_threshold
    n_links = min(math.ceil(expected_links), len(weight))
    if n_links == 0:
        return max(spec.review_threshold, float(weight.max(initial=0.0)) + 1.0)
    rank = len(weight) - n_links
    return max(spec.review_threshold, float(np.partition(weight, rank)[rank]))


def _unmade(group: Codes, left: Positions, right: Positions) -> tuple[Positions, Positions]:
    """Pairs of rows of one group that are not among the pairs weighed."""
    crowd = np.flatnonzero(np.bincount(group, minlength=len(group))[group] > 2)
    a, b = join_codes(group[crowd], group[crowd])
    a, b = crowd[a[a < b]], crowd[b[a < b]]
    new = ~np.isin(a * len(group) + b, left * len(group) + right)
    return a[new], b[new]


def _with(pairs: Compared, left: Positions, right: Positions, patterns: Patterns, rule: int) -> Compared:
    """The pairs, and more behind them."""
    levels = np.concatenate([pairs.patterns.levels, patterns.levels])
    of_pair = np.concatenate([pairs.patterns.of_pair, patterns.of_pair + len(pairs.patterns.levels)])
    return Compared(
        np.concatenate([pairs.left, left.astype(np.int32)]),
        np.concatenate([pairs.right, right.astype(np.int32)]),
        np.concatenate([pairs.rule, np.full(len(left), rule, dtype=np.int16)]),
        Patterns(levels, of_pair),
    )


def clusters_of(group: Codes, tables: Tables) -> pd.DataFrame:
    """id and cluster of each row; a cluster is named by its smallest id."""
    return pd.DataFrame({"id": tables.ids, "cluster": tables.ids[group]}, dtype=object)
