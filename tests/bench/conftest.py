"""Benchmarks that make their data, start peers and several programs are slow tests: `make test-slow`."""

from __future__ import annotations

from pathlib import Path

import pytest

SLOW = (
    "test_desk.py",
    "test_faults.py",
    "test_growth.py",
    "test_incremental.py",
    "test_night.py",
    "test_reviewers.py",
    "test_scale.py",
    "test_scale_splink.py",
    "test_seeds.py",
    "test_serve.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent and Path(item.path).name in SLOW:
            item.add_marker(pytest.mark.slow)
