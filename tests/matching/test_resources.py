from __future__ import annotations

from pathlib import Path

import pytest

from matching.executor import InLine, Threads
from matching.resources import Resources


def test_chunks_and_pairs_held_follow_the_budget() -> None:
    sizes = [Resources(memory_mb=mb).held_bytes for mb in (512, 1024, 4096)]
    assert sizes == sorted(sizes)
    assert sizes[2] == 8 * sizes[0] < 4096 << 20
    assert Resources(memory_mb=128).chunk_pairs < Resources(memory_mb=4096).chunk_pairs


@pytest.mark.parametrize("n_workers", [1, 2, 16])
def test_all_chunks_at_work_together_fit(n_workers: int) -> None:
    executor = Threads(n_workers) if n_workers > 1 else InLine()
    for memory_mb in (128, 1024):
        resources = Resources(memory_mb, executor)
        assert resources.chunk_pairs * n_workers * 400 <= max(memory_mb << 20, (1 << 14) * n_workers * 400)


def test_the_processors_of_this_machine_unless_said() -> None:
    assert Resources.local(512, 3, Path()).executor.n_workers == 3
    assert Resources.local(512, 0, Path()).executor.n_workers >= 1
