"""`python -m bench.county`: a synthetic county linked by us and by named peers, in turn, each in its own process.

Progress goes to stderr, the table (or with --json one document) to stdout. docs/benchmarks.md says what is measured.
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

from bench.figures import OURS, Round, medians, order_of, ratios, table, with_rates
from bench.processes import ChildFailedError, machine, run_module, say


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.county", description=__doc__)
    parser.add_argument("--seed", type=int, default=7, help="of the county (7)")
    parser.add_argument("--rounds", type=int, default=3, help="how often everybody runs (3)")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the county, at most 2; 1 is the report's (1)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    options = parser.parse_args(arguments)
    if options.rounds < 1 or options.seed < 0 or not 0 < options.scale <= 2:
        parser.error("--rounds at least 1, --seed not negative, --scale above 0 and at most 2")
    return options


def peers() -> list[str]:
    """The named peers that are installed; says so when Splink is not."""
    if find_spec("splink") and find_spec("duckdb"):
        return ["recordlinkage", "splink"]
    say("Splink is not installed (pip install -e '.[bench]'): going on without it")
    return ["recordlinkage"]


def measure(seed: int, scale: float, n_rounds: int, names: list[str]) -> dict[str, Any]:
    """Make the county, run every contender in every round, and gather the document of `--json`."""
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        folder = Path(name)
        say(f"making a county (seed {seed}, scale {scale})")
        run_module("bench.inputs", str(folder), str(seed), str(scale))
        county = json.loads((folder / "county.json").read_text(encoding="utf-8"))
        rounds = [_round(folder, names, number, n_rounds) for number in range(n_rounds)]
    counts = {key: value for key, value in county.items() if key.startswith("n_")}
    return {
        "county": {**counts, "seed": seed, "scale": scale},
        "machine": machine() | {"load_before": load_before, "load_after": os.getloadavg()[0]},
        "peers": [name for name in names if name != OURS],
        **medians(rounds),
        "ratio": ratios(rounds),
        "rounds": rounds,
    }


def main(arguments: list[str]) -> int:
    """Run the benchmark; 1 when a contender failed."""
    options = parse(arguments)
    try:
        document = measure(options.seed, options.scale, options.rounds, [OURS, *peers()])
    except ChildFailedError as error:
        say(str(error))
        return 1
    print(json.dumps(document, ensure_ascii=False, indent=2) if options.json else table(document))
    return 0


def _round(folder: Path, names: list[str], number: int, n_rounds: int) -> Round:
    costs = {}
    for name in order_of(names, number):
        costs[name] = run_module("bench.contender", name, str(folder))
        cost = costs[name]
        say(
            f"round {number + 1}/{n_rounds}  {name}: {cost.wall_s:.1f} s, CPU {cost.cpu_s:.1f} s, {cost.peak_mb:.0f} MB"
        )
    run_module("bench.scoring", str(folder), *names)
    scores = {name: json.loads((folder / f"{name}.score.json").read_text(encoding="utf-8")) for name in names}
    return {name: with_rates({**asdict(costs[name]), **scores[name]}) for name in names}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
