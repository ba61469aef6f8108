from __future__ import annotations

import numpy as np
import pandas as pd

from matching.term_frequency import TermFrequency

NAMES = pd.Series(["陈伟"] * 60 + ["符阿奇"] * 2 + [f"名{i}" for i in range(38)] + [None], dtype=object)


def credit(left: int, right: int, strength: float = 100, floor: float = -99.0) -> float:
    frequency = TermFrequency(NAMES, u_top=0.05, strength=strength)
    return float(frequency.credit(np.array([left]), np.array([right]), floor)[0])


def test_a_rare_name_counts_more_than_a_common_one() -> None:
    assert credit(60, 61) > 0 > credit(0, 1)


def test_a_malus_stops_at_the_floor() -> None:
    assert credit(0, 1, floor=-0.25) == -0.25


def test_different_or_missing_values_get_no_credit() -> None:
    assert credit(0, 60) == 0
    assert credit(100, 100) == 0


def test_in_a_short_list_the_average_weighs_in() -> None:
    assert 0 < credit(60, 61, strength=10_000) < credit(60, 61, strength=100)
