"""`python -m bench.kernels`: pairs a second of each comparison beside the bare kernel's limit and memory bandwidth.

One process, realistic candidate pairs, shuffled and sorted by left row. Nanoseconds are the best of the repeats.
Progress goes to stderr, the table (or with --json one document) to stdout; docs/benchmarks.md says what is measured.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from rapidfuzz.process import cdist

from bench.figures import grid
from bench.kernels_data import WORKLOADS, Material, Workload, make_material
from bench.processes import machine, say
from matching.arrays import Positions, chunks, encode
from matching.comparisons import LevelComparison
from matching.link.kinds import build

_EMPLOYED_SHARE = 0.77
#: Distinct values a side whose distances measure the bare kernel.
_DISTINCT = 2_000
_COPY_BYTES = 1 << 28
#: What any comparison must read and write for a pair: two positions of 8 bytes, two codes of 4, a level of 1.
_LEAST_BYTES = 2 * 8 + 2 * 4 + 1
_HEAD = [
    "comparison",
    "reads",
    "ns shuffled",
    "ns by left",
    "M pairs/s",
    "limit",
    "ns limit",
    "by left / limit",
    "prepare s",
]


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; leaves with exit code 2 when they make no sense."""
    parser = argparse.ArgumentParser(prog="python -m bench.kernels", description=__doc__)
    parser.add_argument("--records", type=int, default=500_000, help="of both sides together (500,000)")
    parser.add_argument("--pairs", type=int, default=1_000_000, help="candidate pairs at most (1,000,000)")
    parser.add_argument("--repeats", type=int, default=3, help="the best counts (3)")
    parser.add_argument("--seed", type=int, default=7, help="of the records (7)")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of the table")
    options = parser.parse_args(arguments)
    if options.records < 5_000 or min(options.pairs, options.repeats) < 1 or options.seed < 0:
        parser.error("--records at least 5,000, --pairs and --repeats at least 1, --seed not negative")
    return options


def measure(n_records: int, n_pairs: int, n_repeats: int, seed: int) -> dict[str, Any]:
    """The document of `--json`."""
    say(f"making {n_records:,} records")
    n_employed = round(n_records * _EMPLOYED_SHARE)
    material = make_material(n_employed, n_records - n_employed, n_pairs, seed)
    copy_gb_s = 2 * _COPY_BYTES / _copy_s(n_repeats) / 1e9
    found = []
    for kind, workload in WORKLOADS.items():
        found.append(one(kind, workload, material, n_repeats))
        say(f"{kind}: {found[-1]['by_left_ns']:.1f} ns a pair")
    return {
        "n_records": n_records,
        "n_pairs": len(material.left),
        "machine": machine() | {"load_after": os.getloadavg()[0]},
        "copy_gb_per_s": copy_gb_s,
        "least_ns": _LEAST_BYTES / copy_gb_s,
        "comparisons": found,
    }


def one(kind: str, workload: Workload, material: Material, n_repeats: int) -> dict[str, Any]:
    """One comparison: seconds of preparing, nanoseconds a pair in both orders, and those of its limit."""
    feature = build(kind, workload.columns, dict(workload.options), kind)
    started = time.perf_counter()
    prepared = feature.prepare(*(material.records[column] for column in workload.columns))
    prepare_s = time.perf_counter() - started
    orders = {"shuffled": material.shuffled, "by_left": np.arange(len(material.left))}
    ns = {
        name: _levels_ns(feature, prepared, material.left[order], material.right[order], n_repeats)
        for name, order in orders.items()
    }
    limit = _limit_ns(workload, material, n_repeats)
    return {
        "kind": kind,
        "columns": list(workload.columns),
        "prepare_s": prepare_s,
        "shuffled_ns": ns["shuffled"],
        "by_left_ns": ns["by_left"],
        "m_pairs_per_s": 1e3 / ns["by_left"],
        "limit": workload.limit,
        "limit_ns": limit,
        "to_limit": ns["by_left"] / limit,
    }


def _levels_ns(
    feature: LevelComparison[Any],
    prepared: Any,  # noqa: ANN401 - each comparison's own
    left: Positions,
    right: Positions,
    n_repeats: int,
) -> float:
    """As the engine calls it: a chunk of pairs at a time, what compiles itself compiled before."""
    feature.levels(prepared, left[:100], right[:100])

    def run() -> None:
        for part in chunks(len(left)):
            feature.levels(prepared, left[part], right[part])

    return _best_s(run, n_repeats) / len(left) * 1e9


def _limit_ns(workload: Workload, material: Material, n_repeats: int) -> float:
    """Equality of the column's codes by position; or all distances among distinct values of the pairs' own."""
    column = material.records[workload.columns[0]]
    if workload.scorer is None:
        codes, _ = encode(column)
        seconds = _best_s(lambda: codes[material.left] == codes[material.right], n_repeats)
        return seconds / len(material.left) * 1e9
    sides = [pd.unique(column.to_numpy(dtype=object)[rows]) for rows in (material.left, material.right)]
    texts = [[value for value in side if value is not None][:_DISTINCT] for side in sides]
    seconds = _best_s(lambda: cdist(*texts, scorer=workload.scorer), n_repeats)
    return seconds / (len(texts[0]) * len(texts[1])) * 1e9


def _copy_s(n_repeats: int) -> float:
    source, target = (np.ones(_COPY_BYTES // 8) for _ in range(2))
    return _best_s(lambda: np.copyto(target, source), n_repeats)


def _best_s(work: Callable[[], object], n_repeats: int) -> float:
    seconds = []
    for _ in range(n_repeats):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def table(told: dict[str, Any]) -> str:
    """The document as people read it."""
    lines = [
        f"{told['n_records']:,} records, {told['n_pairs']:,} candidate pairs; {told['machine']['n_cores']} cores, "
        f"one used; load {told['machine']['load_after']:.1f} after",
        f"copying memory: {told['copy_gb_per_s']:.1f} GB/s read and written, so {told['least_ns']:.1f} ns for the "
        f"{_LEAST_BYTES} bytes that any comparison of a pair must touch",
        "",
        *grid(_HEAD, [_row(found) for found in told["comparisons"]]),
    ]
    return "\n".join(lines)


def _row(found: dict[str, Any]) -> list[str]:
    return [
        found["kind"],
        "+".join(found["columns"]),
        f"{found['shuffled_ns']:.1f}",
        f"{found['by_left_ns']:.1f}",
        f"{found['m_pairs_per_s']:.1f}",
        found["limit"],
        f"{found['limit_ns']:.1f}",
        f"{found['to_limit']:.1f}",
        f"{found['prepare_s']:.2f}",
    ]


def main(arguments: list[str]) -> int:
    """Run the benchmark."""
    options = parse(arguments)
    told = measure(options.records, options.pairs, options.repeats, options.seed)
    print(json.dumps(told, ensure_ascii=False, indent=2) if options.json else table(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
