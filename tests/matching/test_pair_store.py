from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from matching.pair_store import PairChunk, PairStore
from matching.resources import Resources
from tests.matching.resources import Small

ONE = np.arange(5, dtype=np.int32)


def chunk(rule: int) -> PairChunk:
    return PairChunk(rule, ONE + rule, ONE + 10 * rule, ONE % 2)


def n_in_files(store: PairStore) -> int:
    return sum(chunk.n_pairs for chunk in store.chunks if chunk.file is not None)


def test_what_memory_does_not_hold_comes_back_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "spill"
    with PairStore(Small(folder=folder, pairs_held=10)) as store:
        for rule in range(4):
            store.add(chunk(rule))
        assert (store.n_pairs, n_in_files(store)) == (20, 10)
        assert len(list(folder.rglob("*.parquet"))) == 2
        for rule, found in enumerate(store):
            assert found.rule == rule
            for name in ("left", "right", "pattern"):
                assert getattr(found, name).tolist() == getattr(chunk(rule), name).tolist()
                assert getattr(found, name).dtype == np.int32
    assert list(folder.iterdir()) == []


def test_files_are_gone_after_an_error_too(tmp_path: Path) -> None:
    store = PairStore(Small(folder=tmp_path, pairs_held=0))

    def fail() -> None:
        with store:
            store.add(chunk(1))
            assert list(tmp_path.iterdir())
            raise RuntimeError("boom")

    with pytest.raises(RuntimeError, match="boom"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_within_the_budget_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "spill"
    with PairStore(Resources(memory_mb=128, folder=folder)) as store:
        store.add(chunk(1))
        assert n_in_files(store) == 0
    assert not folder.exists()


def test_chunks_without_pairs_are_not_kept() -> None:
    none = np.zeros(0, dtype=np.int32)
    with PairStore(Resources()) as store:
        store.add(PairChunk(0, none, none, none))
        assert store.chunks == []
