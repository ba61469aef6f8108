"""`python -m bench.incremental`: a full night, then one in which a row in a hundred changed; what the second costs.

Both are whole processes on one store and one `var` folder, from the files to the published ledgers. A last, full night
compares everything anew: its files must be those of the night before, byte for byte.
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

from bench.figures import grid
from bench.incremental_changes import change_files
from bench.processes import ChildFailedError, machine, run_module, say
from reports.differences_files import TITLE as DIFFERENCES

#: Files of a run that tell times, or what is new since the run before; all others must be equal.
_OF_THE_RUN = frozenset({"summary.json", "differences.csv", f"{DIFFERENCES}.xlsx"})


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.incremental", description=__doc__)
    parser.add_argument("--area", default="46", help="46, the province, or the code of a county (46)")
    parser.add_argument("--scale", type=float, default=1.0, help="size, at most 2; 1 is the report's (1)")
    parser.add_argument("--seed", type=int, default=7, help="of the synthetic province and of the changes (7)")
    parser.add_argument("--changed", type=float, default=0.01, help="share of the rows of persons that change (0.01)")
    parser.add_argument("--everywhere", action="store_true", help="in every file; else in as few files as will do")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    options = parser.parse_args(arguments)
    if options.seed < 0 or not 0 < options.scale <= 2 or not 0 < options.changed <= 0.2:
        parser.error("--seed not negative, --scale above 0 and at most 2, --changed above 0 and at most 0.2")
    return options


def measure(area: str, scale: float, seed: int, changed: float, *, everywhere: bool) -> dict[str, Any]:
    """Make the files, run the three nights, and gather the document of `--json`."""
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        folder = Path(name)
        say(f"making area {area}, seed {seed}, scale {scale:g}")
        options = ("--area", area, "--scale", str(scale), "--seed", str(seed), "--out", str(folder / "files"))
        run_module("longlou", "--quiet", "generate", *options)
        full = _night(folder, "first")
        n_rows = change_files(folder / "files", changed, seed, everywhere=everywhere)
        night = _night(folder, "second")
        again = _night(folder, "third", "--full")
        differing = sorted(_differing(folder / "second", folder / "third"))
    return {
        "area": area,
        "scale": scale,
        "seed": seed,
        "changed": changed,
        "everywhere": everywhere,
        "n_rows_changed": n_rows,
        "machine": machine() | {"load_before": load_before, "load_after": os.getloadavg()[0]},
        "full": full,
        "night": night,
        "full_again": again,
        "differing_files": differing,
        "ratio": {name: night[name] / full[name] for name in ("wall_s", "cpu_s", "peak_mb")}
        | {f"{name}_to_full_again": night[name] / again[name] for name in ("wall_s", "cpu_s", "peak_mb")},
    }


def table(document: dict[str, Any]) -> str:
    """The document of a run as people read it."""
    names = ("full", "night", "full_again")
    costs = [[name, *(f"{document[name][cost]:.1f}" for cost in ("wall_s", "cpu_s", "peak_mb"))] for name in names]
    steps = [
        [step, *(f"{document[name]['steps'].get(step, 0.0):.1f}" for name in names)]
        for step in document["full"]["steps"]
    ]
    ratio, told = document["ratio"], document["night"]["night"]
    return "\n".join(
        [
            f"area {document['area']}, scale {document['scale']:g}, {document['n_rows_changed']:,} rows changed",
            ", ".join(f"{name} {value}" for name, value in told.items()),
            *grid(["", "wall s", "CPU s", "peak MB"], costs),
            "",
            *grid(["step", *names], steps),
            "",
            f"night / full: wall {ratio['wall_s']:.2f}, CPU {ratio['cpu_s']:.2f}, peak {ratio['peak_mb']:.2f}; "
            f"night / full anew: wall {ratio['wall_s_to_full_again']:.2f}, CPU {ratio['cpu_s_to_full_again']:.2f}",
            f"files that differ from the full night's: {document['differing_files'] or 'none'}",
        ]
    )


def main(arguments: list[str]) -> int:
    """Run the benchmark; 1 when a process failed or the two nights differ."""
    options = parse(arguments)
    for name in [name for name in os.environ if name.startswith("LONGLOU_")]:
        # A night of the benchmark must not be published into anybody's store: only our own settings count.
        del os.environ[name]
    try:
        document = measure(options.area, options.scale, options.seed, options.changed, everywhere=options.everywhere)
    except ChildFailedError as error:
        say(str(error))
        return 1
    print(json.dumps(document, ensure_ascii=False, indent=2) if options.json else table(document))
    return 1 if document["differing_files"] else 0


def _night(folder: Path, name: str, *options: str) -> dict[str, Any]:
    """One night as a process of its own: its cost, its steps in seconds, and how much it compared."""
    config, out = folder / "settings.toml", folder / name
    config.write_text(f"var_dir = {json.dumps(str(folder / 'var'))}\n", encoding="utf-8")
    sources = str(folder / "files" / "sources.toml")
    cost = run_module(
        "longlou", "--config", str(config), "--quiet", "reconcile", "--sources", sources, "--out", str(out), *options
    )
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    say(f"{name}: {cost.wall_s:.1f} s, CPU {cost.cpu_s:.1f} s, {cost.peak_mb:.0f} MB, {summary['night']}")
    steps = {step["name"]: step["seconds"] for step in summary["steps"]}
    return {**asdict(cost), "steps": steps, "night": summary["night"]}


def _differing(one: Path, other: Path) -> set[str]:
    """Names of files that are not the same in both folders."""
    names = {path.name for folder in (one, other) for path in folder.iterdir() if path.is_file()} - _OF_THE_RUN
    return {name for name in names if _content(one / name) != _content(other / name)}


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
