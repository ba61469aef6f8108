from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.kernels import SWITCH
from matching.shared_keys import AllKeys, share_key

KEY = st.integers(-1, 2)
ROWS = st.lists(st.tuples(KEY, KEY, KEY, KEY, KEY, KEY), min_size=1, max_size=7)


def keys_of(rows: list[tuple[int, ...]]) -> AllKeys:
    """Three rules of two, one and three keys."""
    table = np.array(rows, dtype=np.int32)
    return AllKeys.of([table[:, :2], table[:, 2:3], table[:, 3:]])


@pytest.mark.parametrize("number", [0, 1, 2])
@settings(max_examples=30, deadline=None)
@given(rows=ROWS, data=st.data())
def test_a_pair_is_new_where_nothing_before_makes_it(
    number: int, rows: list[tuple[int, ...]], data: st.DataObject
) -> None:
    keys = keys_of(rows)
    is_both = np.array(data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows))))
    places = np.indices((len(rows), len(rows), keys.of_rule(number).shape[1])).reshape(3, -1).astype(np.int32)
    left, right, slot = (np.ascontiguousarray(part) for part in places)
    found = keys.are_new(number, is_both, slot, left, right)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SWITCH, "plain")
        assert keys.are_new(number, is_both, slot, left, right).tolist() == found.tolist()

    def shared(rule: int, a: int, b: int, stop: int = 9) -> bool:
        own = keys.of_rule(rule)
        return bool((set(own[a, :stop].tolist()) & set(own[b].tolist())) - {-1})

    for a, b, at, is_new in zip(left.tolist(), right.tolist(), slot.tolist(), found.tolist(), strict=True):
        is_turned = a >= b and bool(is_both[a] and is_both[b])
        is_earlier = shared(number, a, b, at) or any(shared(rule, a, b) for rule in range(number))
        assert is_new is not (is_turned or is_earlier)


def test_keys_lie_side_by_side_and_come_back() -> None:
    keys = keys_of([(0, 1, 2, 0, -1, 1), (1, -1, 2, 2, 2, -1)])
    assert [keys.of_rule(number).tolist() for number in range(3)] == [
        [[0, 1], [1, -1]],
        [[2], [2]],
        [[0, -1, 1], [2, 2, -1]],
    ]
    left, right = np.array([0]), np.array([1])
    assert [share_key(keys.of_rule(number), left, right).tolist() for number in range(3)] == [[True], [True], [False]]
