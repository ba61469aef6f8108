"""`python -m bench.growth`: seconds and memory of ours over provinces of 1/16 to 2, against the candidate pairs.

Each size runs twice: with the rules asked for, and with the tight ones on the same files. What the second costs less is
the cost of the pairs that it does not make: so the part that grows with the records is told apart by measuring, not by
a fit. Progress goes to stderr, the table (or with --json one document) to stdout; --svg DIR draws the curves.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import OURS, Figures
from bench.growth_figures import document, table
from bench.processes import ChildFailedError, machine, say
from bench.scale import MEMBERS, PERSONS
from bench.scale_round import make_files, run_contender
from bench.scale_rules import RULES

#: Sizes in provinces.
SIZES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0, 2.0)
_BASE = "tight"


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("--rules", choices=[r for r in RULES if r != _BASE], default="medium", help="(medium)")
    parser.add_argument("--rounds", type=int, default=1, help="how often each size runs; medians are told (1)")
    parser.add_argument("--scale", type=float, default=1.0, help="all sizes times this (1)")
    parser.add_argument("--seed", type=int, default=7, help="of the provinces (7)")
    parser.add_argument("--svg", type=Path, metavar="DIR", help="draw growth_time, _memory and _cost there")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    options = parser.parse_args(arguments)
    if options.rounds < 1 or options.seed < 0 or not 0.02 <= options.scale <= 1:
        parser.error("--rounds at least 1, --seed not negative, --scale from 0.02 to 1")
    return options


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Every size with both sets of rules, small to large, and the document of `--json`."""
    load_before = os.getloadavg()[0]
    points = [_point(size * options.scale, options) for size in SIZES]
    load = {"load_before": load_before, "load_after": os.getloadavg()[0]}
    return {"rules": options.rules, "rounds": options.rounds, "machine": machine() | load, **document(points)}


def main(arguments: list[str]) -> int:
    """Run the benchmark; 1 when a run failed."""
    options = parse(arguments)
    try:
        told = measure(options)
    except ChildFailedError as error:
        say(str(error))
        return 1
    if options.svg:
        # Only now that everything is measured: what draws belongs to the package, and would make this process big.
        from bench.growth_charts import draw

        draw(told, options.svg)
    print(json.dumps(told, ensure_ascii=False, indent=2) if options.json else table(told))
    return 0


def _point(size: float, options: argparse.Namespace) -> dict[str, Any]:
    """One size: its records, and the medians with both sets of rules."""
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        folder = Path(name)
        facts = make_files(folder, round(PERSONS * size), round(MEMBERS * size), options.seed)
        rounds: dict[str, list[Figures]] = {_BASE: [], options.rules: []}
        for number in range(options.rounds):
            for rules, found in rounds.items():
                found.append(run_contender(OURS, folder, rules))
                f = found[-1]
                say(f"{size:g} of a province, {rules}, round {number + 1}: {f['wall_s']:.1f} s, {f['peak_mb']:,.0f} MB")
    middle = {
        rules: {name: median(each[name] for each in found) for name in found[0]} for rules, found in rounds.items()
    }
    n_records = facts["n_employed"] + facts["n_members"]
    return {"size": size, "n_records": n_records, "base": middle[_BASE], "all": middle[options.rules]}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
