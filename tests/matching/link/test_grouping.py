from __future__ import annotations

import numpy as np
import pytest

from matching import clustering
from matching.arrays import Bits, Codes, Positions
from matching.link.grouping import group_rows


def grouped(weights: dict[tuple[int, int], float], n_rows: int, link: float = 5.0, break_at: float = 0.0) -> Codes:
    """Groups when all other pairs weigh -10 bits."""
    table = np.full((n_rows, n_rows), -10.0)
    for (a, b), weight in weights.items():
        table[a, b] = table[b, a] = weight

    def weigh(left: Positions, right: Positions) -> Bits:
        return np.asarray(table[left, right])

    left, right = (np.array([pair[side] for pair in weights], dtype=np.int64) for side in (0, 1))
    return group_rows(n_rows, (left, right, weigh(left, right)), link, break_at, weigh)


def test_one_accidental_pair_does_not_chain_two_groups() -> None:
    triangles = {(0, 1): 20.0, (0, 2): 20.0, (1, 2): 20.0, (3, 4): 20.0, (3, 5): 20.0, (4, 5): 20.0}
    assert grouped({**triangles, (2, 3): 8.0}, 6).tolist() == [0, 0, 0, 3, 3, 3]


def test_a_damaged_duplicate_is_kept_by_those_it_resembles() -> None:
    # 3 resembles 0 and 1 strongly, 2 not at all.
    weights = {(0, 1): 30.0, (0, 2): 30.0, (1, 2): 30.0, (0, 3): 12.0, (1, 3): 12.0}
    assert grouped(weights, 4).tolist() == [0, 0, 0, 0]
    assert grouped(weights, 4, break_at=6.0).tolist() == [0, 0, 0, 3]


def test_weak_pairs_alone_join_nobody() -> None:
    assert grouped({(0, 1): 4.9, (1, 2): 4.9, (0, 2): 4.9}, 3).tolist() == [0, 1, 2]
    assert grouped({(0, 1): 5.0, (2, 3): 30.0}, 5).tolist() == [0, 0, 2, 2, 4]


def test_no_pair_at_all() -> None:
    assert grouped({}, 3).tolist() == [0, 1, 2]


def test_a_giant_chain_is_cut_at_its_weakest_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "MAX_COMPONENT", 4)
    weights = {(i, i + 1): 20.0 for i in range(7)} | {(3, 4): 6.0} | {(0, 2): 9.0, (5, 7): 9.0}
    label = grouped(weights, 8)
    assert label[3] != label[4]
    assert label[0] == label[1]
    assert label[6] == label[7]
