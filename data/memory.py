"""How is memory given back that large tables no longer need? By allocators that are told to, where they can be told.

Without it a night holds to its end what its largest step once needed. Nothing else hangs on it.
"""

from __future__ import annotations

import ctypes
import sys

import pyarrow as pa

#: Long enough that what one column took serves the next, short enough that two steps never add up.
_DECAY_MS = 100
_GENEROUS = "jemalloc"
#: glibc's malloc.h: blocks from a size on lie apart and go back when they are freed; left alone it raises the size to
#: 32 MiB, and most columns lie below.
_M_MMAP_THRESHOLD, _LARGE = -3, 1 << 20


def give_back_soon() -> None:
    """For a process that works through large tables, before the first is read: what Arrow holds."""
    if _GENEROUS in pa.supported_memory_backends():
        pa.set_memory_pool(pa.jemalloc_memory_pool())
        pa.jemalloc_set_decay_ms(_DECAY_MS)


def give_columns_back() -> None:
    """For one that works through many more tables than it holds: what numpy holds."""
    if (libc := _glibc()) is not None:
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)


def give_back() -> None:
    """Between two steps: what is free in between what is not."""
    if (libc := _glibc()) is not None:
        libc.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") else None
