"""Memory goes back to the system where that can be asked for; elsewhere nothing changes."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest

from data.memory import give_back, give_back_soon, give_columns_back


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


_HELD = """
import sys
from data.memory import give_back, give_columns_back


def resident_mb():
    pages = int(open("/proc/self/statm").read().split()[1])
    return pages * 4096 / 2**20


if "told" in sys.argv:
    give_columns_back()
import numpy as np
# Once freed, a large block raises the size from which on others lie apart; small ones keep the heap from shrinking.
np.ones(2 << 17)
columns = [(np.ones(2 << 17), np.ones(1 << 10)) for _ in range(100)]
kept = [small for _, small in columns]
del columns
if "told" in sys.argv:
    give_back()
print(resident_mb())
"""


def test_what_is_freed_goes_back_to_the_system() -> None:
    silent, told = (
        float(subprocess.run([sys.executable, "-c", _HELD, *more], capture_output=True, text=True, check=True).stdout)
        for more in ([], ["told"])
    )
    assert told < silent - 100


def test_a_platform_that_cannot_be_told_goes_on_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "elsewhere")
    give_columns_back()
    give_back()
