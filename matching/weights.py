"""How many bits does a level weigh? log2(m/u), never falling from level to level, in whole grains.

Grains make every sum of bars exact in any order.
"""

from __future__ import annotations

import numpy as np

from matching.arrays import Bits, Levels

#: Weights are whole multiples of this many bits.
BIT_GRAIN = 1 / 1024


def round_bits(bits: Bits | np.float64 | float) -> Bits:
    """To the grain in which weights are counted."""
    return np.asarray(np.round(np.asarray(bits) / BIT_GRAIN) * BIT_GRAIN, dtype=np.float64)


def level_weights(m: Bits, u: Bits) -> Bits:
    """log2(m/u) per level; neighbours out of order are pooled (pool adjacent violators). Index 0: missing, weight 0."""
    pools: list[tuple[float, float, int]] = []
    for share_m, share_u in zip(m, u, strict=True):
        pool = (float(share_m), float(share_u), 1)
        while pools and pools[-1][0] * pool[1] > pool[0] * pools[-1][1]:
            before = pools.pop()
            pool = (before[0] + pool[0], before[1] + pool[1], before[2] + pool[2])
        pools.append(pool)
    bits = [np.log2(a / b) for a, b, n_levels in pools for _ in range(n_levels)]
    return round_bits(np.array([0.0, *bits]))


def sum_of_weights(levels: Levels, weights: list[Bits]) -> Bits:
    """Weight of each pattern without the prior."""
    total = np.zeros(len(levels))
    for number, table in enumerate(weights):
        total += table[levels[:, number].astype(np.int64) + 1]
    return total


def probability_of(bits: Bits) -> Bits:
    """Bits of odds as a probability."""
    return np.asarray(1 / (1 + np.exp2(-np.clip(bits, -500, 500))))
