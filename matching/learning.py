"""From records to a model: compare all candidates and seeded random pairs, then learn. Nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.model import MEMBER_SIDE
from matching.arrays import Mask, Positions, Small
from matching.blocking import Meeting
from matching.coding import code_columns
from matching.engine import compare_pairs, make_ready
from matching.freezing import rounded
from matching.grading import any_guard
from matching.normalise import normalise
from matching.pair_store import PairStore
from matching.resources import Resources
from matching.spec import MatchSpec
from matching.term_frequency import Frequencies
from matching.training import Answers, Beliefs, Model, random_positions, train
from matching.vectors import CountedPatterns, Patterns, Vectors

#: What a record says; everything that is compared follows from it.
_CONTENT = ("kind", "name", "sex", "id_no", "birth", "mobile", "area", "township", "employer", "home", "join_on")


@dataclass(frozen=True)
class Compared:
    """Records in order of unique_id, their candidate pairs (positions, left before right) and patterns."""

    normalised: pd.DataFrame
    left: Small
    right: Small
    patterns: Patterns
    vectors: Vectors

    def is_ruled_out(self, spec: MatchSpec) -> Mask:
        """Per pattern: does a guard forbid the pair?"""
        return any_guard(spec.never_certain_when, self.patterns.levels, spec)


def compare_records(records: pd.DataFrame, spec: MatchSpec, resources: Resources | None = None) -> Compared:
    """Steps 3 to 5 on PERSON_RECORDS, every candidate pair at hand. Raises TooManyPairs."""
    normalised = normalise(records.sort_values("unique_id", ignore_index=True))
    coded, meeting = code_columns(normalised, spec), Meeting.of_persons(normalised)
    resources = resources or Resources()
    rules, vectors = make_ready(coded, meeting, spec, resources.executor)
    with PairStore(resources) as store:
        pairs = compare_pairs(rules, meeting, vectors, store, resources).every()
    return Compared(normalised, pairs.left, pairs.right, pairs.patterns, vectors)


def learn(
    patterns: CountedPatterns,
    vectors: Vectors,
    normalised: pd.DataFrame,
    spec: MatchSpec,
    answers: Answers | None = None,
    beliefs: Beliefs | None = None,
) -> Model:
    """The model of these records; patterns: those of the candidate pairs, and of no others."""
    order = content_order(normalised)
    members = np.flatnonzero(normalised["kind"].isin(MEMBER_SIDE).to_numpy()[order])
    random = vectors.patterns(*(order[drawn] for drawn in random_positions(len(normalised), members, spec)))
    is_ruled_out = any_guard(spec.never_certain_when, patterns.levels, spec)
    n_possible = n_possible_pairs(normalised)
    model = train(patterns, is_ruled_out, random, n_possible, len(members), spec, answers, beliefs)
    return replace(rounded(model), frequencies=count_frequencies(normalised, spec))


def content_order(normalised: pd.DataFrame) -> Positions:
    """Positions in an order that follows from what the records say.

    Their ids are hashes under the installation's key: drawn by these, random pairs, and with them u, would be others in
    every installation. Records that say the same are interchangeable here.
    """
    hashes = pd.util.hash_pandas_object(normalised[list(_CONTENT)], index=False)
    return np.argsort(hashes.to_numpy(), kind="stable").astype(np.int64)


def n_possible_pairs(normalised: pd.DataFrame) -> int:
    """Pairs with a member-side record."""
    n_members = int(normalised["kind"].isin(MEMBER_SIDE).sum())
    return n_members * (len(normalised) - n_members) + n_members * (n_members - 1) // 2


def columns_learned(spec: MatchSpec) -> set[str]:
    """Columns of the normalised records that learning reads, beside those that are compared."""
    counted = (comparison.term_frequency for comparison in spec.comparisons)
    return {*_CONTENT, *(column for column in counted if column is not None)}


def count_frequencies(normalised: pd.DataFrame, spec: MatchSpec) -> dict[str, Frequencies]:
    """How often each value occurs, for the comparisons that credit rarity."""
    return {
        comparison.name: Frequencies.of(normalised[comparison.term_frequency], spec.term_frequency_floor)
        for comparison in spec.comparisons
        if comparison.term_frequency is not None
    }
