from __future__ import annotations

import numpy as np

from matching.evaluation_keys import mix_keys, pair_keys, record_keys


def test_a_pair_has_one_key_whichever_comes_first() -> None:
    left, right = ["a", "b", "张"], ["b", "c", "a"]
    assert pair_keys(left, right).tolist() == pair_keys(right, left).tolist()
    assert pair_keys(left, right).dtype == np.uint64
    assert mix_keys(record_keys(left), record_keys(right)).tolist() == pair_keys(left, right).tolist()


def test_keys_do_not_collide_on_a_grid_of_pairs() -> None:
    ids = [f"r{i}" for i in range(300)]
    left, right = np.triu_indices(300, 1)
    keys = pair_keys(np.array(ids, dtype=object)[left], np.array(ids, dtype=object)[right])
    assert len(np.unique(keys)) == len(left)


def test_keys_are_the_same_on_every_machine() -> None:
    assert record_keys(["a"]).tolist() == [13950350942979735504]
