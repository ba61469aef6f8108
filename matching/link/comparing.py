"""Which rows of two tables may meet, and what do their pairs teach? The engine makes and compares them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import Positions
from matching.blocking import Meeting
from matching.engine import ComparedPairs, KeptPairs
from matching.link.guards import forbidden
from matching.link.spec import LinkSpec
from matching.link.tables import Tables
from matching.scoring import Scores
from matching.training import Model, random_positions, train
from matching.vectors import Vectors


def meeting_of(tables: Tables) -> Meeting:
    """Rows of the left table with rows of the right one; all rows of the one table with one another."""
    is_left = np.arange(tables.n_rows) < tables.n_left
    return Meeting(is_left, is_left if tables.is_one else ~is_left)


def learn(compared: ComparedPairs, vectors: Vectors, tables: Tables, spec: LinkSpec) -> Model:
    """m and the prior from the candidate pairs, u from random ones."""
    n_left, n_right = tables.n_left, tables.n_rows - tables.n_left
    n_possible = tables.n_rows * (tables.n_rows - 1) // 2 if tables.is_one else n_left * n_right
    n_records = tables.n_rows if tables.is_one else min(n_left, n_right)
    random = vectors.patterns(*_random_pairs(tables, spec))
    is_ruled_out = forbidden(compared.levels, spec)
    return train(compared.counts, is_ruled_out, random, n_possible, n_records, spec)


def _random_pairs(tables: Tables, spec: LinkSpec) -> tuple[Positions, Positions]:
    """Seeded draws among all possible pairs; each possible pair once where that is fewer."""
    n_rows, n_left = tables.n_rows, tables.n_left
    if tables.is_one:
        if n_rows * (n_rows - 1) // 2 <= spec.n_random_pairs:
            left, right = np.triu_indices(n_rows, k=1)
            return left.astype(np.int64), right.astype(np.int64)
        return random_positions(n_rows, np.arange(n_rows), spec)
    n_right = n_rows - n_left
    if n_left * n_right <= spec.n_random_pairs:
        return np.repeat(np.arange(n_left), n_right), n_left + np.tile(np.arange(n_right), n_left)
    generator = np.random.default_rng(spec.seed)
    left = generator.integers(0, n_left, spec.n_random_pairs)
    return left, n_left + generator.integers(0, n_right, spec.n_random_pairs)


@dataclass(frozen=True)
class Weighed:
    """Pairs worth keeping with their scores. expected_links: sum of probabilities over all candidate pairs."""

    pairs: KeptPairs
    scores: Scores
    expected_links: float
