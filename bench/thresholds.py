"""How good is a score at its best threshold? For every benchmark; numpy only."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def f1(n_right: int, n_said: int, n_true: int) -> float:
    """F1 of pairs said to match; 1 where there is nothing to say."""
    return 2 * n_right / (n_said + n_true) if n_said + n_true else 1.0


def best_f1(score: npt.NDArray[np.float64], is_right: npt.NDArray[np.bool_], n_true: int) -> float:
    """The best F1 over all thresholds; pairs of the same score stand on the same side."""
    order = np.argsort(-score, kind="stable")
    is_last_of_tie = np.append(np.diff(score[order]) != 0, True)[: len(order)]
    n_said = np.arange(1, len(order) + 1)[is_last_of_tie]
    n_right = np.cumsum(is_right[order])[is_last_of_tie]
    return float((2 * n_right / (n_said + n_true)).max(initial=0.0))
