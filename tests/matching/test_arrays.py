from __future__ import annotations

import numpy as np
import pandas as pd

from matching.arrays import chunks, distinct_pairs, distinct_rows, encode, encode_together


def test_encode_shares_codes_and_marks_nulls() -> None:
    codes, values = encode(pd.Series(["b", None, "a", "b"], dtype=object))
    assert codes.tolist() == [0, -1, 1, 0]
    assert values.tolist() == ["b", "a"]


def test_columns_together_are_equal_only_when_all_are() -> None:
    first = pd.Series(["x", "x", "y", "y", None, "x"], dtype=object)
    second = pd.Series(["1", "2", "1", "1", "1", "1"], dtype=object)
    codes = encode_together([first, second])
    assert codes[0] == codes[5]
    assert codes[2] == codes[3]
    assert codes[4] == -1
    assert len(set(codes.tolist())) == 4


def test_distinct_pairs_are_unordered() -> None:
    low, high, which = distinct_pairs(np.array([3, 1, 2]), np.array([1, 3, 2]))
    assert list(zip(low[which], high[which], strict=True)) == [(1, 3), (1, 3), (2, 2)]
    assert len(low) == 2


def test_chunks_cover_all_rows_once() -> None:
    assert [(part.start, part.stop) for part in chunks(5, 2)] == [(0, 2), (2, 4), (4, 5)]
    assert list(chunks(0)) == []


def test_distinct_rows_point_to_their_first() -> None:
    which, first = distinct_rows(np.array([4, 0, 4, 4]), np.array([1, 1, 1, 2]))
    assert which.tolist() == [0, 1, 0, 2]
    assert first.tolist() == [0, 1, 3]
    assert distinct_rows(np.array([], dtype=np.int64))[0].tolist() == []
