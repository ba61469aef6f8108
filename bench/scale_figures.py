"""From the rounds of `bench scale` to its document and table: medians, ratios pair by pair. Standard library only."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from bench.figures import OURS, Figures, Round, grid

#: Every contender by name, in the order of the table; ours first.
PEERS = ("splink", "recordlinkage")
#: Name in a ratio -> figure it is of.
RATIOS = {"wall": "wall_s", "cpu": "cpu_s", "peak": "peak_mb"}
_COUNTS = ("n_pairs", "n_links", "n_true")
_HEAD = ["median", "rounds", "wall s", "CPU s", "peak MB", "pairs", "pairs/s", "F1", "best F1", "precision", "recall"]


def document(rounds: Sequence[Round]) -> dict[str, Any]:
    """Medians by contender (null: it did not run), `ratio` (medians), `ratio_range`, `is_pairs_equal`, the rounds."""
    found: dict[str, Any] = {name: _median([each[name] for each in rounds if name in each]) for name in (OURS, *PEERS)}
    ranges = {
        f"{name}_to_{peer}": _range([each[OURS][key] / each[peer][key] for each in rounds if peer in each])
        for peer in PEERS
        for name, key in RATIOS.items()
    }
    return {
        **found,
        "ratio": {name: None if ratio is None else ratio["median"] for name, ratio in ranges.items()},
        "ratio_range": ranges,
        "is_pairs_equal": len({figures["n_pairs"] for each in rounds for figures in each.values()}) == 1,
        "rounds": list(rounds),
    }


def with_rate(figures: Figures) -> Figures:
    """The figures with pairs_per_s: pairs of the whole process per second on the clock."""
    return {**figures, "pairs_per_s": figures["n_pairs"] / figures["wall_s"]}


def table(told: dict[str, Any]) -> str:
    """The document as people read it."""
    province, machine = told["province"], told["machine"]
    names = [name for name in (OURS, *PEERS) if told[name] is not None]
    equal = "the same for everybody" if told["is_pairs_equal"] else "NOT THE SAME: do not compare these figures"
    lines = [
        f"{province['n_employed']:,} employed persons, {province['n_members']:,} members, "
        f"{province['n_true']:,} true links; seed {province['seed']}; rules {told['rules']}",
        f"machine: {machine['n_cores']} cores, {machine['memory_gb']:.0f} GiB, Python {machine['python']}; "
        f"load {machine['load_before']:.1f} before, {machine['load_after']:.1f} after",
        f"candidate pairs: {equal}",
        "",
        *grid(_HEAD, [_row(name, told[name], told["rounds"]) for name in names]),
    ]
    if len(names) > 1:
        lines += ["", *grid(["ours / peer", *RATIOS], [_ratios(told["ratio_range"], peer) for peer in names[1:]])]
    for budget in told.get("budgets", []):
        same = "same bytes" if budget["is_same"] else "DIFFERENT ANSWER"
        lines.append(f"{budget['name']}: {budget['wall_s']:.1f} s, {budget['peak_mb']:,.0f} MB, {same}")
    return "\n".join(lines)


def _row(name: str, figures: Figures, rounds: Sequence[Round]) -> list[str]:
    n_rounds = sum(name in each for each in rounds)
    cost = [f"{figures['wall_s']:.1f}", f"{figures['cpu_s']:.1f}", f"{figures['peak_mb']:,.0f}"]
    pairs = [f"{figures['n_pairs']:,}", f"{figures['pairs_per_s']:,.0f}"]
    return [
        name,
        str(n_rounds),
        *cost,
        *pairs,
        *(f"{figures[k]:.4f}" for k in ("f1", "best_f1", "precision", "recall")),
    ]


def _ratios(ranges: dict[str, Any], peer: str) -> list[str]:
    found = (ranges[f"{name}_to_{peer}"] for name in RATIOS)
    return [peer, *(f"{r['median']:.3f} ({r['min']:.3f}-{r['max']:.3f})" for r in found)]


def _median(each: list[Figures]) -> Figures | None:
    if not each:
        return None
    middle: Figures = {name: median(figures[name] for figures in each) for name in each[0]}
    return {**middle, **{name: int(middle[name]) for name in _COUNTS}}


def _range(ratios: list[float]) -> dict[str, float] | None:
    return {"min": min(ratios), "median": median(ratios), "max": max(ratios)} if ratios else None
