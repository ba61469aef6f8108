"""Step 6: what does each pair weigh, and which bar says how much? Bars are whole grains of a bit: sums are exact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.arrays import Bits, Positions
from matching.engine_spec import EngineSpec
from matching.term_frequency import TermFrequency
from matching.training import Model, sum_of_weights
from matching.vectors import Patterns


@dataclass(frozen=True)
class Scores:
    """match_weight per pair, and the term-frequency bars by comparison; other bars follow from the pattern."""

    match_weight: Bits
    term_frequency: dict[str, Bits]


def score_pairs(
    left: Positions, right: Positions, patterns: Patterns, model: Model, normalised: pd.DataFrame, spec: EngineSpec
) -> Scores:
    """Weights of pairs given as positions in the normalised frame."""
    weight = (sum_of_weights(patterns.levels, model.weights) + model.prior_bits)[patterns.of_pair]
    bars: dict[str, Bits] = {}
    for number, comparison in enumerate(spec.comparisons):
        if comparison.term_frequency is None:
            continue
        best = len(comparison.levels) - 1
        table = model.weights[number]
        frequency = TermFrequency(
            normalised[comparison.term_frequency], float(model.u[number][best]), spec.term_frequency_strength
        )
        agree = np.flatnonzero((patterns.levels[:, number] == best)[patterns.of_pair])
        bar = np.zeros(len(left))
        bar[agree] = frequency.credit(left[agree], right[agree], float(table[best] - table[best + 1]))
        bars[comparison.name] = bar
        weight = weight + bar
    return Scores(weight, bars)


def bars(patterns: Patterns, rows: Positions, scores: Scores, model: Model, spec: EngineSpec) -> pd.DataFrame:
    """gamma_* (int8) and mw_* (bits) columns of the pairs `rows`; mw_prior and the mw_*_tf columns complete the sum."""
    columns: dict[str, object] = {}
    levels = patterns.levels[patterns.of_pair[rows]]
    for number, name in enumerate(spec.names()):
        columns[f"gamma_{name}"] = levels[:, number]
    for number, name in enumerate(spec.names()):
        columns[f"mw_{name}"] = model.weights[number][levels[:, number].astype(np.int64) + 1]
    for name, bar in scores.term_frequency.items():
        columns[f"mw_{name}_tf"] = bar[rows]
    columns["mw_prior"] = np.full(len(rows), model.prior_bits)
    columns["match_weight"] = scores.match_weight[rows]
    columns["match_probability"] = match_probability(scores.match_weight[rows])
    return pd.DataFrame(columns)


def match_probability(weight: Bits) -> Bits:
    """Bits of odds as a probability."""
    return np.asarray(1 / (1 + np.exp2(-np.clip(weight, -500, 500))))
