"""`python -m bench.forming`: how good and how fast is the grouping? Three ways on synthetic counties.

Every county is made, reconciled up to its classes, and its units without an organisation are grouped in three ways.
Progress goes to stderr, the table (or with --json one document) to stdout. docs/benchmarks.md says what is measured.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, get_args

import pandas as pd

from bench.processes import machine, say
from data.sources.spec import load_sources
from data.synthetic.generate import AS_OF, generate
from flows import people
from flows.facts import gather_facts
from flows.forming import formed_organizations
from flows.intake import take_sources
from matching.spec import load_spec
from rules.engine import run_rules
from rules.forming.grouping import Method, by_place, grouped
from rules.params import load_params

#: Of content hashes; nothing of this run is kept.
_KEY = b"longlou-bench-record-key-32bytes"
METHODS: tuple[Method, ...] = get_args(Method)


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.forming", description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], help="of the counties (1 2 3)")
    parser.add_argument("--area", default="469005", help="which county (469005)")
    parser.add_argument("--scale", type=float, default=1.0, help="size of the county, at most 2 (1)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    options = parser.parse_args(arguments)
    if min(options.seeds) < 0 or not 0 < options.scale <= 2:
        parser.error("seeds not negative, --scale above 0 and at most 2")
    return options


def measure(area: str, seed: int, scale: float) -> dict[str, Any]:
    """The figures of one county."""
    say(f"county {area}, seed {seed}, scale {scale}")
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        folder = Path(name) / "sources"
        generate(area, folder, seed=seed, scale=scale, as_of=AS_OF)
        taken = take_sources(load_sources(folder / "sources.toml", AS_OF), _KEY, AS_OF)
        who = people.people_of(taken)
        matched = people.match_people(who, taken, load_spec(), people.no_judgements(), people.no_persons())
        linked = people.link_people(taken, who, matched)
        facts = gather_facts(taken, linked)
        ruled = run_rules(facts, AS_OF)
        started = time.perf_counter()
        formed = formed_organizations(taken, linked, facts, ruled, AS_OF)
        seconds = time.perf_counter() - started
    proposals, units = formed.proposed.proposals, formed.units
    return {
        "seed": seed,
        "n_units": len(units),
        "n_members": int(units["n_members"].sum()),
        "n_proposals": len(proposals),
        "n_blocked": int(proposals["is_blocked"].sum()),
        "by_form": {str(form): int(n) for form, n in proposals["form"].value_counts().sort_index().items()},
        "seconds": round(seconds, 3),
        "methods": _methods(units),
    }


def _methods(units: pd.DataFrame) -> dict[str, dict[str, Any]]:
    limits = load_params(AS_OF).forming
    joint = units[units["n_formal"] < limits.min_formal.value].reset_index(drop=True)
    instance = by_place(joint, limits)
    found: dict[str, dict[str, Any]] = {}
    for method in METHODS:
        started = time.perf_counter()
        grouping = grouped(instance, method)
        worth = grouping.worth
        found[method] = {
            "covered": worth.covered,
            "distance": -worth.nearness,
            "branches": -worth.fewness,
            "seconds": round(time.perf_counter() - started, 4),
            "is_proven": grouping.is_proven,
        }
    best = found["exact"]["covered"]
    for method in METHODS:
        found[method]["gap"] = round(1 - found[method]["covered"] / best, 4) if best else 0.0
    return found


def table(document: dict[str, Any]) -> str:
    """The figures as plain text."""
    lines = [f"{'seed':>4} {'method':<13}{'covered':>8}{'gap':>8}{'distance':>9}{'branches':>9}{'seconds':>9}"]
    for county in document["counties"]:
        for method, one in county["methods"].items():
            lines.append(
                f"{county['seed']:>4} {method:<13}{one['covered']:>8}{one['gap']:>8.2%}{one['distance']:>9}"
                f"{one['branches']:>9}{one['seconds']:>9.3f}"
            )
        lines.append(
            f"     {county['n_units']} units, {county['n_members']} members; {county['n_proposals']} proposals, "
            f"{county['n_blocked']} blocked; {county['seconds']:.2f} s in all"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Run the benchmark."""
    options = parse(arguments)
    counties = [measure(options.area, seed, options.scale) for seed in options.seeds]
    document = {"area": options.area, "scale": options.scale, "machine": machine(), "counties": counties}
    print(json.dumps(document, ensure_ascii=False, indent=2) if options.json else table(document))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
