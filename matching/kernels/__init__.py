"""Are the level kernels compiled? What numba makes of them gives the levels of the plain array code, many times faster.

Each module here holds the kernels of some comparisons, complete in itself, because numba's cache on disk watches only
the file of a kernel. Nothing here is imported before the first pair is compared: numba takes a moment to load.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from importlib.util import find_spec

#: Set to `plain` to do without compiled kernels; the levels are the same.
SWITCH = "LONGLOU_KERNELS"


def are_compiled() -> bool:
    """Is numba there, and not switched off?"""
    return os.environ.get(SWITCH, "compiled") != "plain" and _has_numba()


@cache
def _has_numba() -> bool:
    return find_spec("numba") is not None


def load_ahead() -> None:
    """Load the compiler now: for a moment in which nobody waits for anything else."""
    if are_compiled():
        import_module("matching.kernels.compiler")
