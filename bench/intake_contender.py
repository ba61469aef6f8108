"""One reader reads one file once, in a process of its own: what this process costs is what the table shows.

python -m bench.intake_contender CONTENDER FILE FOLDER
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from pathlib import Path

#: Contender -> module and function; only the contender's own module is imported.
FUNCTIONS = {
    "ours": ("bench.intake_ours", "read"),
    "ours+accept": ("bench.intake_ours", "take"),
    "pandas": ("bench.intake_pandas", "read"),
    "polars": ("bench.intake_polars", "read"),
}


def main(contender: str, file: str, folder: Path) -> None:
    """Read, and leave the seconds (imports not counted) and the number of rows in the folder."""
    module, function = FUNCTIONS[contender]
    read = getattr(importlib.import_module(module), function)
    started = time.perf_counter()
    n_rows = read(folder, file)
    answer = {"read_s": time.perf_counter() - started, "n_rows": n_rows}
    answer_path(folder, contender, file).write_text(json.dumps(answer), encoding="utf-8")


def answer_path(folder: Path, contender: str, file: str) -> Path:
    """Where a contender leaves its answer."""
    return folder / f"{contender}.{file}.json"


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
