"""How good are the weights? Precision and recall against the threshold, and whether probabilities come true.

Asked of the graded pairs (certain and possible) of a run: pairs that were certainly not are not kept (guard-rail 2).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.contracts.tables import PROVENANCE

Bits = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

#: Steps of the threshold chart, and width of the bands of the calibration plot, in bits.
THRESHOLD_STEP, BAND_WIDTH = 1.0, 2.0


def labelled_pairs(pairs: pd.DataFrame, persons: pd.DataFrame, record_ids: pd.DataFrame) -> pd.DataFrame:
    """match_weight, match_probability and is_true of each pair whose two records the truth knows.

    pairs: unique_id_l, unique_id_r, match_weight, match_probability. persons: the four source columns and true_person.
    record_ids: the four source columns and unique_id.
    """
    known = persons.merge(record_ids[[*PROVENANCE, "unique_id"]], on=list(PROVENANCE))
    person = known.drop_duplicates("unique_id").set_index("unique_id")["true_person"]
    left, right = pairs["unique_id_l"].map(person), pairs["unique_id_r"].map(person)
    columns = {name: pairs[name].astype("float64") for name in ("match_weight", "match_probability")}
    labelled = pd.DataFrame({**columns, "is_true": left == right})
    return labelled[left.notna() & right.notna()].reset_index(drop=True)


def threshold_chart(weight: Bits, is_true: Mask, n_true: int) -> dict[str, Any]:
    """What precision, recall and F1 would be if every pair from a weight on were a link.

    n_true: all true pairs, found or not. points: one a THRESHOLD_STEP; best: the threshold of the highest F1 (of
    several the highest threshold). Pairs are taken one by one: guards and clusters are not in it.
    """
    order = np.argsort(weight, kind="stable")
    ordered = weight[order]
    n_right_from = np.append(np.cumsum(is_true[order][::-1])[::-1], 0)

    def at(thresholds: Bits) -> list[dict[str, float]]:
        first = np.searchsorted(ordered, thresholds, side="left")
        return [
            _point(float(t), int(n_right_from[i]), len(ordered) - int(i), n_true)
            for t, i in zip(thresholds, first, strict=True)
        ]

    if not len(weight):
        return {"n_true": n_true, "best": None, "points": []}
    grid = np.arange(np.floor(ordered[0]), np.ceil(ordered[-1]) + THRESHOLD_STEP, THRESHOLD_STEP)
    distinct = np.unique(ordered)
    n_said = len(ordered) - np.searchsorted(ordered, distinct, side="left")
    f1 = 2 * n_right_from[len(ordered) - n_said] / np.maximum(n_said + n_true, 1)
    best = distinct[len(distinct) - 1 - int(np.argmax(f1[::-1]))]
    return {"n_true": n_true, "best": at(np.array([best]))[0], "points": at(grid)}


def calibration(weight: Bits, probability: Bits, is_true: Mask) -> dict[str, Any]:
    """Do probabilities come true? Bands of BAND_WIDTH bits with the mean probability, the share of true pairs and n.

    brier: mean squared difference of probability and truth (0 is perfect; null without pairs).
    """
    starts, band = np.unique(np.floor(weight / BAND_WIDTH), return_inverse=True)
    sizes = np.bincount(band, minlength=len(starts))
    predicted = np.bincount(band, weights=probability, minlength=len(starts)) / sizes
    true_share = np.bincount(band, weights=is_true.astype(np.float64), minlength=len(starts)) / sizes
    bands = [
        {
            "from_bits": float(start) * BAND_WIDTH,
            "to_bits": (float(start) + 1) * BAND_WIDTH,
            "predicted": float(said),
            "true_share": float(share),
            "n": int(n),
        }
        for start, said, share, n in zip(starts, predicted, true_share, sizes, strict=True)
    ]
    brier = float(np.mean((probability - is_true) ** 2)) if len(weight) else None
    return {"brier": brier, "n": len(weight), "bands": bands}


def _point(threshold: float, n_right: int, n_said: int, n_true: int) -> dict[str, float]:
    precision = n_right / n_said if n_said else 1.0
    recall = n_right / n_true if n_true else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"threshold": threshold, "precision": precision, "recall": recall, "f1": f1, "n": n_said}
