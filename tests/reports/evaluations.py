"""A document of `longlou evaluate`, made by hand."""

from __future__ import annotations

from typing import Any


def document() -> dict[str, Any]:
    """Every part there; a few points each."""
    scores = {"precision": 0.9, "recall": 0.8, "f1": 0.8471}
    return {
        "links": scores,
        "bcubed": scores,
        "blocking": {"recall": 0.998},
        "classes": {"accuracy": 0.97, "per_class": {"floating": {**scores, "n": 12}}},
        "populations": {"accuracy": 0.9612, "per_population": {"market": {**scores, "n": 7}}},
        "false_entries": {**scores, "n_decoys_struck": 3},
        "strata": {"homophone": {"f1": 0.5, "n": 10}, "id_<15>": {"f1": 1.0, "n": 40}},
        "thresholds": {
            "n_true": 20,
            "best": {"threshold": 6.25, "precision": 1.0, "recall": 0.95, "f1": 0.9744, "n": 19},
            "points": [
                {"threshold": t, "precision": p, "recall": r, "f1": 2 * p * r / (p + r), "n": 1}
                for t, p, r in ((-2.0, 0.5, 1.0), (3.0, 0.8, 0.9), (9.0, 1.0, 0.4))
            ],
        },
        "calibration": {
            "brier": 0.0312,
            "n": 30,
            "bands": [
                {"from_bits": -2.0, "to_bits": 0.0, "predicted": 0.3, "true_share": 0.1, "n": 5},
                {"from_bits": 8.0, "to_bits": 10.0, "predicted": 0.998, "true_share": 1.0, "n": 25},
            ],
        },
        "unlinkables": {
            "n_members": 50,
            "n_unlinkable": 4,
            "n_unguarded": 1,
            "by_source": {"roster": 5},
            "curve": [{"threshold": -3.0, "n": 0}, {"threshold": 7.0, "n": 4}, {"threshold": 60.0, "n": 50}],
        },
    }
