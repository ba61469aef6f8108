"""Which of the weighed pairs are links? A threshold, said or chosen; then partners one to one, or groups."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.arrays import Bits, Codes, Mask, Positions
from matching.blocking import Rule, first_rule
from matching.engine import KeptPairs
from matching.joins import join_equal
from matching.link.comparing import Weighed
from matching.link.grouping import group_rows
from matching.link.guards import expected_of_guarded, guarded
from matching.link.one_to_one import assign
from matching.link.spec import LinkSpec
from matching.link.tables import Tables
from matching.scoring import Scorer, Scores, match_probability
from matching.vectors import Patterns, Vectors


@dataclass(frozen=True)
class Run:
    """What weighs any pair of rows of a run."""

    tables: Tables
    spec: LinkSpec
    rules: list[Rule]
    vectors: Vectors
    scorer: Scorer

    def score(self, left: Positions, right: Positions) -> tuple[Patterns, Scores]:
        """Patterns and weights of any pairs of rows."""
        patterns = self.vectors.patterns(left, right)
        return patterns, self.scorer.score(left, right, patterns)

    def decided_by(self, left: Positions, right: Positions) -> Bits:
        """What any pairs of rows weigh where they are decided."""
        patterns, scores = self.score(left, right)
        return guarded(scores.match_weight, patterns, self.spec)


@dataclass(frozen=True)
class Decided:
    """Pairs with their scores, which of them are links, and the threshold in bits; group of each row of one table."""

    pairs: KeptPairs
    scores: Scores
    is_link: Mask
    threshold: float
    group: Codes | None


def decide(weighed: Weighed, run: Run) -> Decided:
    """Decide every pair of a run."""
    return _groups(weighed, run) if run.tables.is_one else _partners(weighed, run)


def _decided_by(weighed: Weighed, spec: LinkSpec) -> tuple[KeptPairs, Bits, float]:
    """The pairs, what they weigh where they are decided, and how many links are expected; guards are kept."""
    pairs, weight = weighed.pairs, weighed.scores.match_weight
    expected = weighed.expected_links - expected_of_guarded(weight, pairs.patterns, spec)
    return pairs, guarded(weight, pairs.patterns, spec), expected


def _partners(weighed: Weighed, run: Run) -> Decided:
    pairs, weight, expected = _decided_by(weighed, run.spec)
    able = np.ones(len(weight), dtype=bool)
    if run.spec.one_to_one:
        left, right = pairs.left.astype(np.int64), pairs.right.astype(np.int64)
        able = assign(left, right, weight, run.tables.n_rows, run.spec.review_threshold)
        expected = float(match_probability(weight[able]).sum())
    threshold = _threshold(weight[able], expected, run.spec)
    return Decided(pairs, weighed.scores, able & (weight >= threshold), threshold, None)


def _groups(weighed: Weighed, run: Run) -> Decided:
    pairs, weight, expected = _decided_by(weighed, run.spec)
    threshold = _threshold(weight, expected, run.spec)
    left, right = pairs.left.astype(np.int64), pairs.right.astype(np.int64)
    group = group_rows(
        run.tables.n_rows,
        (left, right, weight),
        threshold,
        run.spec.break_threshold,
        run.decided_by,
    )
    a, b = _unmade(group, left, right)
    patterns, scores = run.score(a, b)
    every = _with(pairs, a, b, patterns, first_rule(run.rules, a, b))
    bars = {
        name: np.concatenate([bar, scores.term_frequency[name]]) for name, bar in weighed.scores.term_frequency.items()
    }
    shared = [part.dependence for part in (weighed.scores, scores) if part.dependence is not None]
    weights = np.concatenate([weighed.scores.match_weight, scores.match_weight])
    both = Scores(weights, bars, np.concatenate(shared) if shared else None)
    return Decided(every, both, group[every.left] == group[every.right], threshold, group)


def _threshold(weight: Bits, expected_links: float, spec: LinkSpec) -> float:
    """As said; else the weight at which as many pairs are links as their probabilities add up to.

    Among these as many are expected to be wrong as links are missed: expected precision equals expected recall.
    weight: of the pairs at or above the review threshold.
    """
    if spec.link_threshold is not None:
        return spec.link_threshold
    n_links = math.ceil(expected_links)
    if not len(weight) or n_links == 0:
        return max(spec.review_threshold, float(weight.max(initial=0.0)) + 1.0)
    if n_links > len(weight):
        return spec.review_threshold
    rank = len(weight) - n_links
    # A pair that a guard forbids stands below the review threshold whatever it weighs.
    return max(spec.review_threshold, float(np.partition(weight, rank)[rank]))


def _unmade(group: Codes, left: Positions, right: Positions) -> tuple[Positions, Positions]:
    """Pairs of rows of one group that are not among the pairs kept."""
    crowd = np.flatnonzero(np.bincount(group, minlength=len(group))[group] > 2)
    a, b = join_equal(group[crowd], group[crowd])
    a, b = crowd[a[a < b]], crowd[b[a < b]]
    new = ~np.isin(a * len(group) + b, left * len(group) + right)
    return a[new], b[new]


def _with(pairs: KeptPairs, left: Positions, right: Positions, patterns: Patterns, rule: Codes) -> KeptPairs:
    """The pairs, and more behind them."""
    return KeptPairs(
        np.concatenate([pairs.left, left.astype(np.int32)]),
        np.concatenate([pairs.right, right.astype(np.int32)]),
        np.concatenate([pairs.rule, rule.astype(np.int32)]),
        pairs.patterns.followed_by(patterns),
    )


def clusters_of(group: Codes, tables: Tables) -> pd.DataFrame:
    """id and cluster of each row; a cluster is named by its smallest id."""
    return pd.DataFrame({"id": tables.ids_at(np.arange(tables.n_rows)), "cluster": tables.ids_at(group)}, dtype=object)
