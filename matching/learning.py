"""From records to a model: compare all candidates and seeded random pairs, then learn. Nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.model import MEMBER_SIDE
from matching.arrays import Mask, Positions
from matching.blocking import candidate_pairs
from matching.grading import any_guard
from matching.normalise import normalise
from matching.spec import MatchSpec
from matching.term_frequency import Frequencies
from matching.training import Answers, Beliefs, Model, random_positions, train
from matching.vectors import Patterns, Vectors


@dataclass(frozen=True)
class Compared:
    """Records in order of unique_id, their candidate pairs (positions, left before right) and patterns."""

    normalised: pd.DataFrame
    left: Positions
    right: Positions
    patterns: Patterns
    vectors: Vectors

    def is_ruled_out(self, spec: MatchSpec) -> Mask:
        """Per pattern: does a guard forbid the pair?"""
        return any_guard(spec.never_certain_when, self.patterns.levels, spec)


def compare_records(records: pd.DataFrame, spec: MatchSpec) -> Compared:
    """Steps 3 to 5 on PERSON_RECORDS. Raises TooManyPairs."""
    normalised = normalise(records.sort_values("unique_id", ignore_index=True))
    candidates = candidate_pairs(normalised, spec)
    vectors = Vectors(normalised, spec)
    patterns = vectors.patterns(candidates.left, candidates.right)
    return Compared(normalised, candidates.left, candidates.right, patterns, vectors)


def learn(
    patterns: Patterns,
    vectors: Vectors,
    normalised: pd.DataFrame,
    spec: MatchSpec,
    answers: Answers | None = None,
    beliefs: Beliefs | None = None,
) -> Model:
    """The model of these records; patterns: those of the candidate pairs alone."""
    members = np.flatnonzero(normalised["kind"].isin(MEMBER_SIDE).to_numpy())
    random = vectors.patterns(*random_positions(len(normalised), members, spec))
    is_ruled_out = any_guard(spec.never_certain_when, patterns.levels, spec)
    n_possible = n_possible_pairs(normalised)
    model = train(patterns, is_ruled_out, random, n_possible, len(members), spec, answers, beliefs)
    return replace(model, frequencies=count_frequencies(normalised, spec))


def first_pairs(patterns: Patterns, n_pairs: int) -> Patterns:
    """The candidates alone: pairs that were only judged stand behind them and teach a model nothing."""
    distinct, of_pair = np.unique(patterns.of_pair[:n_pairs], return_inverse=True)
    return Patterns(patterns.levels[distinct], of_pair)


def n_possible_pairs(normalised: pd.DataFrame) -> int:
    """Pairs with a member-side record."""
    n_members = int(normalised["kind"].isin(MEMBER_SIDE).sum())
    return n_members * (len(normalised) - n_members) + n_members * (n_members - 1) // 2


def count_frequencies(normalised: pd.DataFrame, spec: MatchSpec) -> dict[str, Frequencies]:
    """How often each value occurs, for the comparisons that credit rarity."""
    return {
        comparison.name: Frequencies.of(normalised[comparison.term_frequency], spec.term_frequency_floor)
        for comparison in spec.comparisons
        if comparison.term_frequency is not None
    }
