"""`python -m bench.night`: a province's whole night, from its files to the published ledgers, and where the time goes.

The province is made once; every round reconciles it as a process of its own into an empty store. Nobody else does the
whole night, so the yardstick is pandas reading the same files and doing nothing with them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.night_figures import Figures, medians, table
from bench.processes import ChildFailedError, machine, run_module, say

#: The share of the province that shows how seconds and memory grow.
SMALL = 1 / 16


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.night", description=__doc__)
    parser.add_argument("--area", default="46", help="46, the province, or the code of a county (46)")
    parser.add_argument("--scale", type=float, default=1.0, help="size, at most 2; 1 is the report's (1)")
    parser.add_argument("--seed", type=int, default=7, help="of the synthetic province (7)")
    parser.add_argument("--rounds", type=int, default=1, help="how often the night is run (1)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    options = parser.parse_args(arguments)
    if options.rounds < 1 or options.seed < 0 or not 0 < options.scale <= 2:
        parser.error("--rounds at least 1, --seed not negative, --scale above 0 and at most 2")
    return options


def measure(area: str, scale: float, seed: int, n_rounds: int) -> dict[str, Any]:
    """Make the files at both sizes, run every night, and gather the document of `--json`."""
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        folder = Path(name)
        small = _night(folder / "small", area, scale * SMALL, seed, n_rounds)
        whole = _night(folder / "whole", area, scale, seed, n_rounds)
    return {
        "area": area,
        "scale": scale,
        "seed": seed,
        "machine": machine() | {"load_before": load_before, "load_after": os.getloadavg()[0]},
        **whole,
        "small": {"share": SMALL, **small},
        "ratio": {
            name: {
                "wall": each["night"]["wall_s"] / each["reading"]["wall_s"],
                "cpu": each["night"]["cpu_s"] / each["reading"]["cpu_s"],
            }
            for name, each in (("to_reading", whole), ("to_reading_small", small))
        },
    }


def main(arguments: list[str]) -> int:
    """Run the benchmark; 1 when a process failed."""
    options = parse(arguments)
    _leave_installation_alone()
    try:
        document = measure(options.area, options.scale, options.seed, options.rounds)
    except ChildFailedError as error:
        say(str(error))
        return 1
    print(json.dumps(document, ensure_ascii=False, indent=2) if options.json else table(document))
    return 0


def _leave_installation_alone() -> None:
    """A night of the benchmark must not be published into anybody's store: only our own settings count."""
    for name in [name for name in os.environ if name.startswith("LONGLOU_")]:
        del os.environ[name]


def _night(folder: Path, area: str, scale: float, seed: int, n_rounds: int) -> dict[str, Any]:
    """Files made once and read once by pandas; then `n_rounds` nights, and the medians of their figures."""
    files = folder / "files"
    say(f"making area {area}, seed {seed}, scale {scale:g}")
    options = ("--area", area, "--scale", str(scale), "--seed", str(seed), "--out", str(files))
    made = run_module("longlou", "--quiet", "generate", *options)
    reading = run_module("bench.night_reading", str(files))
    say(f"made in {made.wall_s:.1f} s; read by pandas in {reading.wall_s:.1f} s")
    rounds = [_round(folder, number, n_rounds) for number in range(n_rounds)]
    return {"made": asdict(made), "reading": asdict(reading), **medians(rounds), "rounds": rounds}


def _round(folder: Path, number: int, n_rounds: int) -> Figures:
    """One night into an empty store: what the process cost, and what it says of itself.

    Prefect's home is shared by all nights: it is made once in the life of an installation, which takes ten seconds.
    """
    out, config = folder / f"out{number}", folder / f"settings{number}.toml"
    var_dir, store = folder.parent / "var", f"sqlite:///{folder / f'store{number}.db'}"
    config.write_text(f"var_dir = {json.dumps(str(var_dir))}\ndatabase_url = {json.dumps(store)}\n", encoding="utf-8")
    sources = folder / "files" / "sources.toml"
    arguments = (
        "--config",
        str(config),
        "--quiet",
        "reconcile",
        "--sources",
        str(sources),
        "--out",
        str(out),
        "--full",
    )
    cost = run_module("longlou", *arguments)
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    say(f"night {number + 1}/{n_rounds}: {cost.wall_s:.1f} s, CPU {cost.cpu_s:.1f} s, {cost.peak_mb:.0f} MB")
    return {
        **asdict(cost),
        "steps": {step["name"]: {"seconds": step["seconds"], "peak_mb": step["peak_mb"]} for step in summary["steps"]},
        "n_rows": sum(counts["read"] for counts in summary["counts"].values()),
        "n_members": summary["n_members"],
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
