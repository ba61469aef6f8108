from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bench.answer import Answer
from bench.scoring import score
from bench.thresholds import best_f1

TRUTH = pd.DataFrame(
    {
        "source": "s",
        "source_file": "f",
        "source_sheet": "",
        "source_row": [2, 3, 4, 5],
        "true_person": ["A", "A", "A", "B"],
        "is_member_side": [True, False, False, True],
        "unique_id": ["a1", "a2", None, "b1"],
    }
)


def answer(*pairs: tuple[str, str, float, bool]) -> Answer:
    said = pd.DataFrame(pairs, columns=["unique_id_l", "unique_id_r", "match_probability", "is_match"])
    links = pd.DataFrame({"unique_id": ["a1", "a2", "b1"], "person_id": [1, 1, 2]})
    return Answer(len(pairs), {"compare": 1.0}, said, links)


def test_a_rejected_record_is_missed_by_everybody() -> None:
    found = score(answer(("a1", "a2", 0.9, True), ("a1", "b1", 0.2, False)), TRUTH)
    # Persons: one of three true pairs. Pairs with a member-side record: one of two.
    assert found["recall"] == pytest.approx(1 / 3)
    assert found["precision"] == 1.0
    assert found["pair_f1"] == pytest.approx(2 / 3)


def test_the_best_threshold_is_at_least_as_good_as_the_chosen_one() -> None:
    found = score(answer(("a1", "b1", 0.6, True), ("a2", "a1", 0.9, True)), TRUTH)
    assert found["pair_f1"] == pytest.approx(0.5)
    assert found["best_pair_f1"] == pytest.approx(2 / 3)


def test_pairs_of_one_probability_stand_or_fall_together() -> None:
    assert best_f1(np.array([0.5, 0.5]), np.array([True, False]), 1) == pytest.approx(2 / 3)
    assert best_f1(np.array([0.5, 0.4]), np.array([True, False]), 1) == 1.0
    assert best_f1(np.array([]), np.array([], dtype=bool), 1) == 0.0
