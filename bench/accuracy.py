"""`python -m bench.accuracy`: how right are we beside recordlinkage and Splink, on the same records, pairs and truth?

Counties on the seeds given (or, with --tier, the persons of the public benchmark); each contender a process of its own.
Progress goes to stderr, one table (or with --json one document) to stdout; docs/benchmarks.md says what is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.accuracy_figures import pooled, table
from bench.processes import ChildFailedError, machine, run_module, say

SEEDS = (201, 202, 203)
TIERS = ("easy", "medium", "hard")


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("--seeds", type=_seeds, default=SEEDS, help="with commas (201,202,203)")
    parser.add_argument("--scale", type=float, default=1.0, help="size of each data set (1)")
    parser.add_argument("--tier", choices=TIERS, help="persons of the public benchmark instead of counties")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    options = parser.parse_args(arguments)
    if options.scale <= 0:
        parser.error("--scale above 0")
    return options


def peers() -> list[str]:
    """The named peers that are installed; says so when Splink is not."""
    if find_spec("splink") and find_spec("duckdb"):
        return ["recordlinkage", "splink"]
    say("Splink is not installed (pip install -e '.[bench]'): going on without it")
    return ["recordlinkage"]


def measure(kind: str, seeds: tuple[int, ...], scale: float, names: list[str]) -> dict[str, Any]:
    """Run every contender on every seed, and gather the document of `--json`."""
    load_before = os.getloadavg()[0]
    sets = [_one(kind, seed, scale, names) for seed in seeds]
    found = pooled(sets)
    # The patterns of all seeds are told together.
    each = [{name: part for name, part in one.items() if name != "patterns"} for one in sets]
    load = {"load_before": load_before, "load_after": os.getloadavg()[0]}
    return {
        "data": kind,
        "seeds": list(seeds),
        "scale": scale,
        "machine": machine() | load,
        **found,
        "sets": each,
    }


def main(arguments: list[str]) -> int:
    """Run the benchmark; 1 when a contender failed."""
    options = parse(arguments)
    try:
        # The specification that ships is for the benchmark's table; a county has no such table.
        ours = ["ours", "link"] if options.tier else ["ours"]
        document = measure(options.tier or "county", options.seeds, options.scale, [*ours, *peers()])
    except ChildFailedError as error:
        say(str(error))
        return 1
    print(json.dumps(document, ensure_ascii=False, indent=2) if options.json else table(document))
    return 0


def _seeds(text: str) -> tuple[int, ...]:
    try:
        seeds = tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: whole numbers with commas") from None
    if min(seeds) < 0 or len(set(seeds)) < len(seeds):
        raise argparse.ArgumentTypeError(f"{text!r}: not negative, each once")
    return seeds


def _one(kind: str, seed: int, scale: float, names: list[str]) -> dict[str, Any]:
    """One data set: made, linked by everybody, scored."""
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        folder = Path(name)
        say(f"{kind}, seed {seed}: making records and candidate pairs")
        run_module("bench.accuracy_inputs", str(folder), kind, str(seed), str(scale))
        costs = {}
        for contender in names:
            cost = run_module("bench.accuracy_contender", contender, str(folder))
            costs[contender] = {"seconds": cost.wall_s, "cpu_s": cost.cpu_s, "peak_mb": cost.peak_mb}
            say(f"{kind}, seed {seed}: {contender} {cost.wall_s:.1f} s, {cost.peak_mb:.0f} MB")
        run_module("bench.accuracy_scoring", str(folder), *names)
        scores = json.loads((folder / "scores.json").read_text(encoding="utf-8"))
    return {"seed": seed, "costs": costs, **scores}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
