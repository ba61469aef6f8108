"""The yardstick of the night: pandas reads every table of a folder as text and does nothing with it.

python -m bench.night_reading FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

#: What the synthetic offices write their text files in.
_ENCODINGS = ("utf-8", "gb18030")


def read_all(folder: Path) -> int:
    """Rows of all workbooks and text files below `folder`, headers and titles included; the truth is no source."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".csv", ".xlsx"))
    return sum(_n_rows(path) for path in files if "truth" not in path.relative_to(folder).parts)


def _n_rows(path: Path) -> int:
    if path.suffix == ".xlsx":
        sheets = pd.read_excel(path, sheet_name=None, header=None, engine="calamine", dtype=str)
        return sum(map(len, sheets.values()))
    for encoding in _ENCODINGS:
        try:
            return len(pd.read_csv(path, header=None, dtype=str, encoding=encoding))
        except UnicodeDecodeError:
            continue
    raise SystemExit(f"no encoding of {', '.join(_ENCODINGS)} fits {path.name}")


if __name__ == "__main__":
    print(read_all(Path(sys.argv[1])))
