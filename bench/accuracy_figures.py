"""From the data sets to one table: counts of pairs are added up over the seeds, then precision, recall and F1 told."""

from __future__ import annotations

from collections import Counter
from typing import Any

from bench.figures import grid

#: Row of the table -> (contender, which of its scores).
ROWS = {
    "ours": ("ours", "as_is"),
    "ours, best threshold": ("ours", "best"),
    "longlou link": ("link", "as_is"),
    "recordlinkage": ("recordlinkage", "as_is"),
    "recordlinkage, best threshold": ("recordlinkage", "best"),
    "splink, threshold .95": ("splink", "as_is"),
    "splink, best threshold": ("splink", "best"),
}
OURS, OURS_AT_BEST, SPLINK = "ours", "ours, best threshold", "splink, best threshold"
#: Patterns of our mistakes that are told, the commonest first.
MAX_PATTERNS = 200
#: What the project promises on counties it has never seen (issue 4).
LEAST_F1, LEAST_BLOCKING_RECALL = 0.99, 0.998


def pooled(sets: list[dict[str, Any]]) -> dict[str, Any]:
    """systems: scores, strata, seconds and peak_mb by row; over all sets counts, blocking_recall, goals, patterns."""
    rows = {row: which for row, which in ROWS.items() if which[0] in sets[0]["scores"]}
    systems = {row: _system(sets, *which) for row, which in rows.items()}
    n_true = sum(each["n_true_pairs"] for each in sets)
    recall = sum(each["blocking_recall"] * each["n_true_pairs"] for each in sets) / n_true if n_true else 1.0
    return {
        "n_records": sum(each["n_records"] for each in sets),
        "n_pairs": sum(each["n_pairs"] for each in sets),
        "n_true_pairs": n_true,
        "blocking_recall": recall,
        "review": {name: sum(each["review"][name] for each in sets) for name in ("n_possible", "n_true")},
        "systems": systems,
        "goals": goals(systems, recall),
        "patterns": _patterns(sets),
    }


def goals(systems: dict[str, dict[str, Any]], blocking_recall: float) -> dict[str, Any]:
    """Are the promises kept? Kinds where our F1 is below that of Splink at the threshold best for it: ours as it ships
    (strata_below_splink), and at the threshold best for ours (strata_below_splink_at_best); None without Splink."""
    as_it_ships, at_best = (_below(systems, name) for name in (OURS, OURS_AT_BEST))
    return {
        "is_f1_reached": systems[OURS]["f1"] >= LEAST_F1,
        "is_blocking_recall_reached": blocking_recall >= LEAST_BLOCKING_RECALL,
        "strata_below_splink": as_it_ships,
        "strata_below_splink_at_best": at_best,
    }


def _below(systems: dict[str, dict[str, Any]], name: str) -> list[str] | None:
    if SPLINK not in systems:
        return None
    theirs = systems[SPLINK]["strata"]
    return [kind for kind, found in systems[name]["strata"].items() if found["f1"] < theirs[kind]["f1"]]


def scores_of(n_right: int, n_said: int, n_true: int) -> dict[str, float]:
    """Precision, recall, F1. Nothing said is never wrong, nothing to find is always found."""
    precision, recall = n_right / n_said if n_said else 1.0, n_right / n_true if n_true else 1.0
    return {"precision": precision, "recall": recall, "f1": 2 * n_right / (n_said + n_true) if n_said + n_true else 1.0}


def table(document: dict[str, Any]) -> str:
    """The document as people read it."""
    systems, machine = document["systems"], document["machine"]
    head = ["", "precision", "recall", "F1", "B-cubed F1", "wrong", "missed", "seconds", "peak MB"]
    below = [document["goals"][name] for name in ("strata_below_splink", "strata_below_splink_at_best")]
    review = document["review"]
    share = review["n_true"] / max(document["n_true_pairs"], 1)
    kinds = sorted(systems["ours"]["strata"], key=lambda kind: (-systems["ours"]["strata"][kind]["n"], kind))
    strata = [
        [
            kind,
            f"{systems['ours']['strata'][kind]['n']:,}",
            *(f"{s['strata'][kind]['f1']:.4f}" for s in systems.values()),
        ]
        for kind in kinds
    ]
    return "\n".join(
        [
            f"{document['data']}, seeds {', '.join(map(str, document['seeds']))}, scale {document['scale']}: "
            f"{document['n_records']:,} records, {document['n_pairs']:,} candidate pairs, "
            f"{document['n_true_pairs']:,} true pairs, blocking recall {document['blocking_recall']:.4f}",
            f"machine: {machine['n_cores']} cores, {machine['memory_gb']:.0f} GiB, Python {machine['python']}; "
            f"load {machine['load_before']:.1f} before, {machine['load_after']:.1f} after",
            "",
            *grid(head, [_row(name, system) for name, system in systems.items()]),
            "",
            *grid(["F1 by kind of error", "pairs", *systems], strata),
            "",
            f"of the true pairs {share:.4f} are linked by ours or shown to "
            f"an analyst, who is shown {review['n_possible']:,} pairs",
            *(
                f"kinds where {who} is below Splink's best: {', '.join(kinds) or 'none'}"
                for who, kinds in zip((OURS, OURS_AT_BEST), below, strict=True)
                if kinds is not None
            ),
        ]
    ).rstrip()


def _system(sets: list[dict[str, Any]], contender: str, which: str) -> dict[str, Any]:
    each = [one["scores"][contender][which] for one in sets]
    counts = _sum(score["counts"] for score in each)
    kinds = sorted({kind for score in each for kind in score["strata"]})
    strata = {kind: _sum(score["strata"].get(kind, (0, 0, 0)) for score in each) for kind in kinds}
    n = len(sets)
    return {
        **scores_of(*counts),
        "bcubed": {name: sum(score["bcubed"][name] for score in each) / n for name in ("precision", "recall", "f1")},
        "n_wrong": counts[1] - counts[0],
        "n_missed": counts[2] - counts[0],
        "cuts": [score["cut"] for score in each],
        "strata": {kind: {"f1": scores_of(*found)["f1"], "n": found[2]} for kind, found in strata.items()},
        "seconds": sum(one["costs"][contender]["seconds"] for one in sets) / n,
        "peak_mb": max(one["costs"][contender]["peak_mb"] for one in sets),
    }


def _sum(counts: Any) -> tuple[int, int, int]:  # noqa: ANN401 - an iterable of triples
    right, said, true = (sum(column) for column in zip(*counts, strict=True))
    return right, said, true


def _row(name: str, system: dict[str, Any]) -> list[str]:
    scores = [f"{system[key]:.4f}" for key in ("precision", "recall", "f1")]
    counts = [f"{system[key]:,}" for key in ("n_wrong", "n_missed")]
    cost = [f"{system['seconds']:.1f}", f"{system['peak_mb']:.0f}"]
    return [name, *scores, f"{system['bcubed']['f1']:.4f}", *counts, *cost]


def _patterns(sets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    counted: Counter[tuple[str, bool, str, str]] = Counter()
    for one in sets:
        for p in one["patterns"]:
            counted[p["which"], p["is_candidate"], p["levels"], p["kinds"]] += p["n"]
    return [
        {"which": which, "is_candidate": is_candidate, "levels": levels, "kinds": kinds, "n": n}
        for (which, is_candidate, levels, kinds), n in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[
            :MAX_PATTERNS
        ]
    ]
