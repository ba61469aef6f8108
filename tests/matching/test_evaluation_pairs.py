from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contracts.tables import PROVENANCE
from matching.evaluation_pairs import BAND_WIDTH, calibration, labelled_pairs, threshold_chart

PAIRS = st.lists(st.tuples(st.integers(-12, 40).map(lambda n: n / 2), st.booleans()), min_size=1, max_size=30)


def _arrays(pairs: list[tuple[float, bool]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([weight for weight, _ in pairs]), np.array([is_true for _, is_true in pairs])


def _f1(pairs: list[tuple[float, bool]], threshold: float, n_true: int) -> tuple[float, float, float]:
    said = [is_true for weight, is_true in pairs if weight >= threshold]
    precision = sum(said) / len(said) if said else 1.0
    recall = sum(said) / n_true if n_true else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@given(PAIRS, st.integers(0, 5))
def test_every_point_as_by_enumeration(pairs: list[tuple[float, bool]], n_not_found: int) -> None:
    weight, is_true = _arrays(pairs)
    n_true = int(is_true.sum()) + n_not_found
    chart = threshold_chart(weight, is_true, n_true)
    for point in chart["points"]:
        expected = _f1(pairs, point["threshold"], n_true)
        assert (point["precision"], point["recall"], point["f1"]) == pytest.approx(expected)
        assert point["n"] == sum(w >= point["threshold"] for w in weight)
    assert chart["points"][0]["n"] == len(pairs)
    assert chart["points"][-1]["threshold"] >= weight.max()


@given(PAIRS, st.integers(0, 5))
def test_no_threshold_beats_the_best_one(pairs: list[tuple[float, bool]], n_not_found: int) -> None:
    weight, is_true = _arrays(pairs)
    n_true = int(is_true.sum()) + n_not_found
    best = threshold_chart(weight, is_true, n_true)["best"]
    f1 = {float(t): _f1(pairs, t, n_true)[2] for t in weight}
    assert best["f1"] == pytest.approx(max(f1.values()))
    if n_true:
        assert best["threshold"] == max(t for t in f1 if f1[t] == pytest.approx(max(f1.values())))


@given(PAIRS)
def test_bands_hold_every_pair_once(pairs: list[tuple[float, bool]]) -> None:
    weight, is_true = _arrays(pairs)
    probability = 1 / (1 + np.exp2(-weight))
    found = calibration(weight, probability, is_true)
    assert sum(band["n"] for band in found["bands"]) == len(pairs) == found["n"]
    for band in found["bands"]:
        inside = (weight >= band["from_bits"]) & (weight < band["to_bits"])
        assert band["to_bits"] - band["from_bits"] == BAND_WIDTH
        assert band["n"] == inside.sum()
        assert band["predicted"] == pytest.approx(probability[inside].mean())
        assert band["true_share"] == pytest.approx(is_true[inside].mean())
    assert found["brier"] == pytest.approx(np.mean((probability - is_true) ** 2))


def test_no_pairs_no_figures() -> None:
    nothing = np.empty(0)
    assert threshold_chart(nothing, nothing.astype(bool), 3) == {"n_true": 3, "best": None, "points": []}
    assert calibration(nothing, nothing, nothing.astype(bool)) == {"brier": None, "n": 0, "bands": []}


def test_pairs_are_labelled_by_the_place_of_their_records() -> None:
    places = pd.DataFrame([("s", "f", "", row) for row in range(2, 6)], columns=list(PROVENANCE))
    persons = places.assign(true_person=["A", "A", "B", "C"])
    ids = places.iloc[:3].assign(unique_id=["u2", "u3", "u4"])
    pairs = pd.DataFrame(
        {
            "unique_id_l": ["u2", "u2", "u2"],
            "unique_id_r": ["u3", "u4", "stranger"],
            "match_weight": ["9.5", "-1", "3"],
            "match_probability": ["0.99", "0.3", "0.8"],
        }
    )
    found = labelled_pairs(pairs, persons, ids)
    assert found["is_true"].tolist() == [True, False]
    assert found["match_weight"].tolist() == [9.5, -1.0]
