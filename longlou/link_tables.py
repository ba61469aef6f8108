"""Tables read beside something else: Arrow needs no interpreter, and importing what links them takes as long."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pandas as pd

from data.sources.plain_table import read_plain_table


class TableAhead:
    """A table whose reading has begun. It is handed out once and not kept: whoever took it can let go of it."""

    def __init__(self, path: Path) -> None:
        pool = ThreadPoolExecutor(1, thread_name_prefix="reading")
        self._table: list[Future[pd.DataFrame]] = [pool.submit(read_plain_table, path)]
        pool.shutdown(wait=False)

    def take(self) -> pd.DataFrame:
        """The table, when it is there. Raises what reading it raised."""
        return self._table.pop().result()
