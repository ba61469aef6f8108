"""From the nights to the figures: medians over the rounds, and the table of steps with their share of the time."""

from __future__ import annotations

from statistics import median
from typing import Any

from bench.figures import grid

#: One night: its cost, its steps by name, its rows.
Figures = dict[str, Any]

_COSTS = ("wall_s", "cpu_s", "peak_mb")


def medians(rounds: list[Figures]) -> dict[str, Any]:
    """`night` (wall_s, cpu_s, peak_mb), `steps` (seconds, peak_mb, share of the wall time), n_rows and n_members.

    What the process does outside its steps (imports, the summary, its end) is the step `rest`.
    """
    night = {name: median(each[name] for each in rounds) for name in _COSTS}
    names = list(rounds[0]["steps"])
    steps = {
        name: {key: median(each["steps"][name][key] for each in rounds) for key in ("seconds", "peak_mb")}
        for name in names
    }
    rest = night["wall_s"] - sum(step["seconds"] for step in steps.values())
    steps["rest"] = {"seconds": max(rest, 0.0), "peak_mb": night["peak_mb"]}
    shares = {name: {**step, "share": step["seconds"] / night["wall_s"]} for name, step in steps.items()}
    return {"night": night, "steps": shares, "n_rows": rounds[0]["n_rows"], "n_members": rounds[0]["n_members"]}


def table(document: dict[str, Any]) -> str:
    """The document of a run as people read it."""
    machine, small = document["machine"], document["small"]
    lines = [
        f"area {document['area']}, scale {document['scale']:g}, seed {document['seed']}: "
        f"{document['n_rows']:,} rows read, {document['n_members']:,} members; "
        f"beside it {small['share']:.4g} of it: {small['n_rows']:,} rows",
        f"machine: {machine['n_cores']} cores, {machine['memory_gb']:.0f} GiB, Python {machine['python']}; "
        f"load {machine['load_before']:.1f} before, {machine['load_after']:.1f} after; "
        f"{len(document['rounds'])} rounds",
        "",
        *grid(["", "wall s", "CPU s", "peak MB", "rows/s"], _cost_rows(document)),
        "",
        *grid(["step", "seconds", "share", "peak MB so far", f"seconds at {small['share']:.4g}"], _step_rows(document)),
        "",
        f"night / pandas reading the same files: wall {document['ratio']['to_reading']['wall']:.1f}, "
        f"CPU {document['ratio']['to_reading']['cpu']:.1f}",
    ]
    return "\n".join(lines)


def _cost_rows(document: dict[str, Any]) -> list[list[str]]:
    rows = []
    for size, each in (("", document), (f" at {document['small']['share']:.4g}", document["small"])):
        for name in ("made", "reading", "night"):
            cost = each[name]
            figures = [f"{cost['wall_s']:.1f}", f"{cost['cpu_s']:.1f}", f"{cost['peak_mb']:.0f}"]
            rows.append([_WORDS[name] + size, *figures, f"{each['n_rows'] / cost['wall_s']:,.0f}"])
    return rows


_WORDS = {"made": "files made", "reading": "read by pandas", "night": "the whole night"}


def _step_rows(document: dict[str, Any]) -> list[list[str]]:
    small = document["small"]["steps"]
    return [
        [
            name,
            f"{step['seconds']:.1f}",
            f"{step['share']:.0%}",
            f"{step['peak_mb']:.0f}",
            f"{small[name]['seconds']:.1f}" if name in small else "",
        ]
        for name, step in document["steps"].items()
    ]
