"""How does Arrow give memory back? By an allocator that returns what is free after a moment, where there is one."""

from __future__ import annotations

import pyarrow as pa

#: Long enough that what one column took serves the next, short enough that two steps never add up.
_DECAY_MS = 100
_GENEROUS = "jemalloc"


def give_back_soon() -> None:
    """For a process that works through large tables, before the first is read. Without it nothing changes."""
    if _GENEROUS in pa.supported_memory_backends():
        pa.set_memory_pool(pa.jemalloc_memory_pool())
        pa.jemalloc_set_decay_ms(_DECAY_MS)
