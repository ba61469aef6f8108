"""Who must stay apart although certain pairs connect them? Every pair inside a component is looked at, also those that
no blocking rule made: what speaks against a match is rarely a shared key.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.values.coded import Coded
from matching.arrays import Bits, Codes, Mask, Positions, distinct_pairs, encode
from matching.clustering import (
    DIFFERENT_NUMBERS,
    EVIDENCE_AGAINST,
    NEGATIVE_JUDGEMENT,
    SAME_SOURCE,
    Apart,
    Edges,
    components,
)
from matching.grading import AGAINST, POSITIVE, any_guard
from matching.joins import join_equal
from matching.results import Pairs
from matching.scoring import Scorer
from matching.spec import MatchSpec
from matching.vectors import Vectors


@dataclass(frozen=True)
class Scored:
    """What is needed to weigh any pair of records of a run."""

    normalised: pd.DataFrame
    vectors: Vectors
    scorer: Scorer
    spec: MatchSpec


def pairs_apart(pairs: Pairs, edges: Edges, scored: Scored, source: Codes) -> Apart:
    """Pairs that must not be one person: judged negative, two valid numbers, two rows of a source, evidence against.

    source: code per record of a source that promises one row a person, -1 for others; two rows of it belong together
    only by a certain pair of their own.
    """
    left, right = _inside(len(scored.normalised), edges)
    is_forbidden, is_second_row, evidence = _weigh(left, right, scored)
    number = bridged_numbers(pairs, scored.normalised)
    is_same_number = (number[left] == number[right]) & (number[left] >= 0)
    is_twice = (source[left] == source[right]) & (source[left] >= 0) & ~_is_edge(left, right, edges, len(source))
    group = _joined_by_analysts(pairs, len(source))
    evidence = _overruled(group[left], group[right], evidence)
    reason = np.zeros(len(left), dtype=np.int64)
    reason[(evidence < scored.spec.break_threshold) & ~is_same_number] = EVIDENCE_AGAINST
    reason[is_twice | is_second_row] = SAME_SOURCE
    reason[is_forbidden & ~is_same_number] = DIFFERENT_NUMBERS
    # What analysts joined, if only through a third record, is one person whatever the records say.
    found = np.flatnonzero((reason > 0) & (group[left] != group[right]))
    negative = np.flatnonzero(np.isin(pairs.judgement, AGAINST))
    return Apart(
        np.concatenate([pairs.left[negative], left[found]]),
        np.concatenate([pairs.right[negative], right[found]]),
        np.concatenate([np.full(len(negative), NEGATIVE_JUDGEMENT), reason[found]]),
    )


def _inside(n_records: int, edges: Edges) -> tuple[Positions, Positions]:
    """All pairs of records of one component, for components of three and more (two are joined by their own pair)."""
    label = components(n_records, edges.left, edges.right)
    size = np.bincount(label, minlength=n_records)[label]
    crowd = np.flatnonzero(size > 2)
    left, right = join_equal(label[crowd], label[crowd])
    once = left < right
    return crowd[left[once]], crowd[right[once]]


def _weigh(left: Positions, right: Positions, scored: Scored) -> tuple[Mask, Mask, Bits]:
    """Does a guard forbid the pair, are they two people of one list, and how much speaks for them (bits, no prior)?"""
    patterns = scored.vectors.patterns(left, right)
    scores = scored.scorer.score(left, right, patterns)
    is_forbidden, are_two, are_one = (
        any_guard(guards, patterns.levels, scored.spec)[patterns.of_pair]
        for guards in (scored.spec.never_certain_when, scored.spec.two_of_one_source_when, scored.spec.same_source_when)
    )
    codes, _ = encode(scored.normalised["source"])
    is_second_row = are_two & ~are_one & (codes[left] == codes[right])
    return is_forbidden, is_second_row, scores.match_weight - scored.scorer.prior_bits


def _joined_by_analysts(pairs: Pairs, n_records: int) -> Codes:
    """Group of each record under the positive judgements."""
    positive = pairs.judgement == POSITIVE
    return components(n_records, pairs.left[positive], pairs.right[positive])


def _overruled(left: Codes, right: Codes, evidence: Bits) -> Bits:
    """Evidence between groups that analysts joined: the best of all pairs between two of them.

    Whoever said that a record is a person overruled what its values say against that person's other records as well.
    """
    _, _, which = distinct_pairs(left, right)
    best = np.full(int(which.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(best, which, evidence)
    return np.asarray(best[which])


def _is_edge(left: Positions, right: Positions, edges: Edges, n_records: int) -> Mask:
    return np.isin(left * n_records + right, edges.left * n_records + edges.right)


def bridged_numbers(pairs: Pairs, normalised: pd.DataFrame) -> Codes:
    """Code of the valid identity number per record; numbers that a positive judgement joins count as one."""
    number = Coded.of(normalised["id18"]).where(Coded.of(normalised["sex_settled"]).codes >= 0)
    codes, values = number.codes, number.values
    joined = (pairs.judgement == POSITIVE) & (codes[pairs.left] >= 0) & (codes[pairs.right] >= 0)
    bridged = components(max(len(values), 1), codes[pairs.left[joined]], codes[pairs.right[joined]])
    return np.where(codes >= 0, bridged[codes], -1)
