from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.weights import BIT_GRAIN, level_weights, probability_of

SHARES = st.lists(st.floats(1e-9, 1), min_size=2, max_size=8)


@given(SHARES, st.randoms(use_true_random=False))
def test_weights_never_fall_and_are_whole_grains(m: list[float], random: object) -> None:
    u = list(reversed(m))
    random.shuffle(u)  # type: ignore[attr-defined]
    weights = level_weights(np.array(m), np.array(u))
    assert weights[0] == 0
    assert (np.diff(weights[1:]) >= 0).all()
    assert (weights / BIT_GRAIN == np.round(weights / BIT_GRAIN)).all()


def test_levels_in_order_keep_their_own_weight() -> None:
    assert level_weights(np.array([0.25, 0.75]), np.array([0.5, 0.5]))[1:] == pytest.approx([-1, 0.585], abs=1e-3)


def test_levels_out_of_order_are_pooled_by_their_shares() -> None:
    # 0.3/0.1 above 0.2/0.4: together 0.5/0.5.
    weights = level_weights(np.array([0.1, 0.3, 0.2, 0.4]), np.array([0.49, 0.1, 0.4, 0.01]))
    assert weights[2] == weights[3] == 0
    assert weights[4] > 0 > weights[1]


def test_bits_as_probability() -> None:
    assert probability_of(np.array([0.0, 1.0, -1e6])) == pytest.approx([0.5, 2 / 3, 0])
