"""`python -m bench.desk`: key press to next settled card, and many analysts at once, over 100,000 questions.

The desk is served by uvicorn from a process of its own. On SQLite, and on PostgreSQL where --postgres gives a URL of an
empty database. Progress goes to stderr, the table to stdout.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.desk_analysts import work_together
from bench.desk_keys import press_keys
from bench.desk_queue import fill, serve, without_repeats
from bench.figures import grid
from bench.processes import machine, say

_AIM_MEDIAN_MS, _AIM_P95_MS = 80, 200


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--items", type=int, default=100_000, help="open questions (100,000)")
    parser.add_argument("--decisions", type=int, default=200, help="key presses measured (200)")
    parser.add_argument("--n", type=int, default=20, help="analysts at once (20)")
    parser.add_argument("--seconds", type=float, default=120, help="how long they work (120)")
    parser.add_argument("--postgres", metavar="URL", help="measure on this empty PostgreSQL database too")
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser (/usr/bin/chromium)")
    parser.add_argument("--json", action="store_true", help="the figures as one document")
    options = parser.parse_args(arguments)
    if min(options.items, options.decisions, options.n) < 1 or options.seconds <= 0:
        parser.error("all numbers must be positive")
    if options.items < options.decisions:
        parser.error("--items must be at least --decisions")
    return options


def measure(url: str, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Fill a store, serve it, press keys in one browser, then let many analysts work at once."""
    say(f"{options.items:,} questions")
    fill(url, options.items, options.n + 1)
    with serve(url, folder) as address:
        say(f"{options.decisions} key presses")
        keys = press_keys(address, options.chromium, options.decisions)
        say(f"{options.n} analysts for {options.seconds:.0f} s")
        together = work_together(address, options.n, options.seconds)
    return {"keys": keys, "together": {**together, **without_repeats(url)}}


def main(arguments: list[str]) -> int:
    """Measure and print; 1 when a question was given to two people or an answer failed."""
    options = parse(arguments)
    document: dict[str, Any] = {"n_items": options.items, "machine": {**machine(), "load": os.getloadavg()[0]}}
    with tempfile.TemporaryDirectory(prefix="longlou-bench-") as name:
        engines = {"sqlite": f"sqlite:///{name}/longlou.db"}
        if options.postgres:
            engines["postgresql"] = options.postgres
        for engine, url in engines.items():
            document[engine] = measure(url, Path(name) / engine, options)
    print(json.dumps(document, indent=1) if options.json else _table(document, list(engines)))
    found = [document[engine]["together"] for engine in engines]
    return int(any(one["n_errors"] or one["n_twice"] for one in found))


def _table(document: dict[str, Any], engines: list[str]) -> str:
    rows = []
    for engine in engines:
        keys, together = document[engine]["keys"], document[engine]["together"]
        pressed = [f"{keys[name]:.0f}" for name in ("median_ms", "p95_ms")]
        worked = [f"{together[name]:.0f}" for name in ("median_ms", "p95_ms")]
        counts = [f"{together['n_decisions']:,}", f"{together['per_second']:.1f}"]
        rows.append([engine, *pressed, *counts, *worked, str(together["n_errors"]), str(together["n_twice"])])
    head = ["", "key ms", "p95", "decisions", "a second", "ms", "p95", "errors", "given twice"]
    aim = f"aim of a key press: median {_AIM_MEDIAN_MS} ms, 95th percentile {_AIM_P95_MS} ms"
    return "\n".join([f"queue of {document['n_items']:,}; {aim}", "", *grid(head, rows)])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
