"""How are m, u and the prior learned? u from random pairs, m and the prior by EM on pattern counts.

The expectation step uses the final model's own prior over all possible pairs, so that what blocking selected
(namesakes above all) is not mistaken for links. Pairs that people judged keep their answer instead of a probability.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from matching.arrays import Bits, Codes, Levels, Mask
from matching.dependence import Cause, believed_causes, cause_shares, dependence_bits, explained_bits, weighed
from matching.engine_spec import EngineSpec
from matching.term_frequency import Frequencies
from matching.vectors import CountedPatterns, PatternCounts
from matching.weights import BIT_GRAIN, level_weights, probability_of, round_bits, sum_of_weights

__all__ = ["BIT_GRAIN", "Answers", "Beliefs", "Model", "random_positions", "round_bits", "sum_of_weights", "train"]

_MAX_ITERATIONS = 200
_SMALL_STEP = 1e-7


@dataclass(frozen=True)
class Model:
    """m and u per comparison and level, weights in bits per comparison and level + 1 (index 0: missing, weight 0).

    n_links, n_random: pairs behind each m and u, beliefs not counted. frequencies: by comparison; what a comparison
    lacks here is counted in the records at hand.
    """

    m: list[Bits]
    u: list[Bits]
    weights: list[Bits]
    probability_two_random_records_match: float
    causes: tuple[Cause, ...] = ()
    n_links: list[Bits] = field(default_factory=list)
    n_random: list[Bits] = field(default_factory=list)
    frequencies: Mapping[str, Frequencies] = field(default_factory=dict)

    @property
    def prior_bits(self) -> float:
        """log2 of the prior odds."""
        p = self.probability_two_random_records_match
        return float(round_bits(np.log2(p / (1 - p))))


@dataclass(frozen=True)
class Answers:
    """What people said of candidate pairs: per pattern, how many are one person and how many are not."""

    n_positive: Codes
    n_negative: Codes


@dataclass(frozen=True)
class Beliefs:
    """Where learning starts and what its pseudo-counts pull to: shares per comparison and level, and the prior."""

    m: list[Bits]
    u: list[Bits]
    prior: float


@dataclass(frozen=True)
class _Task:
    """All that stays the same from one step to the next."""

    candidates: PatternCounts
    is_ruled_out: Mask
    answers: Answers
    random: PatternCounts
    n_possible: int
    believed: Beliefs
    spec: EngineSpec


def train(
    candidates: CountedPatterns,
    is_ruled_out: Mask,
    random: CountedPatterns,
    n_possible: int,
    n_members: int,
    spec: EngineSpec,
    answers: Answers | None = None,
    beliefs: Beliefs | None = None,
) -> Model:
    """Learn a model.

    Args:
        candidates: patterns of the candidate pairs. random: patterns of pairs drawn at random.
        is_ruled_out: patterns that a guard forbids; they are no links and teach nothing about links, judged or not.
        n_possible: number of pairs that could have been made. n_members: member-side records.
        answers: what people said of some of the candidates; their part in the learning is their answer. Whether a
            pair was asked about depends on its pattern alone, so the answers need no weights: a pair not asked about
            counts by its probability, and no pair counts twice.
        beliefs: where to start and what to shrink to, if not the specification's.
    """
    n_possible = max(n_possible, 1)
    nobody = np.zeros(len(candidates.levels), dtype=np.int64)
    believed = beliefs or _believed(n_possible, n_members, spec)
    # Counted once, not in each step.
    candidates, random = (PatternCounts(some.levels, some.counts()) for some in (candidates, random))
    task = _Task(candidates, is_ruled_out, answers or Answers(nobody, nobody), random, n_possible, believed, spec)
    model = Model(believed.m, believed.u, _weights(believed.m, believed.u), believed.prior)
    model = _with_u(model, task, believed_causes(believed.m, believed.u, spec))
    for _ in range(_MAX_ITERATIONS):
        links, others = _split(model, task)
        learned = _with_m(model, links, task)
        step = max(float(np.abs(new - old).max()) for new, old in zip(learned.m, model.m, strict=True))
        model = _with_u(learned, task, _causes(model, learned, others, task))
        if step < _SMALL_STEP:
            break
    return model


def _believed(n_possible: int, n_members: int, spec: EngineSpec) -> Beliefs:
    m = [np.array([level.m for level in c.levels]) / sum(level.m for level in c.levels) for c in spec.comparisons]
    u = [np.array([level.u for level in c.levels]) / sum(level.u for level in c.levels) for c in spec.comparisons]
    return Beliefs(m, u, min(spec.links_per_record * max(n_members, 1), n_possible / 2) / n_possible)


def _split(model: Model, task: _Task) -> tuple[Bits, Bits]:
    """Candidates per pattern: how many are links, how many are not."""
    answers = task.answers
    asked = answers.n_positive + answers.n_negative
    counts = task.candidates.counts() - asked
    posterior = np.where(task.is_ruled_out, 0.0, _posterior(task.candidates.levels, model))
    links = counts * posterior + answers.n_positive * ~task.is_ruled_out
    return np.asarray(links), np.asarray(counts * (1 - posterior) + answers.n_negative)


def _with_m(model: Model, links: Bits, task: _Task) -> Model:
    """The model with m and the prior learned from links per pattern."""
    spec, levels = task.spec, task.candidates.levels
    n_links = [_level_sums(levels[:, c], links, len(m)) for c, m in enumerate(model.m)]
    m = [_learned_m(seen, task.believed.m[c], spec, c) for c, seen in enumerate(n_links)]
    expected = task.believed.prior * task.n_possible
    total = (links.sum() + spec.prior_strength * expected) / (1 + spec.prior_strength)
    prior = min(max(float(total), 0.5) / task.n_possible, 0.5)
    weights = _weights(m, model.u)
    return replace(model, m=m, n_links=n_links, weights=weights, probability_two_random_records_match=prior)


def _with_u(model: Model, task: _Task, causes: tuple[Cause, ...]) -> Model:
    """The model with u from the random pairs, and all weights."""
    u, n_random = _chance(model, causes, task)
    return replace(model, u=u, n_random=n_random, weights=_weights(model.m, u), causes=causes)


def _weights(m: list[Bits], u: list[Bits]) -> list[Bits]:
    return [level_weights(a, b) for a, b in zip(m, u, strict=True)]


def _causes(model: Model, learned: Model, others: Bits, task: _Task) -> tuple[Cause, ...]:
    """The shared causes learned from candidates that are no links; `model` tells which cause accounts for how many."""
    levels, spec, causes = task.candidates.levels, task.spec, []
    shares = cause_shares(explained_bits(levels, model.weights, model.causes), model.causes)
    for cause, share in zip(model.causes, shares, strict=True):
        mass = others * share
        seen = {
            name: _level_sums(levels[:, number], mass, len(learned.m[number]))
            for number, name in enumerate(spec.names())
        }
        expected = spec.shared_cause(cause.name).share * task.n_possible
        total = (mass.sum() + spec.prior_strength * expected) / (1 + spec.prior_strength)
        found = replace(cause, share=float(total) / task.n_possible, n_pairs=float(mass.sum()))
        causes.append(weighed(found, learned.m, learned.u, spec, seen))
    return tuple(causes)


def _posterior(levels: Levels, model: Model) -> Bits:
    p = model.probability_two_random_records_match
    weight = sum_of_weights(levels, model.weights) + np.log2(p / (1 - p))
    if model.causes:
        weight += dependence_bits(explained_bits(levels, model.weights, model.causes), model.causes)
    return probability_of(weight)


def _learned_m(seen: Bits, believed: Bits, spec: EngineSpec, number: int) -> Bits:
    """m of one comparison. Levels that a guard rules out keep what is believed: they were not asked (see `train`)."""
    asked = ~np.array(spec.levels_ruled_out(spec.comparisons[number]))
    mass = (seen + spec.m_strength * believed)[asked]
    learned = believed.copy()
    learned[asked] = believed[asked].sum() * mass / mass.sum()
    return np.asarray(learned)


def _chance(model: Model, causes: tuple[Cause, ...], task: _Task) -> tuple[list[Bits], list[Bits]]:
    """u per comparison, and the random pairs behind it: less the links and the pairs of shared causes among them, with
    the beliefs weighing in."""
    random, spec = task.random, task.spec
    counts = random.counts().astype(np.float64)
    # A draw of more pairs than exist repeats itself: it counts for what exists.
    counts *= min(1.0, task.n_possible / max(counts.sum(), 1.0))
    links = model.probability_two_random_records_match
    if spec.weighs_random_links:
        counts, links = counts * (1 - _posterior(random.levels, model)), 0.0
    u, n_random = [], []
    for number, comparison in enumerate(spec.comparisons):
        seen = _level_sums(random.levels[:, number], counts, len(comparison.levels))
        among = links * model.m[number]
        for cause in causes:
            is_shared = comparison.name in spec.shared_cause(cause.name).shares
            under = model.m[number] if is_shared else cause.u.get(comparison.name, model.u[number])
            among = among + cause.share * under
        unrelated = np.maximum(seen - among * seen.sum(), 0)
        mass = unrelated + spec.u_strength * task.believed.u[number]
        u.append(task.believed.u[number] if comparison.is_u_fixed else mass / mass.sum())
        n_random.append(np.zeros(len(seen)) if comparison.is_u_fixed else unrelated)
    return u, n_random


def _level_sums(levels: Levels, weights: Bits, n_levels: int) -> Bits:
    sums = np.bincount(levels.astype(np.int64) + 1, weights=weights, minlength=n_levels + 1)
    return np.asarray(sums[1:], dtype=np.float64)


def random_positions(n_records: int, members: Codes, spec: EngineSpec) -> tuple[Codes, Codes]:
    """Seeded draws of pairs with a member-side record, never a record with itself; with repetition."""
    if not len(members) or n_records < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    generator = np.random.default_rng(spec.seed)
    left = members[generator.integers(0, len(members), spec.n_random_pairs)]
    right = generator.integers(0, n_records - 1, spec.n_random_pairs)
    return left, right + (right >= left)
