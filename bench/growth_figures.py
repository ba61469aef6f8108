"""From the sizes of `bench growth` to its document and table: cost per pair, raw and without what the records cost.

Standard library only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.figures import grid

Point = dict[str, Any]

#: CPU seconds between two runs of one size below which their difference is noise.
_LEAST_CPU_S = 0.5
#: How far the cost of a pair may lie from the common one.
TOLERANCE = 0.25
_HEAD = ["provinces", "records", "pairs", "wall s", "CPU s", "peak MB", "F1", "ns/pair raw", "ns/pair", "CPU ns/pair"]


def document(points: Sequence[Point]) -> dict[str, Any]:
    """The points with costs per pair in nanoseconds, the common cost, and how far the tellable ones lie from it."""
    told = [_with_costs(point) for point in points]
    tellable = [point for point in told if point["is_tellable"]]
    found: dict[str, Any] = {"points": told, "cpu_ns_per_pair": None, "spread": None, "is_constant": None}
    if tellable:
        # By CPU seconds: those of other work on the machine are not among them.
        common = sum(p["pairs_cpu_s"] for p in tellable) / sum(p["n_more_pairs"] for p in tellable) * 1e9
        spread = {f"{p['size']:g}": p["cpu_ns_per_pair"] / common - 1 for p in tellable}
        is_constant = all(abs(part) <= TOLERANCE for part in spread.values()) if len(tellable) > 1 else None
        found |= {"cpu_ns_per_pair": common, "spread": spread, "is_constant": is_constant}
    return found


def _with_costs(point: Point) -> Point:
    """raw: the whole run by its pairs. Without: what more pairs on the same records cost more, by these pairs."""
    base, whole = point["base"], point["all"]
    n_more = int(whole["n_pairs"] - base["n_pairs"])
    wall, cpu = whole["wall_s"] - base["wall_s"], whole["cpu_s"] - base["cpu_s"]
    is_tellable = n_more > 0 and cpu >= _LEAST_CPU_S
    return {
        **point,
        "n_more_pairs": n_more,
        "pairs_wall_s": wall,
        "pairs_cpu_s": cpu,
        "raw_ns_per_pair": whole["wall_s"] / whole["n_pairs"] * 1e9,
        "wall_ns_per_pair": wall / n_more * 1e9 if is_tellable else None,
        "cpu_ns_per_pair": cpu / n_more * 1e9 if is_tellable else None,
        "base_us_per_record": base["wall_s"] / point["n_records"] * 1e6,
        "is_tellable": is_tellable,
    }


def table(told: dict[str, Any]) -> str:
    """The document as people read it."""
    machine = told["machine"]
    lines = [
        f"ours, rules {told['rules']}, {told['rounds']} round(s); {machine['n_cores']} cores, "
        f"{machine['memory_gb']:.0f} GiB, Python {machine['python']}; "
        f"load {machine['load_before']:.1f} before, {machine['load_after']:.1f} after",
        "ns/pair: of the pairs that the tight rules do not make, on the same records; blank where too little to tell",
        "",
        *grid(_HEAD, [_row(point) for point in told["points"]]),
        "",
    ]
    if told["spread"] is None:
        return "\n".join([*lines, "no size cost enough more to tell the cost of a pair"])
    far = ", ".join(f"{size}: {part:+.0%}" for size, part in told["spread"].items())
    said = {True: "constant", False: "NOT constant", None: "one size only: not judged"}[told["is_constant"]]
    lines.append(f"{told['cpu_ns_per_pair']:.0f} CPU ns per pair; {far}; within {TOLERANCE:.0%}: {said}")
    return "\n".join(lines)


def _row(point: Point) -> list[str]:
    whole = point["all"]
    costs = [_number(point[name]) for name in ("raw_ns_per_pair", "wall_ns_per_pair", "cpu_ns_per_pair")]
    return [
        f"{point['size']:g}",
        f"{point['n_records']:,}",
        f"{int(whole['n_pairs']):,}",
        f"{whole['wall_s']:.1f}",
        f"{whole['cpu_s']:.1f}",
        f"{whole['peak_mb']:,.0f}",
        f"{whole['f1']:.4f}",
        *costs,
    ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"
