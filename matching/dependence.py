"""What do two different people share for one and the same reason? A family its telephone, house and shop.

Adding the bits of each as if they were independent makes relatives look like one person. A shared cause is a share of
all pairs of different people who agree on some comparisons as often as one person's records do. What such a group of
comparisons says together is then worth no more than the cause is rare: the bar `mw_dependence` takes the rest away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from matching.arrays import Bits, Levels
from matching.engine_spec import EngineComparison, EngineSpec, SharedCause
from matching.weights import level_weights, round_bits, sum_of_weights


@dataclass(frozen=True)
class Cause:
    """A shared cause as learned.

    share: among pairs of different people. n_pairs: how many of the candidates are expected to be such pairs.
    u: shares of levels among them, for comparisons with a table of their own. weights: bits per comparison and
    level + 1 against such a pair; all 0 where the cause is shared.
    """

    name: str
    share: float
    n_pairs: float
    u: Mapping[str, Bits]
    weights: list[Bits]


def believed_causes(m: list[Bits], u: list[Bits], spec: EngineSpec) -> tuple[Cause, ...]:
    """The causes of a specification before any pair is seen."""
    found = (Cause(cause.name, cause.share, 0.0, {}, []) for cause in spec.shared_causes)
    return tuple(weighed(cause, m, u, spec) for cause in found)


def weighed(
    cause: Cause, m: list[Bits], u: list[Bits], spec: EngineSpec, seen: Mapping[str, Bits] | None = None
) -> Cause:
    """The cause with its tables and weights brought up to these m and u; seen: pairs of the cause per level."""
    believed = spec.shared_cause(cause.name)
    tables = {
        comparison.name: _own_table(believed, comparison, u[number], None if seen is None else seen[comparison.name])
        for number, comparison in enumerate(spec.comparisons)
        if comparison.name in believed.levels
    }
    weights = [
        np.zeros(len(m[number]) + 1)
        if name in believed.shares
        else level_weights(m[number], tables.get(name, u[number]))
        for number, name in enumerate(spec.names())
    ]
    return replace(cause, u=tables, weights=weights)


def _own_table(cause: SharedCause, comparison: EngineComparison, u: Bits, seen: Bits | None) -> Bits:
    """u under the cause: its own for the levels that it names, that of all pairs for the others."""
    of_level = cause.levels[comparison.name]
    believed = np.array([of_level.get(level.name, 0.0) for level in comparison.levels])
    is_named = believed > 0
    mass = cause.strength * believed / believed.sum() + (0 if seen is None else seen * is_named)
    return np.asarray(np.where(is_named, mass / mass.sum() * (1 - u[~is_named].sum()), u))


def explained_bits(levels: Levels, weights: list[Bits], causes: tuple[Cause, ...]) -> list[Bits]:
    """Per cause and pattern: bits of the sum of weights that the cause accounts for as well."""
    return [sum_of_weights(levels, [a - b for a, b in zip(weights, c.weights, strict=True)]) for c in causes]


def dependence_bits(explained: list[Bits], causes: tuple[Cause, ...]) -> Bits:
    """The bar: -log2 of how much likelier different people are to look so than if everything were independent.

    weight = log2 of m over the mixture of unrelated pairs and of each cause's pairs. Every term of the mixture has
    weights that never fall with the level, so neither does their sum.
    """
    return round_bits(-np.log2(_mixture(explained, causes)))


def cause_shares(explained: list[Bits], causes: tuple[Cause, ...]) -> list[Bits]:
    """Of pairs of different people with each pattern, the share that each cause accounts for."""
    if not causes:
        return []
    whole = _mixture(explained, causes)
    return [cause.share * np.exp2(bits) / whole for cause, bits in zip(causes, explained, strict=True)]


def _mixture(explained: list[Bits], causes: tuple[Cause, ...]) -> Bits:
    unrelated = np.full(len(explained[0]), 1 - sum(cause.share for cause in causes))
    for cause, bits in zip(causes, explained, strict=True):
        unrelated += cause.share * np.exp2(bits)
    return unrelated
