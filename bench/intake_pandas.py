"""pandas' own readers, every cell as text: calamine for the workbook, the C parser for the text."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from bench.intake_files import TEXT, WORKBOOK


def read(folder: Path, file: str) -> int:
    """Rows below the header."""
    if file == "workbook":
        return len(pd.read_excel(folder / WORKBOOK, engine="calamine", dtype=str))
    return len(pd.read_csv(folder / TEXT, encoding="gb18030", dtype=str))
