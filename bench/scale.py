"""`python -m bench.scale`: a province linked by us and by named peers, in turn, on the same files, pairs and truth.

Each runs as a process of its own. Progress goes to stderr, the table (or with --json one document) to stdout;
docs/benchmarks.md says what is measured. Standard library only: a big parent would hide the peak of a small child.
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

from bench.figures import OURS, Figures, Round, order_of
from bench.processes import ChildFailedError, machine, say
from bench.scale_figures import PEERS, document, table
from bench.scale_round import answer_of, digest, make_files, run_contender
from bench.scale_rules import RULES

PERSONS, MEMBERS = 1_300_000, 400_000
_LEAST = 1_000


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--persons", type=int, default=PERSONS, help="employed persons (1,300,000)")
    parser.add_argument("--members", type=int, default=MEMBERS, help="members on rosters (400,000)")
    parser.add_argument("--rules", choices=RULES, default="medium", help="blocking rules (medium)")
    parser.add_argument("--rounds", type=int, default=3, help="how often everybody runs (3)")
    parser.add_argument("--seed", type=int, default=7, help="of the province (7)")
    parser.add_argument("--peers", type=_names, default=PEERS, help="with commas, or none (splink,recordlinkage)")
    parser.add_argument("--peer-rounds", type=int, help="rounds in which the peers run; by default all")
    parser.add_argument("--budgets", type=_numbers, default=(), help="memory budgets in MiB, with commas: ours at each")
    parser.add_argument("--out", type=Path, help="where files and answers stay; by default they are thrown away")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    options = parser.parse_args(arguments)
    if min(options.persons, options.members) < _LEAST or options.rounds < 1 or options.seed < 0:
        parser.error(f"--persons and --members at least {_LEAST:,}, --rounds at least 1, --seed not negative")
    if options.peer_rounds is not None and not 1 <= options.peer_rounds <= options.rounds:
        parser.error("--peer-rounds between 1 and --rounds")
    return options


def installed(names: tuple[str, ...]) -> list[str]:
    """The peers that are there; says so when Splink is asked for and is not."""
    if "splink" not in names or (find_spec("splink") and find_spec("duckdb")):
        return list(names)
    say("Splink is not installed (pip install -e '.[bench]'): going on without it")
    return [name for name in names if name != "splink"]


def measure(options: argparse.Namespace, folder: Path, peers: list[str]) -> dict[str, Any]:
    """Make the files, run every contender in every round, and gather the document of `--json`."""
    load_before = os.getloadavg()[0]
    province = make_files(folder, options.persons, options.members, options.seed)
    peer_rounds = options.peer_rounds or options.rounds
    rounds = [
        _round(folder, options.rules, [OURS, *(peers if number < peer_rounds else [])], number)
        for number in range(options.rounds)
    ]
    budgets = {"budgets": at_budgets(folder, options.rules, options.budgets)} if options.budgets else {}
    load = {"load_before": load_before, "load_after": os.getloadavg()[0]}
    told = document(rounds)
    return {"province": province, "rules": options.rules, "machine": machine() | load, **told, **budgets}


def at_budgets(folder: Path, rules: str, budgets: tuple[int, ...]) -> list[Figures]:
    """Ours at each memory budget, then with one worker and with two: cost, and are the bytes those of before?"""
    wanted = digest(answer_of(OURS, folder))
    calls: list[tuple[str, tuple[str, ...], dict[str, str]]] = [
        (f"budget {budget:,} MiB", ("--memory-mb", str(budget)), {}) for budget in budgets
    ]
    calls += [(f"{n} worker(s)", (), {"LONGLOU_WORKERS": str(n)}) for n in (1, 2)]
    found = []
    for name, options, settings in calls:
        figures = run_contender(OURS, folder, rules, *options, settings=settings)
        is_same = digest(answer_of(OURS, folder)) == wanted
        say(f"{name}: {figures['wall_s']:.1f} s, {figures['peak_mb']:,.0f} MB, {'same' if is_same else 'DIFFERENT'}")
        found.append({"name": name, **figures, "is_same": is_same})
    return found


def main(arguments: list[str]) -> int:
    """Run the benchmark; 1 when a contender failed, or did not compare the pairs that the others compared."""
    options = parse(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
            told = measure(options, (options.out or Path(name)).resolve(), installed(options.peers))
    except ChildFailedError as error:
        say(str(error))
        return 1
    print(json.dumps(told, ensure_ascii=False, indent=2) if options.json else table(told))
    is_right = told["is_pairs_equal"] and all(each["is_same"] for each in told.get("budgets", []))
    return 0 if is_right else 1


def _round(folder: Path, rules: str, names: list[str], number: int) -> Round:
    found = {}
    for name in order_of(names, number):
        found[name] = run_contender(name, folder, rules)
        f = found[name]
        say(f"round {number + 1}  {name}: {f['wall_s']:.1f} s, {f['peak_mb']:,.0f} MB, best F1 {f['best_f1']:.4f}")
    return {name: found[name] for name in names}


def _names(text: str) -> tuple[str, ...]:
    names = () if text == "none" else tuple(text.split(","))
    if set(names) - set(PEERS) or len(set(names)) < len(names):
        raise argparse.ArgumentTypeError(f"{text!r}: some of {','.join(PEERS)}, each once, or none")
    return names


def _numbers(text: str) -> tuple[int, ...]:
    try:
        numbers = tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: whole numbers with commas") from None
    if min(numbers) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: above 0")
    return numbers


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
