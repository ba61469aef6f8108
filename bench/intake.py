"""`python -m bench.intake`: a large workbook and a large GB18030 text, read by us and by pandas, in turn.

Every reader runs as a process of its own. Progress goes to stderr, the table to stdout; --json FILE keeps the figures.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.figures import order_of
from bench.intake_contender import answer_path
from bench.intake_figures import Figures, Round, medians, ratios, table
from bench.processes import ChildFailedError, machine, run_module, say

FILES = ("workbook", "text")
STDOUT = "-"


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.intake", description=__doc__)
    parser.add_argument("--rows-workbook", type=int, default=500_000, help="rows of the workbook (500,000)")
    parser.add_argument("--rows-text", type=int, default=1_300_000, help="rows of the text (1,300,000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often every reader runs (3)")
    parser.add_argument(
        "--json",
        nargs="?",
        const=STDOUT,
        metavar="FILE",
        help="the figures as one document, or into FILE beside the table",
    )
    options = parser.parse_args(arguments)
    if options.rounds < 1 or min(options.rows_workbook, options.rows_text) < 100:
        parser.error("--rounds at least 1, --rows-workbook and --rows-text at least 100")
    if options.rows_workbook >= 2**20:
        parser.error("--rows-workbook: a sheet holds 1,048,576 rows, the header included")
    return options


def contenders() -> list[str]:
    """Ours, pandas, and Polars where it and its reader of workbooks are installed."""
    names = ["ours", "ours+accept", "pandas"]
    return [*names, "polars"] if find_spec("polars") and find_spec("fastexcel") else names


def measure(n_workbook: int, n_text: int, n_rounds: int, names: list[str]) -> dict[str, Any]:
    """Make the files, run every reader in every round, and gather the document of `--json`."""
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        folder = Path(name)
        say(f"making a workbook of {n_workbook:,} rows and a text of {n_text:,} rows")
        run_module("bench.intake_files", str(folder), str(n_workbook), str(n_text))
        sizes = {"workbook": _size_mb(folder, "roster.xlsx"), "text": _size_mb(folder, "persons.csv")}
        files = {}
        for file in FILES:
            rounds = [_round(folder, file, names, number, n_rounds) for number in range(n_rounds)]
            files[file] = {"size_mb": sizes[file], **medians(rounds), "ratio": ratios(rounds), "rounds": rounds}
    load = {"load_before": load_before, "load_after": os.getloadavg()[0]}
    return {"machine": machine() | load, "contenders": names, "n_rounds": n_rounds, **files}


def main(arguments: list[str]) -> int:
    """Run the benchmark; 1 when a reader failed."""
    options = parse(arguments)
    try:
        document = measure(options.rows_workbook, options.rows_text, options.rounds, contenders())
    except ChildFailedError as error:
        say(str(error))
        return 1
    text = json.dumps(document, ensure_ascii=False, indent=2)
    if options.json not in (None, STDOUT):
        Path(options.json).write_text(text, encoding="utf-8")
    print(text if options.json == STDOUT else table(document, FILES))
    return 0


def _round(folder: Path, file: str, names: list[str], number: int, n_rounds: int) -> Round:
    return {name: _run(folder, file, name, f"round {number + 1}/{n_rounds}") for name in order_of(names, number)}


def _run(folder: Path, file: str, name: str, label: str) -> Figures:
    cost = run_module("bench.intake_contender", name, file, str(folder))
    answer = json.loads(answer_path(folder, name, file).read_text(encoding="utf-8"))
    say(f"{label}  {file}  {name}: {answer['read_s']:.1f} s, {cost.peak_mb:.0f} MB")
    return {**asdict(cost), **answer, "rows_per_s": answer["n_rows"] / answer["read_s"]}


def _size_mb(folder: Path, file: str) -> float:
    return (folder / file).stat().st_size / 2**20


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
