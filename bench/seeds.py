"""`python -m bench.seeds`: the report's table and the Longlou check on unseen seeds, through the command line.

Generates 文昌, reconciles and evaluates it, for each seed; exit code 1 when one is not exact. A minute or two a seed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.processes import ROOT, say

AREA, AS_OF = "469005", "2016-06-16"
#: The report's partition (文昌): 5 + 48 + 6 + 127 = 186 and 51 + 4 + 273 = 328.
TABLE = {
    "small_enterprise": {"pocket": 5, "floating": 48, "lost": 6, "normal": 127},
    "household_business": {"floating": 51, "lost": 4, "normal": 273},
}
N_CLAIMS, N_FALSE = 50, 19


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.seeds", description=__doc__)
    parser.add_argument("--first", type=int, default=901, help="the first seed (901)")
    parser.add_argument("--seeds", type=int, default=10, help="how many (10)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    options = parser.parse_args(arguments)
    if options.first < 0 or options.seeds < 1:
        parser.error("--first not negative, --seeds at least 1")
    return options


def judge(seed: int, folder: Path) -> dict[str, Any]:
    """Make, reconcile and evaluate one county; what came out and whether all of it is the report's."""
    source, out = folder / "source", folder / "out"
    _longlou(folder, "generate", "--area", AREA, "--seed", str(seed), "--out", str(source), "--as-of", AS_OF)
    sources = ("--sources", str(source / "sources.toml"))
    summary = _longlou(folder, "reconcile", *sources, "--out", str(out), "--as-of", AS_OF, "--json")
    quality = _longlou(folder, "evaluate", "--run", str(out), "--truth", str(source / "truth"), "--json")
    claims = next((source / "claims").glob("*.xlsx"))
    against = [part for path in sorted((source / "rosters").glob("*")) for part in ("--against", str(path))]
    check = _longlou(
        folder, "verify", str(claims), *against, "--out", str(folder / "check"), "--as-of", AS_OF, "--json"
    )
    return verdict(seed, json.loads(summary), json.loads(quality), json.loads(check))


def verdict(seed: int, summary: dict[str, Any], quality: dict[str, Any], check: dict[str, Any]) -> dict[str, Any]:
    """The figures of a seed. is_exact: the table is the report's, and exactly the 19, no decoy, are struck out."""
    table = {name: {kind: n for kind, n in summary["classes"][name].items() if n} for name in TABLE}
    false = quality["false_entries"]
    is_right = (false["precision"], false["recall"], false["n_decoys_struck"]) == (1.0, 1.0, 0)
    is_exact = table == TABLE and is_right and (check["n_claims"], check["n_false"]) == (N_CLAIMS, N_FALSE)
    return {
        "seed": seed,
        "is_exact": is_exact,
        "classes": table,
        "false_entries": false,
        "rosters_alone": {name: check[name] for name in ("n_claims", "n_confirmed", "n_false", "n_review")},
    }


def _longlou(folder: Path, *arguments: str) -> str:
    environment = os.environ | {"LONGLOU_VAR_DIR": str(folder / "var")}
    command = [sys.executable, "-m", "longlou", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{arguments[0]}: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout


def main(arguments: list[str]) -> int:
    """Judge every seed; 1 when one is not exact."""
    options = parse(arguments)
    found = []
    for seed in range(options.first, options.first + options.seeds):
        with tempfile.TemporaryDirectory(prefix="longlou-seed-") as name:
            found.append(judge(seed, Path(name)))
        say(f"seed {seed}: {'exact' if found[-1]['is_exact'] else 'NOT exact'}  {found[-1]['rosters_alone']}")
    if options.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    n_exact = sum(bool(one["is_exact"]) for one in found)
    say(f"{n_exact} of {len(found)} exact")
    return 0 if n_exact == len(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
