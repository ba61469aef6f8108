from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from matching.model_comparison import changed_grades, held_out_scores, weight_shifts
from matching.training import train
from tests.matching.simulated import N_POSSIBLE, SPEC, simulate


def pairs(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    frame = pd.DataFrame(list(rows), columns=["unique_id_l", "unique_id_r", "grade", "match_weight"])
    return frame.assign(match_key="+姓名").astype({"grade": object})


def test_pairs_that_change_grade_below_the_review_threshold_too() -> None:
    a = pairs(("a", "b", "certain", 9.0), ("a", "c", "possible", 1.0), ("d", "e", "possible", 2.0))
    b = pairs(("a", "b", "possible", 4.0), ("d", "e", "possible", 3.0), ("f", "g", "certain", 8.0))
    found = changed_grades(a, b)
    assert found[["unique_id_l", "unique_id_r", "grade_a", "grade_b"]].to_numpy().tolist() == [
        ["a", "b", "certain", "possible"],
        ["a", "c", "possible", "certainly_not"],
        ["f", "g", "certainly_not", "certain"],
    ]
    assert found["match_key"].tolist() == ["+姓名"] * 3
    assert changed_grades(a, a).empty


def test_shifts_of_all_levels_and_the_prior() -> None:
    data = simulate(1)
    nobody = np.zeros(len(data.candidates.levels), dtype=bool)
    a = train(data.candidates, nobody, data.random, N_POSSIBLE, 1200, SPEC)
    b = replace(a, weights=[table + 1.5 for table in a.weights])
    rows = weight_shifts(a, b, SPEC)
    assert len(rows) == sum(len(c.levels) for c in SPEC.comparisons) + 1
    assert {row["shift"] for row in rows[:-1]} == {1.5}
    assert (rows[-1]["comparison"], rows[-1]["shift"]) == ("prior", 0)


def test_scores_are_the_textbooks() -> None:
    weight, yes = np.array([3.0, -3.0, 3.0]), np.array([True, False, False])
    scores = held_out_scores(weight, weight, yes, np.arange(3), seed=1)
    p = 8 / 9
    assert scores["brier"]["a"]["mean"] == pytest.approx((2 * (1 - p) ** 2 + p**2) / 3)
    assert scores["log_loss"]["a"]["mean"] == pytest.approx(-(2 * np.log2(p) + np.log2(1 - p)) / 3)
    assert scores["log_loss"]["difference"] == {"mean": 0, "low": 0, "high": 0}


def test_the_interval_holds_the_truth_and_widens_with_dependent_pairs() -> None:
    random = np.random.default_rng(4)
    yes = np.repeat(random.random(100) < 0.5, 10)
    better, worse = np.where(yes, 4.0, -4.0), np.where(random.random(1000) < 0.8, 1, -1) * np.where(yes, 4.0, -4.0)
    alone = held_out_scores(worse, better, yes, np.arange(1000), seed=1)["brier"]["difference"]
    assert alone["low"] < alone["mean"] < alone["high"] < 0
    noise = np.repeat(random.normal(0, 4, 100), 10)
    one_by_one = held_out_scores(noise, better, yes, np.arange(1000), seed=1)["brier"]["a"]
    by_family = held_out_scores(noise, better, yes, np.repeat(np.arange(100), 10), seed=1)["brier"]["a"]
    assert by_family["high"] - by_family["low"] > 2 * (one_by_one["high"] - one_by_one["low"])
    assert by_family == held_out_scores(noise, better, yes, np.repeat(np.arange(100), 10), seed=1)["brier"]["a"]
