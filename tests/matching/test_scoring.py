from __future__ import annotations

import numpy as np
import pytest

from matching.scoring import match_probability


@pytest.mark.parametrize(("bits", "probability"), [(0, 0.5), (1, 2 / 3), (-3, 1 / 9), (900, 1.0), (-900, 0.0)])
def test_bits_as_probability(bits: float, probability: float) -> None:
    assert match_probability(np.array([float(bits)]))[0] == pytest.approx(probability)
