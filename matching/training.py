"""How are m, u and the prior learned? u from random pairs, m and the prior by EM on pattern counts.

The expectation step uses the final model's own prior over all possible pairs, so that what blocking selected
(namesakes above all) is not mistaken for links.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import Bits, Codes, Levels, Mask
from matching.engine_spec import EngineSpec
from matching.vectors import Patterns

_MAX_ITERATIONS = 200
_SMALL_STEP = 1e-7
#: Weights are whole multiples of this many bits: sums of bars are then exact in any order.
BIT_GRAIN = 1 / 1024


@dataclass(frozen=True)
class Model:
    """m and u per comparison and level, weights in bits per comparison and level + 1 (index 0: missing, weight 0)."""

    m: list[Bits]
    u: list[Bits]
    weights: list[Bits]
    probability_two_random_records_match: float

    @property
    def prior_bits(self) -> float:
        """log2 of the prior odds."""
        p = self.probability_two_random_records_match
        return float(round_bits(np.log2(p / (1 - p))))


def round_bits(bits: Bits | np.float64 | float) -> Bits:
    """To the grain in which weights are counted."""
    return np.asarray(np.round(np.asarray(bits) / BIT_GRAIN) * BIT_GRAIN, dtype=np.float64)


def train(
    candidates: Patterns, is_ruled_out: Mask, random: Patterns, n_possible: int, n_members: int, spec: EngineSpec
) -> Model:
    """Learn a model.

    Args:
        candidates: patterns of the candidate pairs. random: patterns of pairs drawn at random.
        is_ruled_out: patterns that a guard forbids; they are no links and teach nothing about links.
        n_possible: number of pairs that could have been made. n_members: member-side records.
    """
    n_possible = max(n_possible, 1)
    expected = min(spec.links_per_record * max(n_members, 1), n_possible / 2)
    prior = expected / n_possible
    m = [np.array([level.m for level in c.levels]) / sum(level.m for level in c.levels) for c in spec.comparisons]
    u = [np.array([level.u for level in c.levels]) / sum(level.u for level in c.levels) for c in spec.comparisons]
    u = _chance(random, m, u, prior, n_possible, spec)
    counts = candidates.counts() * ~is_ruled_out
    for _ in range(_MAX_ITERATIONS):
        posterior = counts * _posterior(candidates.levels, m, u, prior)
        learned = [_learned_m(candidates.levels[:, c], posterior, spec, c) for c in range(len(m))]
        total = (posterior.sum() + spec.prior_strength * expected) / (1 + spec.prior_strength)
        step = max(float(np.abs(new - old).max()) for new, old in zip(learned, m, strict=True))
        m, prior = learned, min(max(total, 0.5) / n_possible, 0.5)
        u = _chance(random, m, u, prior, n_possible, spec)
        if step < _SMALL_STEP:
            break
    return Model(m, u, [_weights(a, b) for a, b in zip(m, u, strict=True)], float(prior))


def sum_of_weights(levels: Levels, weights: list[Bits]) -> Bits:
    """Weight of each pattern without the prior."""
    total = np.zeros(len(levels))
    for number, table in enumerate(weights):
        total += table[levels[:, number].astype(np.int64) + 1]
    return total


def _posterior(levels: Levels, m: list[Bits], u: list[Bits], prior: float) -> Bits:
    bits = sum_of_weights(levels, [_weights(a, b) for a, b in zip(m, u, strict=True)]) + np.log2(prior / (1 - prior))
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -500, 500))))


def _learned_m(levels: Levels, posterior: Bits, spec: EngineSpec, number: int) -> Bits:
    """m of one comparison. Levels that a guard rules out keep what is believed: they were not asked (see `train`)."""
    comparison = spec.comparisons[number]
    believed = np.array([level.m for level in comparison.levels])
    believed = believed / believed.sum()
    asked = ~np.array(spec.levels_ruled_out(comparison))
    mass = (_level_sums(levels, posterior, len(believed)) + spec.m_strength * believed)[asked]
    learned = believed.copy()
    learned[asked] = believed[asked].sum() * mass / mass.sum()
    return np.asarray(learned)


def _chance(
    random: Patterns, m: list[Bits], u: list[Bits], prior: float, n_possible: int, spec: EngineSpec
) -> list[Bits]:
    """u per comparison: shares among random pairs, less the links that are among them, with the beliefs weighing in."""
    counts = random.counts().astype(np.float64)
    # A draw of more pairs than exist repeats itself: it counts for what exists.
    counts *= min(1.0, n_possible / max(counts.sum(), 1.0))
    links = prior
    if spec.weighs_random_links:
        counts, links = counts * (1 - _posterior(random.levels, m, u, prior)), 0.0
    chance = []
    for number, comparison in enumerate(spec.comparisons):
        believed = np.array([level.u for level in comparison.levels])
        believed = believed / believed.sum()
        if not comparison.is_u_fixed:
            seen = _level_sums(random.levels[:, number], counts, len(believed))
            unlinked = np.maximum(seen - links * seen.sum() * m[number], 0)
            mass = unlinked + spec.u_strength * believed
            believed = mass / mass.sum()
        chance.append(believed)
    return chance


def _level_sums(levels: Levels, weights: Bits, n_levels: int) -> Bits:
    sums = np.bincount(levels.astype(np.int64) + 1, weights=weights, minlength=n_levels + 1)
    return np.asarray(sums[1:], dtype=np.float64)


def _weights(m: Bits, u: Bits) -> Bits:
    """log2(m/u) per level, never falling: neighbours out of order are pooled. Index 0 is missing: no weight."""
    pools: list[tuple[float, float, int]] = []
    for share_m, share_u in zip(m, u, strict=True):
        pool = (float(share_m), float(share_u), 1)
        while pools and pools[-1][0] * pool[1] > pool[0] * pools[-1][1]:
            before = pools.pop()
            pool = (before[0] + pool[0], before[1] + pool[1], before[2] + pool[2])
        pools.append(pool)
    bits = [np.log2(a / b) for a, b, n_levels in pools for _ in range(n_levels)]
    return round_bits(np.array([0.0, *bits]))


def random_positions(n_records: int, members: Codes, spec: EngineSpec) -> tuple[Codes, Codes]:
    """Seeded draws of pairs with a member-side record, never a record with itself; with repetition."""
    if not len(members) or n_records < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    generator = np.random.default_rng(spec.seed)
    left = members[generator.integers(0, len(members), spec.n_random_pairs)]
    right = generator.integers(0, n_records - 1, spec.n_random_pairs)
    return left, right + (right >= left)
