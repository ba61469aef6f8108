"""How are kernels compiled? Once per machine, kept on disk, run without the interpreter's lock.

The cache lies beside the module, else in the user's cache folder, else in NUMBA_CACHE_DIR; where none can be written
(a read-only installation without a home) every process compiles for itself.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar, cast

import numba
import numpy as np
import numpy.typing as npt
from numba.core import event

from data.words import tr
from matching.arrays import Positions

log = logging.getLogger("longlou.matching")

Function = TypeVar("Function", bound=Callable[..., object])


class _Notice(event.Listener):
    """Says once why nothing seems to happen: what is compiled is not loaded from the cache."""

    is_told = False

    def on_start(self, event: event.Event) -> None:
        """Something is about to be compiled."""
        if not self.is_told:
            self.is_told = True
            log.info(
                "%s", tr("首次使用，正在编译比较程序，约半分钟", "compiling the comparisons, once, for half a minute")
            )

    def on_end(self, event: event.Event) -> None:
        """Nobody needs to hear of it."""


event.register("numba:compile", _Notice())  # type: ignore[no-untyped-call]


def compiled(function: Function) -> Function:
    """The function as machine code, made at its first call and cached."""
    try:
        made = numba.njit(function, cache=True, nogil=True, error_model="numpy")
    except RuntimeError:
        # Numba found no folder to write its cache to.
        made = numba.njit(function, nogil=True, error_model="numpy")
    return cast(Function, made)


def inlined(function: Function) -> Function:
    """A part of a kernel, called from kernels of its own file only."""
    return cast(Function, numba.njit(function, nogil=True, error_model="numpy"))


def rows32(positions: Positions) -> npt.NDArray[np.int32]:
    """Positions as every kernel reads them: a kernel is compiled for one type only."""
    return np.require(positions, np.int32, ["C", "W"])
