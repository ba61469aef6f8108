"""What changes if one model takes another's place? Grades, weights, and how well each foretells held-out judgements."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from data.model import MatchGrade
from matching.arrays import Bits, Codes, Mask
from matching.spec import MatchSpec
from matching.training import Model

#: Resamples of a confidence interval, and the share of them that it spans.
_N_RESAMPLES = 2_000
_INTERVAL = (2.5, 97.5)
_KEY = ["unique_id_l", "unique_id_r"]


def changed_grades(pairs_a: pd.DataFrame, pairs_b: pd.DataFrame) -> pd.DataFrame:
    """Pairs of two GRADED_PAIRS whose grade differs: ids, grade_a, grade_b, weight_a, weight_b (null: below review),
    match_key; sorted by ids."""
    columns = [*_KEY, "grade", "match_weight", "match_key"]
    both = pairs_a[columns].merge(pairs_b[columns], on=_KEY, how="outer", suffixes=("_a", "_b"))
    for side in ("_a", "_b"):
        both[f"grade{side}"] = both[f"grade{side}"].fillna(MatchGrade.CERTAINLY_NOT.value).astype(object)
    both["match_key"] = both["match_key_b"].where(both["match_key_b"].notna(), both["match_key_a"])
    changed = both[both["grade_a"] != both["grade_b"]].rename(
        columns={"match_weight_a": "weight_a", "match_weight_b": "weight_b"}
    )
    return changed[[*_KEY, "grade_a", "grade_b", "weight_a", "weight_b", "match_key"]].sort_values(
        _KEY, ignore_index=True
    )


def weight_shifts(a: Model, b: Model, spec: MatchSpec) -> list[dict[str, Any]]:
    """Per comparison and level the weights of both models in bits, the prior last."""
    rows: list[dict[str, Any]] = [
        {
            "comparison": comparison.name,
            "level": level.name,
            "weight_a": float(a.weights[number][i + 1]),
            "weight_b": float(b.weights[number][i + 1]),
        }
        for number, comparison in enumerate(spec.comparisons)
        for i, level in enumerate(comparison.levels)
    ]
    rows.append({"comparison": "prior", "level": "", "weight_a": a.prior_bits, "weight_b": b.prior_bits})
    return [{**row, "shift": row["weight_b"] - row["weight_a"]} for row in rows]


def held_out_scores(
    weight_a: Bits, weight_b: Bits, is_positive: Mask, component: Codes, seed: int
) -> dict[str, dict[str, Any]]:
    """Log-loss (bits a pair) and Brier score of both models and of b less a, each with its 95 % interval.

    Intervals come from resampling whole components of persons: pairs of one family are not independent.
    """
    losses = {"log_loss": _log_loss, "brier": _brier}
    which = pd.factorize(component)[0]
    n_components = int(which.max(initial=-1)) + 1
    draws = np.random.default_rng(seed).multinomial(
        n_components, np.full(n_components, 1 / max(n_components, 1)), _N_RESAMPLES
    )
    sizes = np.bincount(which, minlength=n_components)
    scores = {}
    for name, loss in losses.items():
        a, b = loss(weight_a, is_positive), loss(weight_b, is_positive)
        found = {}
        for side, values in (("a", a), ("b", b), ("difference", b - a)):
            totals = np.bincount(which, weights=values, minlength=n_components)
            means = (draws @ totals) / (draws @ sizes)
            low, high = np.percentile(means, _INTERVAL)
            found[side] = {"mean": float(values.mean()), "low": float(low), "high": float(high)}
        scores[name] = found
    return scores


def _log_loss(weight: Bits, is_positive: Mask) -> Bits:
    """Bits of surprise at the answer."""
    return np.asarray(np.logaddexp2(0, np.where(is_positive, -weight, weight)))


def _brier(weight: Bits, is_positive: Mask) -> Bits:
    odds_against = np.exp2(np.clip(-weight, -500, 500))
    return np.asarray((1 / (1 + odds_against) - is_positive) ** 2)
