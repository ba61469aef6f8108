"""The curves of `bench growth` as SVG: seconds, memory and cost per pair against the candidate pairs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reports.svg import STYLES, Plot, Ticks, svg

#: Name of a line -> what it takes of a point; None: nothing to draw there.
Lines = dict[str, Callable[[dict[str, Any]], float | None]]

_TIME: Lines = {
    "wall": lambda point: float(point["all"]["wall_s"]),
    "CPU": lambda point: float(point["all"]["cpu_s"]),
    "wall, tight": lambda point: float(point["base"]["wall_s"]),
}
_MEMORY: Lines = {"peak": lambda point: float(point["all"]["peak_mb"])}
_COST: Lines = {
    "raw": lambda point: float(point["raw_ns_per_pair"]),
    "more pairs": lambda point: point["wall_ns_per_pair"],
    "more, CPU": lambda point: point["cpu_ns_per_pair"],
}
#: File -> its title, the word beside its axis, its lines.
CHARTS: dict[str, tuple[str, str, Lines]] = {
    "growth_time": ("Seconds against candidate pairs", "s", _TIME),
    "growth_memory": ("Peak memory against candidate pairs", "MB", _MEMORY),
    "growth_cost": ("Nanoseconds per pair: whole run, and more pairs on the same records", "ns", _COST),
}


def draw(told: dict[str, Any], folder: Path) -> None:
    """Write the charts."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, chart in CHARTS.items():
        (folder / f"{name}.svg").write_text(_chart(told["points"], *chart), encoding="utf-8")


def _chart(points: Sequence[dict[str, Any]], title: str, unit: str, lines: Lines) -> str:
    """Both axes by powers of ten: a straight line of slope one is a cost that grows with the pairs and nothing else."""
    drawn = {
        name: [(float(point["all"]["n_pairs"]), value) for point in points if (value := take(point)) is not None]
        for name, take in lines.items()
    }
    x, y = ([pair[axis] for pairs in drawn.values() for pair in pairs] for axis in (0, 1))
    on_x, on_y = _decades(x), _decades(y)
    plot = Plot((on_x[0][0], on_x[-1][0]), (on_y[0][0], on_y[-1][0]))
    parts = plot.axes("candidate pairs", unit, (on_x, on_y))
    for pairs, style in zip(drawn.values(), STYLES, strict=False):
        logged = [(math.log10(a), math.log10(b)) for a, b in pairs]
        parts += plot.line(logged, style)
        for place, (a, b) in zip(logged, pairs, strict=True):
            parts += plot.mark(place, 3, f"{a:,.0f}: {b:,.1f} {unit}")
    parts += plot.legend(list(zip(drawn, STYLES, strict=False)))
    return svg(parts, title)


def _decades(values: Sequence[float]) -> Ticks:
    """Powers of ten around the values, at their logarithms; two at least."""
    first = math.floor(math.log10(min(values)))
    last = max(math.ceil(math.log10(max(values))), first + 1)
    return [(float(power), _word(power)) for power in range(first, last + 1)]


def _word(power: int) -> str:
    if power >= 6:
        return f"{10 ** (power - 6):g} M"
    return f"{10 ** (power - 3):g} k" if power >= 3 else f"{10.0**power:g}"
