"""`python -m tests.faults.plain ...`: the command line with Prefect's flows and tasks as plain functions.

For processes that a test kills: what is tested is the night's own work, and no server has to start for it.
"""

from __future__ import annotations

import sys

import pytest

from longlou.main import main
from tests.county import without_engine

if __name__ == "__main__":
    without_engine(pytest.MonkeyPatch())
    main(sys.argv[1:])
