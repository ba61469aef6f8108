"""From the rounds to the figures of the intake: medians, ratios to pandas round by round, and the table."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from bench.figures import grid

PEER = "pandas"
#: One reader in one round: read_s, n_rows, rows_per_s and the cost of its process.
Figures = dict[str, Any]
#: One round: reader -> figures.
Round = dict[str, Figures]

_RATIOS = {"read": "read_s", "cpu": "cpu_s", "peak": "peak_mb"}


def medians(rounds: list[Round]) -> dict[str, Figures]:
    """The median of every figure of every reader over the rounds."""
    names = sorted(rounds[0])
    return {name: {key: median(each[name][key] for each in rounds) for key in rounds[0][name]} for name in names}


def ratios(rounds: list[Round]) -> dict[str, dict[str, dict[str, float]]]:
    """Reader -> figure -> min, median and max over the rounds of the reader's figure over pandas' of the same round."""
    return {name: _to_peer(rounds, name) for name in sorted(rounds[0]) if name != PEER}


def _to_peer(rounds: list[Round], name: str) -> dict[str, dict[str, float]]:
    found = {}
    for figure, key in _RATIOS.items():
        each = [figures[name][key] / figures[PEER][key] for figures in rounds]
        found[figure] = {"min": min(each), "median": median(each), "max": max(each)}
    return found


def table(document: dict[str, Any], files: Sequence[str]) -> str:
    """The document of a run as people read it."""
    machine = document["machine"]
    lines = [
        f"machine: {machine['n_cores']} cores, {machine['memory_gb']:.0f} GiB, Python {machine['python']}; "
        f"load {machine['load_before']:.1f} before, {machine['load_after']:.1f} after; {document['n_rounds']} rounds"
    ]
    for file in files:
        lines += ["", *_of_file(document[file], file, document["contenders"])]
    return "\n".join(lines)


def _of_file(measured: dict[str, Any], file: str, names: list[str]) -> list[str]:
    head = [f"{file} ({measured['size_mb']:.0f} MB)", "rows", "rows/s", "read s", "wall s", "CPU s", "peak MB"]
    return grid([*head, *(f"{figure} / {PEER}" for figure in _RATIOS)], [_row(measured, name) for name in names])


def _row(measured: dict[str, Any], name: str) -> list[str]:
    f = measured[name]
    seconds = [f"{f[key]:.1f}" for key in ("read_s", "wall_s", "cpu_s")]
    cells = [name, f"{f['n_rows']:,.0f}", f"{f['rows_per_s']:,.0f}", *seconds, f"{f['peak_mb']:.0f}"]
    if name == PEER:
        return [*cells, *("" for _ in _RATIOS)]
    found = (measured["ratio"][name][figure] for figure in _RATIOS)
    return [*cells, *(f"{r['median']:.2f} ({r['min']:.2f}-{r['max']:.2f})" for r in found)]
