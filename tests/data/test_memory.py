from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest

from data.memory import give_back_soon


def test_the_allocator_that_gives_back_is_chosen_where_it_is_there() -> None:
    told = "from data.memory import give_back_soon; import pyarrow as pa; give_back_soon(); print(pa.default_memory_pool().backend_name)"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout.strip()
    assert found == (
        "jemalloc" if "jemalloc" in pa.supported_memory_backends() else pa.default_memory_pool().backend_name
    )


def test_a_platform_without_it_goes_on_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pa, "supported_memory_backends", lambda: ["system"])
    before = pa.default_memory_pool().backend_name
    give_back_soon()
    assert pa.default_memory_pool().backend_name == before
