"""From the rounds to the figures: medians of each contender, ratios ours / peer round by round, and the table."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median
from typing import Any

OURS = "ours"
#: One contender in one round: its cost, its scores and its steps.
Figures = dict[str, Any]
#: One round: contender -> figures.
Round = dict[str, Figures]

RATIOS = ("wall", "linking", "cpu", "peak")
_KEY = {"wall": "wall_s", "linking": "linking_s", "cpu": "cpu_s", "peak": "peak_mb"}
_STEPS = ("normalise", "load", "block", "block and code", "compare", "train", "score", "link", "rest")


def with_rates(figures: Figures) -> Figures:
    """The figures with linking_s, the seconds of all steps but normalise (the same code for all), and pairs_per_s."""
    linking = sum(seconds for step, seconds in figures["steps"].items() if step != "normalise")
    return {**figures, "linking_s": linking, "pairs_per_s": figures["n_pairs"] / linking}


def medians(rounds: list[Round]) -> dict[str, Figures]:
    """The median of every figure of every contender over the rounds."""
    return {name: _median([each[name] for each in rounds]) for name in rounds[0]}


def ratios(rounds: list[Round]) -> dict[str, dict[str, float]]:
    """`wall_to_PEER` ...: min, median and max over the rounds of our figure divided by the peer's of the same round."""
    found = {}
    for peer in rounds[0]:
        if peer != OURS:
            for name in RATIOS:
                each = [figures[OURS][_KEY[name]] / figures[peer][_KEY[name]] for figures in rounds]
                found[f"{name}_to_{peer}"] = {"min": min(each), "median": median(each), "max": max(each)}
    return found


def order_of(names: list[str], number: int) -> list[str]:
    """Who runs first, second, third in a round: each in turn first, so that nobody always finds the machine warm."""
    start = number % len(names)
    return names[start:] + names[:start]


def table(document: dict[str, Any]) -> str:
    """The document of a run as people read it."""
    names = [OURS, *document["peers"]]
    county, machine, rounds = document["county"], document["machine"], document["rounds"]
    lines = [
        f"county: {county['n_records']:,} records, {county['n_member_side']:,} of them member-side, "
        f"{county['n_true_pairs']:,} true pairs; seed {county['seed']}, scale {county['scale']}",
        f"machine: {machine['n_cores']} cores, {machine['memory_gb']:.0f} GiB, Python {machine['python']}; "
        f"load {machine['load_before']:.1f} before, {machine['load_after']:.1f} after; {len(rounds)} rounds",
        "",
        *grid(["median", "pairs", "pairs/s", "F1", "pair F1", "best", "wall s", "CPU s", "peak MB"], _costs(document)),
        "",
        *grid(["seconds", *_STEPS], [[name, *_steps(document[name]["steps"])] for name in names]),
        "",
        *grid(["ours / peer", *RATIOS], [[peer, *_ratios(document["ratio"], peer)] for peer in document["peers"]]),
    ]
    return "\n".join(lines)


def _median(each: list[Figures]) -> Figures:
    middle: Figures = {name: median(f[name] for f in each) for name in each[0] if name != "steps"}
    steps = {name: median(f["steps"][name] for f in each) for name in each[0]["steps"]}
    return {**middle, "n_pairs": int(middle["n_pairs"]), "steps": steps}


def _costs(document: dict[str, Any]) -> list[list[str]]:
    rows = []
    for name in [OURS, *document["peers"]]:
        f = document[name]
        scores = [f"{f[key]:.4f}" for key in ("f1", "pair_f1", "best_pair_f1")]
        cost = [f"{f['wall_s']:.1f}", f"{f['cpu_s']:.1f}", f"{f['peak_mb']:.0f}"]
        rows.append([name, f"{f['n_pairs']:,}", f"{f['pairs_per_s']:,.0f}", *scores, *cost])
    return rows


def _steps(steps: dict[str, float]) -> list[str]:
    return [f"{steps[name]:.2f}" if name in steps else "" for name in _STEPS]


def _ratios(ratio: dict[str, dict[str, float]], peer: str) -> list[str]:
    found = (ratio[f"{name}_to_{peer}"] for name in RATIOS)
    return [f"{r['median']:.2f} ({r['min']:.2f}-{r['max']:.2f})" for r in found]


def grid(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    """Columns of even width, numbers to the right."""
    cells = [head, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    return [
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width) for column, (cell, width) in _numbered(row, widths)
        )
        for row in cells
    ]


def _numbered(row: list[str], widths: list[int]) -> Iterable[tuple[int, tuple[str, int]]]:
    return enumerate(zip(row, widths, strict=True))
