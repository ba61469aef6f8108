"""How does Arrow give memory back? By an allocator that returns what is free after a moment, where there is one."""

from __future__ import annotations

import pyarrow as pa

#: Long enough that what one column took serves the next, short enough that two steps never add up.
_DECAY_MS = 100


def give_back_soon() -> None:
    """For a process that works through large tables, before the first is read. Without it nothing changes."""
    try:
        pool = pa.jemalloc_memory_pool()
    except NotImplementedError:
        return
    pa.set_memory_pool(pool)
    pa.jemalloc_set_decay_ms(_DECAY_MS)
