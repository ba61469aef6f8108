from __future__ import annotations

import pandas as pd

from matching.comparisons.employer import EmployerComparison
from matching.comparisons.employer_level import EmployerLevel, EmployerLevelComparison

TEXTS = [
    "文昌龙楼阿陈小吃店",
    "海南椰岛商贸有限公司",
    "文昌椰岛商贸有限公司",
    "椰岛商贸",
    "务农",
    None,
    "海口椰风水果店",
]


def test_same_levels_as_the_feature_for_every_pair() -> None:
    pairs = [(a, b) for a in TEXTS for b in TEXTS]
    left, right = (pd.Series([pair[side] for pair in pairs], dtype=object) for side in (0, 1))
    plain = EmployerComparison("employer", "employer")._compute_vectorized(left, right)
    ours = EmployerLevelComparison("employer", "employer")._compute_vectorized(left, right)
    assert ours.tolist() == list(plain)
    assert {EmployerLevel.EQUAL, EmployerLevel.DIFFERENT, -1} <= set(ours.tolist())
