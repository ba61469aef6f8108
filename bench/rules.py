"""`python -m bench.rules`: every rule on a province's members, one core. Seconds by rule, peak memory of the process.

The facts are made beforehand, outside the clock. docs/benchmarks.md says what is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd

from bench.processes import machine, say
from bench.rules_facts import AS_OF, province
from rules import engine
from rules.case import Case
from rules.catalogue import RULES
from rules.counts import check_partition
from rules.engine import struck_persons
from rules.rule import Rule

_KB_PER_MB = 1024 * 1024 if sys.platform == "darwin" else 1024


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.rules", description=__doc__)
    parser.add_argument("--members", type=int, default=400_000, help="members on rosters (400000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything runs (3)")
    parser.add_argument("--seed", type=int, default=7, help="of the facts (7)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    options = parser.parse_args(arguments)
    if options.members < 1 or options.rounds < 1 or options.seed < 0:
        parser.error("--members and --rounds at least 1, --seed not negative")
    return options


def measure(n_members: int, n_rounds: int, seed: int) -> dict[str, Any]:
    """Run all rules in every round and gather the document of `--json`; seconds are the median round's."""
    say(f"making facts of {n_members} members (seed {seed})")
    facts = province(n_members, seed)
    made_mb = _peak_mb()
    rounds = []
    for _ in range(n_rounds):
        seconds: dict[str, float] = {}
        wall, cpu = time.perf_counter(), time.process_time()
        with _timed(seconds):
            result = engine.run_rules(facts, AS_OF)
        rounds.append({"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu, "rules": seconds})
        check_partition(result.classifications, facts.members, struck_persons(facts, result.findings))
    rounds.sort(key=lambda one: float(str(one["wall_s"])))
    return {
        **rounds[len(rounds) // 2],
        "peak_mb": _peak_mb(),
        "facts_peak_mb": made_mb,
        "n_members": n_members,
        "n_rules": len(RULES),
        "n_classified": len(result.classifications),
        "n_findings": len(result.findings),
        "machine": machine() | {"load_after": os.getloadavg()[0]},
        "rounds": rounds,
    }


@contextmanager
def _timed(seconds: dict[str, float]) -> Iterator[None]:
    """A clock on every rule that the engine runs. What several rules derive together is charged to the first to ask."""
    fire = engine._fire

    def timed(rule: Rule, case: Case) -> pd.DataFrame:
        begun = time.perf_counter()
        found = fire(rule, case)
        seconds[rule.code] = time.perf_counter() - begun
        return found

    engine._fire = timed
    try:
        yield
    finally:
        engine._fire = fire


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KB_PER_MB


def table(document: dict[str, Any]) -> str:
    """The figures as lines: the whole first, then the rules by their cost."""
    dear = sorted(document["rules"].items(), key=lambda item: -item[1])
    rest = document["wall_s"] - sum(document["rules"].values())
    return "\n".join(
        [
            f"{document['n_members']} members, {document['n_rules']} rules, {document['n_findings']} findings",
            f"{document['wall_s']:.1f} s, CPU {document['cpu_s']:.1f} s, peak {document['peak_mb']:.0f} MB "
            f"(of which facts {document['facts_peak_mb']:.0f} MB)",
            *(f"  {code:<10} {seconds:6.2f} s" for code, seconds in dear),
            f"  {'rest':<10} {rest:6.2f} s",
        ]
    )


def main(arguments: list[str]) -> int:
    """Run the benchmark."""
    options = parse(arguments)
    document = measure(options.members, options.rounds, options.seed)
    print(json.dumps(document, ensure_ascii=False, indent=2) if options.json else table(document))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
