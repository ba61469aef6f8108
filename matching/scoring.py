"""Step 6: what does each pair weigh, and which bar says how much? Bars are whole grains of a bit: sums are exact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.arrays import Bits, Levels, Positions, Small
from matching.dependence import dependence_bits, explained_bits
from matching.engine_spec import EngineSpec
from matching.term_frequency import TermFrequency
from matching.training import Model
from matching.vectors import Patterns
from matching.weights import probability_of, sum_of_weights


@dataclass(frozen=True)
class Scores:
    """match_weight per pair, and the bars that do not follow from the levels alone: term frequency by comparison, and
    dependence (None without shared causes)."""

    match_weight: Bits
    term_frequency: dict[str, Bits]
    dependence: Bits | None = None


class Scorer:
    """Weighs pairs of one frame by one model; the rarity of its values is counted once."""

    def __init__(self, model: Model, normalised: pd.DataFrame, spec: EngineSpec) -> None:
        self._model, self._spec = model, spec
        self._rarity = {
            number: TermFrequency(
                normalised[comparison.term_frequency],
                float(model.u[number][-1]),
                spec.term_frequency_strength,
                model.frequencies.get(comparison.name),
            )
            for number, comparison in enumerate(spec.comparisons)
            if comparison.term_frequency is not None
        }

    @property
    def prior_bits(self) -> float:
        """The weight of a pair of which nothing is known."""
        return self._model.prior_bits

    def score(self, left: Positions | Small, right: Positions | Small, patterns: Patterns) -> Scores:
        """Weights of pairs given as positions in the frame."""
        bars = self._bars(left, right, patterns)
        weight = (sum_of_weights(patterns.levels, self._model.weights) + self._model.prior_bits)[patterns.of_pair]
        for bar in bars.values():
            weight += bar
        if not self._model.causes:
            return Scores(weight, bars)
        dependence = _dependence(patterns, bars, self._model, self._spec)
        return Scores(weight + dependence, bars, dependence)

    def most(self, levels: Levels) -> Bits:
        """Per pattern: what a pair weighs at most, its values being the rarest of all. Shared causes take from every
        rarity less than it gives."""
        bars = {}
        for number, frequency in self._rarity.items():
            best = len(self._spec.comparisons[number].levels) - 1
            bars[self._spec.comparisons[number].name] = np.where(levels[:, number] == best, frequency.most, 0.0)
        each = Patterns(levels, np.arange(len(levels)))
        weight = sum_of_weights(levels, self._model.weights) + self._model.prior_bits + sum(bars.values())
        if self._model.causes:
            weight = weight + _dependence(each, bars, self._model, self._spec)
        return np.asarray(weight)

    def least(self, levels: Levels) -> Bits:
        """Per pattern: the weight without any rarity."""
        weight = sum_of_weights(levels, self._model.weights) + self._model.prior_bits
        if self._model.causes:
            explained = explained_bits(levels, self._model.weights, self._model.causes)
            weight = weight + dependence_bits(explained, self._model.causes)
        return np.asarray(weight)

    def _bars(self, left: Positions | Small, right: Positions | Small, patterns: Patterns) -> dict[str, Bits]:
        """Term-frequency bars of pairs on the best level."""
        bars: dict[str, Bits] = {}
        for number, frequency in self._rarity.items():
            table = self._model.weights[number]
            best = len(table) - 2
            agree = np.flatnonzero((patterns.levels[:, number] == best)[patterns.of_pair])
            bar = np.zeros(len(left))
            bar[agree] = frequency.credit(left[agree], right[agree], float(table[best] - table[best + 1]))
            bars[self._spec.comparisons[number].name] = bar
        return bars


def score_pairs(
    left: Positions | Small,
    right: Positions | Small,
    patterns: Patterns,
    model: Model,
    normalised: pd.DataFrame,
    spec: EngineSpec,
) -> Scores:
    """Weights of pairs given as positions in the normalised frame."""
    return Scorer(model, normalised, spec).score(left, right, patterns)


def _dependence(patterns: Patterns, rarity: dict[str, Bits], model: Model, spec: EngineSpec) -> Bits:
    """What shared causes account for: of the levels, and of rarities shared for the same reason."""
    explained = []
    for cause, bits in zip(model.causes, explained_bits(patterns.levels, model.weights, model.causes), strict=True):
        of_pair = bits[patterns.of_pair]
        for name in sorted(set(rarity).intersection(spec.shared_cause(cause.name).shares)):
            of_pair = of_pair + rarity[name]
        explained.append(of_pair)
    return dependence_bits(explained, model.causes)


def bars(patterns: Patterns, rows: Positions, scores: Scores, model: Model, spec: EngineSpec) -> pd.DataFrame:
    """gamma_* (int8) and mw_* (bits) columns of the pairs `rows`; all mw_* columns add up to match_weight."""
    columns: dict[str, object] = {}
    levels = patterns.levels[patterns.of_pair[rows]]
    for number, name in enumerate(spec.names()):
        columns[f"gamma_{name}"] = levels[:, number]
    for number, name in enumerate(spec.names()):
        columns[f"mw_{name}"] = model.weights[number][levels[:, number].astype(np.int64) + 1]
    for name, bar in scores.term_frequency.items():
        columns[f"mw_{name}_tf"] = bar[rows]
    if scores.dependence is not None:
        columns["mw_dependence"] = scores.dependence[rows]
    columns["mw_prior"] = np.full(len(rows), model.prior_bits)
    columns["match_weight"] = scores.match_weight[rows]
    columns["match_probability"] = match_probability(scores.match_weight[rows])
    return pd.DataFrame(columns)


def match_probability(weight: Bits) -> Bits:
    """Bits of odds as a probability."""
    return probability_of(weight)
