"""Comparison patterns drawn from known shares, for tests of what learning finds: no records, no names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.arrays import Bits, Levels, Mask
from matching.spec import load_spec
from matching.vectors import Patterns

SPEC = load_spec()
NAMES = SPEC.names()
#: Shares of levels among links and among random pairs, unlike what the baseline believes.
LINKS = {
    "name": {"one_of_many": 0.1, "same_reading": 0.3, "exact": 0.6},
    "sex": {"different": 0.03, "same": 0.97},
    "place": {"other_area": 0.3, "same_area": 0.4, "same_township": 0.3},
    "employer": {"different": 0.6, "near": 0.1, "region_missing": 0.1, "same_region": 0.1, "equal": 0.1},
    "home": {"different": 0.6, "other_house": 0.1, "similar": 0.1, "same": 0.2},
}
OTHERS = {
    "sex": {"different": 0.5, "same": 0.5},
    "place": {"other_area": 0.3, "same_area": 0.6, "same_township": 0.1},
    "employer": {"different": 0.99, "near": 0.006, "region_missing": 0.002, "same_region": 0.001, "equal": 0.001},
    "home": {"different": 0.975, "other_house": 0.012, "similar": 0.011, "same": 0.002},
}
N_LINKS = 600
N_POSSIBLE = 4_000_000


@dataclass(frozen=True)
class Simulated:
    """Patterns of candidates with their truth, and of random pairs."""

    candidates: Patterns
    is_link: Mask
    random: Patterns


def table(name: str, shares: dict[str, float]) -> Bits:
    """Shares of all levels of a comparison, adding up to 1."""
    return np.array([shares.get(level.name, 0.0) for level in SPEC.comparison(name).levels]) / sum(shares.values())


def patterns_of(levels: Levels) -> Patterns:
    distinct, of_pair = np.unique(levels, axis=0, return_inverse=True)
    return Patterns(distinct, of_pair.ravel())


def draw(random: np.random.Generator, n: int, shares: dict[str, dict[str, float]]) -> Levels:
    levels = np.full((n, len(NAMES)), -1, dtype=np.int8)
    for name, of_level in shares.items():
        p = table(name, of_level)
        levels[:, NAMES.index(name)] = random.choice(len(p), size=n, p=p)
    return levels


def simulate(seed: int) -> Simulated:
    """600 links and the namesakes that blocking brings in, out of four million pairs."""
    random = np.random.default_rng(seed)
    by_chance = {level.name: level.u for level in SPEC.comparison("name").levels}
    met = dict(list(by_chance.items())[SPEC.comparison("name").level("one_missing") :])
    n_met = round(N_POSSIBLE * sum(met.values()) / sum(by_chance.values()))
    links = draw(random, N_LINKS, LINKS)
    others = draw(random, n_met, OTHERS | {"name": met})
    is_link = np.arange(len(links) + len(others)) < len(links)
    unrelated = draw(random, 300_000, OTHERS | {"name": by_chance})
    return Simulated(patterns_of(np.vstack([links, others])), is_link, patterns_of(unrelated))
