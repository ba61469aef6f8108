"""The order of the queue."""

from __future__ import annotations

import pandas as pd
import pytest

from reports.priority import ambiguity, priority


@pytest.mark.parametrize(
    ("risk", "doubt", "weight", "expected"),
    [(0, 0, 0, 0), (1, 1, 1, 1000), (0.5, 0, 0, 250), (0, 0.5, 0, 150), (0, 0, 0.5, 100), (0.3, 1, 0.66, 582)],
)
def test_priority(risk: float, doubt: float, weight: float, expected: int) -> None:
    made = priority(*(pd.Series([value], dtype=float) for value in (risk, doubt, weight)))
    assert made.tolist() == [expected]
    assert made.dtype == "int64"


def test_two_plausible_answers_are_the_most_doubtful() -> None:
    assert ambiguity(pd.Series([0.0, 0.5, 1.0, 1.5, 2.0, 3.0])).tolist() == [0.0, 0.5, 1.0, 0.5, 0.0, 0.0]
