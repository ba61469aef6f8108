"""What do the candidate pairs look like, and what do they weigh? Chunk by chunk: some twenty bytes a pair are kept.

Pairs that no rarity could lift to the review threshold are dropped once the weights are known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.arrays import Codes, Positions
from matching.link.blocking import Rule, pair_chunks
from matching.link.spec import LinkSpec
from matching.link.tables import Tables
from matching.scoring import Scores, match_probability, score_pairs
from matching.term_frequency import TermFrequency
from matching.training import Model, random_positions, sum_of_weights, train
from matching.vectors import Patterns, Vectors

_Small = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Compared:
    """All candidate pairs: rows, number of the blocking rule, and pattern; of_pair of `patterns` points into levels."""

    left: _Small
    right: _Small
    rule: npt.NDArray[np.int16]
    patterns: Patterns

    def take(self, rows: Positions) -> Compared:
        """Some of the pairs."""
        patterns = Patterns(self.patterns.levels, self.patterns.of_pair[rows])
        return Compared(self.left[rows], self.right[rows], self.rule[rows], patterns)


@dataclass(frozen=True)
class Weighed:
    """Pairs worth keeping with their scores. expected_links: sum of probabilities over all candidate pairs."""

    pairs: Compared
    scores: Scores
    expected_links: float


def compare(rules: list[Rule], vectors: Vectors, tables: Tables) -> Compared:
    """Compare all candidate pairs; only the number of each pair's pattern is kept."""
    parts: list[tuple[_Small, _Small, npt.NDArray[np.int16]]] = []
    packed: list[Codes] = []
    numbers: list[_Small] = []
    n_known = 0
    for rule, left, right in pair_chunks(rules, tables):
        distinct, of_pair = np.unique(vectors.pack(left, right), return_inverse=True)
        parts.append((left.astype(np.int32), right.astype(np.int32), np.full(len(left), rule, dtype=np.int16)))
        packed.append(distinct)
        numbers.append((of_pair + n_known).astype(np.int32))
        n_known += len(distinct)
    # Patterns of one chunk return in others: one number for all.
    every, again = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *packed]), return_inverse=True)
    empty = np.zeros(0, dtype=np.int32)
    of_pair = again.astype(np.int32)[np.concatenate([empty, *numbers])]
    lefts, rights, rules_ = (np.concatenate([empty, *(part[column] for part in parts)]) for column in range(3))
    return Compared(
        lefts.astype(np.int32),
        rights.astype(np.int32),
        rules_.astype(np.int16),
        Patterns(vectors.unpack(every), of_pair.astype(np.int64)),
    )


def learn(compared: Compared, vectors: Vectors, tables: Tables, spec: LinkSpec) -> Model:
    """m and the prior from the candidate pairs, u from random ones."""
    n_rows, n_left = len(tables.ids), tables.n_left
    n_right = n_rows - n_left
    n_possible = n_rows * (n_rows - 1) // 2 if tables.is_one else n_left * n_right
    n_records = n_rows if tables.is_one else min(n_left, n_right)
    random = vectors.patterns(*_random_pairs(tables, spec))
    nothing_ruled_out = np.zeros(len(compared.patterns.levels), dtype=bool)
    return train(compared.patterns, nothing_ruled_out, random, n_possible, n_records, spec)


def _random_pairs(tables: Tables, spec: LinkSpec) -> tuple[Positions, Positions]:
    """Seeded draws among all possible pairs; each possible pair once where that is fewer."""
    n_rows, n_left = len(tables.ids), tables.n_left
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


def weigh(compared: Compared, model: Model, tables: Tables, spec: LinkSpec) -> Weighed:
    """Drop what cannot reach the review threshold, score the rest."""
    weight = sum_of_weights(compared.patterns.levels, model.weights) + model.prior_bits
    hopeful = weight + _most_rarity(model, tables, spec) >= spec.review_threshold
    counts = compared.patterns.counts()
    dropped = float((match_probability(weight[~hopeful]) * counts[~hopeful]).sum())
    kept = compared.take(np.flatnonzero(hopeful[compared.patterns.of_pair]))
    scores = score(kept.left, kept.right, kept.patterns, model, tables, spec)
    return Weighed(kept, scores, dropped + float(match_probability(scores.match_weight).sum()))


def score(
    left: _Small | Positions,
    right: _Small | Positions,
    patterns: Patterns,
    model: Model,
    tables: Tables,
    spec: LinkSpec,
) -> Scores:
    """Weights of any pairs of rows."""
    return score_pairs(left.astype(np.int64), right.astype(np.int64), patterns, model, tables.columns, spec)


def _most_rarity(model: Model, tables: Tables, spec: LinkSpec) -> float:
    """Bits that agreeing on the rarest values of all columns would earn."""
    most = 0.0
    for number, comparison in enumerate(spec.comparisons):
        if comparison.term_frequency is not None:
            top = float(model.u[number][-1])
            column = tables.columns[comparison.term_frequency]
            most += max(TermFrequency(column, top, spec.term_frequency_strength).most, 0.0)
    return most
