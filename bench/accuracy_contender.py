"""One contender scores the candidate pairs, in a process of its own: what this process costs is what the table shows.

python -m bench.accuracy_contender NAME FOLDER
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

from bench.accuracy_data import read_input, write_answer

#: Name -> module whose `link` does the work; only the contender's own is imported.
MODULES = {
    "ours": "bench.accuracy_ours",
    "link": "bench.accuracy_link",
    "recordlinkage": "bench.accuracy_recordlinkage",
    "splink": "bench.accuracy_splink",
}


def main(name: str, folder: Path) -> None:
    """Link, and leave the answer in the folder."""
    write_answer(folder, name, importlib.import_module(MODULES[name]).link(read_input(folder)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
