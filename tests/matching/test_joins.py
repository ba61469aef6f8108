from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.comparisons.employer import near_brands
from matching.joins import join_codes, near_brand_pairs

CODES = st.lists(st.integers(0, 4), max_size=12)
BRANDS = st.lists(st.text("鑫源缘海湾金", min_size=1, max_size=4), min_size=1, max_size=8, unique=True)


@settings(max_examples=50, deadline=None)
@given(CODES, CODES)
def test_join_is_all_equal_pairs(left: list[int], right: list[int]) -> None:
    rows, columns = join_codes(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64))
    wanted = [(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if a == b and a > 0]
    assert list(zip(rows.tolist(), columns.tolist(), strict=True)) == wanted


def test_large_blocks_give_no_pairs() -> None:
    rows, columns = join_codes(np.array([1, 2]), np.array([1, 1, 1, 2]), max_block=2)
    assert (rows.tolist(), columns.tolist()) == ([1], [3])


@settings(max_examples=50, deadline=None)
@given(BRANDS, BRANDS)
def test_no_near_brand_is_missed(left: list[str], right: list[str]) -> None:
    found = set(zip(*(positions.tolist() for positions in near_brand_pairs(_array(left), _array(right))), strict=True))
    wanted = {
        (i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if min(len(a), len(b)) > 1 and near_brands(_array([a]), _array([b]))[0]
    }
    assert wanted <= found
    sounding = {(i, j) for i, a in enumerate(left) for j, b in enumerate(right) if _sound(a) == _sound(b)}
    assert found <= wanted | sounding
    assert sounding <= found


def _array(texts: list[str]) -> np.ndarray:
    return np.array(texts, dtype=object)


def _sound(text: str) -> str:
    return text.replace("缘", "源")
