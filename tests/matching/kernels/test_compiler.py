from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("numba")

_WORK = """import logging
import numpy as np
logging.basicConfig(level=logging.INFO)
from matching.kernels.compiler import compiled
from matching.kernels.codes import settled_levels
codes = np.array([0, 2, -1], dtype=np.int32)
rows = np.zeros(3, dtype=np.int32)
print(settled_levels(codes, rows, rows).tolist())
"""


def test_who_waits_for_the_compiler_is_told_so_once_and_never_again(tmp_path: Path) -> None:
    """The second process finds on disk what the first one made."""
    told = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", _WORK],
            env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        told.append(done.stderr.count("正在编译"))
    assert told == [1, 0]
