"""The engine of steps 4 to 6: all pairs made, compared and counted; then only those kept that may matter.

Both users of it, persons (`pipeline.py`) and any two tables (`link/`), say who may meet whom and what may matter; how
many pairs there are, who does the work and what memory allows is no concern of theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from matching.arrays import Bits, Codes, Levels, Mask, Positions, Small
from matching.blocking import Meeting, PairMakers, Rule, keyed
from matching.engine_spec import BlockingRule, EngineSpec
from matching.executor import Executor
from matching.pair_store import PairChunk, PairStore, StoredChunk
from matching.resources import Resources
from matching.scoring import Scorer, match_probability
from matching.vectors import PatternCounts, Patterns, Preparation, Vectors, preparations

#: Probabilities are added up in whole grains: their sum is the same in any order and in any pieces.
_MASS_GRAINS = 1 << 40


@dataclass(frozen=True)
class KeptPairs:
    """Pairs at hand: positions, number of the first blocking rule that makes each, patterns."""

    left: Small
    right: Small
    rule: Small
    patterns: Patterns

    def take(self, rows: Mask | Codes) -> KeptPairs:
        """Some of the pairs."""
        of_pair = Patterns(self.patterns.levels, self.patterns.of_pair[rows])
        return KeptPairs(self.left[rows], self.right[rows], self.rule[rows], of_pair)


@dataclass(frozen=True)
class ComparedPairs:
    """All candidate pairs, compared: the pairs in their store, the distinct patterns that they point into.

    n_by_pattern: pairs of each of `levels`, which stand in order of appearance; order: the patterns in order of their
    packed numbers, which no order of rows changes. n_by_rule: pairs that each rule was the first to make.
    """

    store: PairStore
    levels: Levels
    n_by_pattern: Codes
    order: Positions
    n_by_rule: Codes

    @property
    def n_pairs(self) -> int:
        """How many candidate pairs there are."""
        return int(self.n_by_rule.sum())

    @property
    def counts(self) -> PatternCounts:
        """What learning needs, the same for any order of rows."""
        return PatternCounts(self.levels[self.order], self.n_by_pattern[self.order])

    def every(self) -> KeptPairs:
        """All pairs at once: for those who ask about any pair, not for a run."""
        rank = np.empty(len(self.order), dtype=np.int32)
        rank[self.order] = np.arange(len(self.order))
        pairs = together(list(self.store), self.levels)
        return replace(pairs, patterns=Patterns(self.levels[self.order], rank[pairs.patterns.of_pair]))


def make_ready(
    frame: pd.DataFrame, meeting: Meeting, spec: EngineSpec, executor: Executor
) -> tuple[list[Rule], Vectors]:
    """The keys of all rules and the columns of all comparisons, side by side. Raises TooManyPairs."""
    # Keys take least: they fill in what the comparisons leave idle.
    tasks: list[Preparation | BlockingRule] = [*preparations(frame, spec), *spec.blocking]
    done = list(zip(tasks, executor.map(_ready, (frame, meeting, spec), tasks), strict=True))
    prepared = {task.number: made for task, made in done if isinstance(task, Preparation)}
    return [made for _, made in done if isinstance(made, Rule)], Vectors(frame, spec, prepared)


def _ready(given: tuple[pd.DataFrame, Meeting, EngineSpec], task: Preparation | BlockingRule) -> object:
    """A task: one comparison or one rule."""
    return task.run() if isinstance(task, Preparation) else keyed(task, *given)


@dataclass(frozen=True)
class _Comparing:
    makers: PairMakers
    vectors: Vectors


def compare_pairs(
    rules: list[Rule],
    meeting: Meeting,
    vectors: Vectors,
    store: PairStore,
    resources: Resources,
    may_matter: Callable[[Levels], Mask] | None = None,
) -> ComparedPairs:
    """Make and compare all candidate pairs, chunk by chunk, into the store. may_matter: tells of patterns whether their
    pairs may; others are counted and let go."""
    known = _PatternNumbers()
    n_by_rule = np.zeros(len(rules), dtype=np.int64)
    work = _Comparing(PairMakers(rules, meeting), vectors)
    # One stream of tasks: while the last pairs of a rule are compared, the next rule's join is made.
    tasks = work.makers.tasks(resources.chunk_pairs)
    for number, left, right, of_pair, packed in resources.executor.map(_compare, work, tasks):
        chunk = PairChunk(number, left, right, known.numbers(packed, of_pair)[of_pair])
        store.add(chunk if may_matter is None else chunk.take(may_matter(vectors.unpack(packed))[of_pair]))
        n_by_rule[number] += len(left)
    return ComparedPairs(store, vectors.unpack(known.packed), known.n_pairs, np.argsort(known.packed), n_by_rule)


def _compare(work: _Comparing, task: tuple[int, slice]) -> tuple[int, Small, Small, Small, Codes | Small]:
    """A task: number of a rule, new pairs of a slice of it, their patterns: which of the slice's, and these packed."""
    number, part = task
    left, right = work.makers[number].pairs(part)
    of_pair, packed = pd.factorize(work.vectors.pack(left, right))
    return number, left, right, of_pair.astype(np.int32), packed


