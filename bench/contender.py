"""One contender links the county once, in a process of its own: what this process costs is what the table shows.

python -m bench.contender NAME FOLDER
"""

from __future__ import annotations

import importlib
import pickle
import sys
from pathlib import Path

from bench.inputs import read_county

#: Name -> module whose `link` does the work; only the contender's own is imported.
MODULES = {"ours": "bench.ours", "recordlinkage": "bench.recordlinkage_peer", "splink": "bench.splink_peer"}


def main(name: str, folder: Path) -> None:
    """Link, and leave the answer in the folder."""
    answer = importlib.import_module(MODULES[name]).link(read_county(folder))
    (folder / f"{name}.answer.pkl").write_bytes(pickle.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
