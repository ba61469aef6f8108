from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import matching.link.one_to_one as module
from matching.link.one_to_one import assign

WEIGHTS = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(4, 7)), st.integers(-3, 9).map(float), min_size=0, max_size=7
)


def best_total(pairs: dict[tuple[int, int], float], threshold: float) -> float:
    able = [pair for pair, weight in pairs.items() if weight >= threshold]
    return max(
        sum(pairs[pair] - threshold for pair in chosen)
        for n in range(len(able) + 1)
        for chosen in combinations(able, n)
        if len({a for a, _ in chosen}) == len({b for _, b in chosen}) == n
    )


def assigned(pairs: dict[tuple[int, int], float], threshold: float) -> list[tuple[int, int]]:
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    chosen = assign(left, right, np.array(list(pairs.values()), dtype=float), 8, threshold)
    return [pair for pair, is_chosen in zip(pairs, chosen, strict=True) if is_chosen]


@given(WEIGHTS)
@settings(max_examples=50, deadline=None)
def test_the_best_total_with_one_partner_each(pairs: dict[tuple[int, int], float]) -> None:
    chosen = assigned(pairs, 0.0)
    assert len({a for a, _ in chosen}) == len({b for _, b in chosen}) == len(chosen)
    assert all(pairs[pair] >= 0 for pair in chosen)
    assert sum(pairs[pair] for pair in chosen) == pytest.approx(best_total(pairs, 0.0))


def test_the_pair_that_leaves_more_to_others_wins_over_the_heaviest() -> None:
    assert assigned({(0, 4): 10.0, (0, 5): 9.0, (1, 4): 9.0}, 0.0) == [(0, 5), (1, 4)]


def test_a_part_too_large_for_the_table_takes_the_heaviest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_CELLS", 1)
    assert assigned({(0, 4): 10.0, (0, 5): 9.0, (1, 4): 9.0, (2, 6): 1.0}, 0.0) == [(0, 4), (2, 6)]