class _PatternNumbers:
    """One number for each pattern met, in order of appearance, and how many pairs have it."""

    def __init__(self) -> None:
        self._number: dict[int, int] = {}
        self._n_pairs: list[int] = []

    def numbers(self, packed: Codes | Small, of_pair: Small) -> Small:
        """The number of each of a chunk's patterns; counts the chunk's pairs."""
        found = [self._number.setdefault(value, len(self._number)) for value in packed.tolist()]
        self._n_pairs += [0] * (len(self._number) - len(self._n_pairs))
        for number, n in zip(found, np.bincount(of_pair, minlength=len(found)).tolist(), strict=True):
            self._n_pairs[number] += n
        return np.array(found, dtype=np.int32)

    @property
    def packed(self) -> Codes:
        return np.fromiter(self._number, dtype=np.int64, count=len(self._number))

    @property
    def n_pairs(self) -> Codes:
        return np.array(self._n_pairs, dtype=np.int64)


@dataclass(frozen=True)
class _Keeping:
    levels: Levels
    is_hopeful: Mask
    is_wanted: Mask
    scorer: Scorer
    threshold: float


def keep_pairs(
    compared: ComparedPairs, scorer: Scorer, threshold: float, resources: Resources, is_wanted: Mask | None = None
) -> tuple[KeptPairs, float]:
    """The pairs that weigh the threshold or more, and those of patterns wanted whatever they weigh; and how many links
    are expected among all candidate pairs.

    A pattern that no rarity lifts to the threshold is dropped with all its pairs before anything is looked up.
    """
    levels = compared.levels
    wanted = np.zeros(len(levels), dtype=bool) if is_wanted is None else is_wanted
    work = _Keeping(levels, wanted | (scorer.most(levels) >= threshold), wanted, scorer, threshold)
    parts, masses = [], [_hopeless_mass(compared, work)]
    for part, mass in resources.executor.map(_keep, work, compared.store.chunks):
        parts.append(part)
        masses.append(mass)
    return together(parts, levels), sum(masses) / _MASS_GRAINS


def _hopeless_mass(compared: ComparedPairs, work: _Keeping) -> int:
    """Links expected among pairs that are dropped unseen, rarity left out: they are next to none."""
    counts, is_hopeless = compared.n_by_pattern, ~work.is_hopeful
    grains = _mass_grains(work.scorer.least(work.levels))
    return sum(n * mass for n, mass in zip(counts[is_hopeless].tolist(), grains[is_hopeless].tolist(), strict=True))


def _mass_grains(weight: Bits) -> Codes:
    return np.rint(match_probability(weight) * _MASS_GRAINS).astype(np.int64)


def _keep(work: _Keeping, stored: StoredChunk) -> tuple[PairChunk, int]:
    """A task: what is kept of a chunk, and how many links are expected among its pairs."""
    chunk = stored.load()
    rows = np.flatnonzero(work.is_hopeful[chunk.pattern])
    left, right, pattern = chunk.left[rows], chunk.right[rows], chunk.pattern[rows]
    weight: Bits = work.scorer.score(left, right, Patterns(work.levels, pattern)).match_weight
    is_kept = (weight >= work.threshold) | work.is_wanted[pattern]
    kept = PairChunk(chunk.rule, left[is_kept], right[is_kept], pattern[is_kept])
    return kept, int(_mass_grains(weight).sum())


def together(parts: list[PairChunk], levels: Levels) -> KeptPairs:
    """Chunks as one, in order."""
    empty = np.zeros(0, dtype=np.int32)

    def joined(of_part: Callable[[PairChunk], Small]) -> Small:
        return np.concatenate([empty, *map(of_part, parts)])

    return KeptPairs(
        joined(lambda part: part.left),
        joined(lambda part: part.right),
        joined(lambda part: np.full(len(part.left), part.rule, dtype=np.int32)),
        Patterns(levels, joined(lambda part: part.pattern)),
    )
