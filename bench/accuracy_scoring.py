"""How right was each contender? Pairs of persons, B-cubed and every kind of error, by matching.evaluation. Not timed.

python -m bench.accuracy_scoring FOLDER NAME...
"""

# mypy: disallow-untyped-calls=False
from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from bench.accuracy_data import AccuracyAnswer, AccuracyTruth, read_answer, read_input, read_truth
from bench.accuracy_patterns import wrong_patterns
from matching.evaluation import KEY, bcubed, labelled_records, pair_counts, stratum_counts, true_pairs
from matching.evaluation_keys import pair_keys

#: Thresholds tried; between them F1 hardly moves.
_MAX_THRESHOLDS = 200


def score(answer: AccuracyAnswer, truth: AccuracyTruth) -> dict[str, dict[str, Any]]:
    """Scores of the answer as it stands (`as_is`), and of persons made of its pairs at the threshold the truth would
    choose (`best`: no guards, no clustering of its own, connected components for everybody)."""
    links = _components(answer.pairs, answer.cut) if answer.links is None else answer.links
    best = best_threshold(answer.pairs, truth)
    return {
        "as_is": _scores(links, truth, answer.cut),
        "best": _scores(_components(answer.pairs, best), truth, best),
    }


def best_threshold(pairs: pd.DataFrame, truth: AccuracyTruth) -> float:
    """The threshold whose persons have the highest F1 over pairs of records; of several the lowest."""
    n_true = len(true_pairs(truth.persons))
    scores = np.sort(pairs["score"].to_numpy(dtype=np.float64))[::-1]
    # Far below and far above as many links as there are true pairs no threshold can win.
    near = np.unique(scores[max(n_true // 2 - 1, 0) : 2 * n_true])
    near = near[np.unique(np.linspace(0, len(near) - 1, _MAX_THRESHOLDS).astype(int))] if len(near) else np.array([0.0])
    alone = labelled_records(truth.persons, _no_links())
    known, n_true_all = alone.dropna(subset=["unique_id"]).set_index("unique_id"), pair_counts(alone)[2]
    return float(max(near, key=lambda cut: _f1(_components(pairs, cut), known, n_true_all)))


def _f1(links: pd.DataFrame, known: pd.DataFrame, n_true: int) -> float:
    """F1 as `pair_counts` counts it, from the linked records alone: they are few, and this is asked often."""
    linked = known.loc[links["unique_id"], ["true", "is_asked"]].assign(person=links["person_id"].to_numpy())
    n_said = _pairs_within(linked.groupby("person").size())
    together = linked.groupby(["person", "true"])["is_asked"].agg(["size", "any"])
    n_right = _pairs_within(together.loc[together["any"], "size"])
    n_said -= _pairs_within(together.loc[~together["any"], "size"])
    return 2 * n_right / (n_said + n_true) if n_said + n_true else 1.0


def _pairs_within(sizes: pd.Series) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


def _scores(links: pd.DataFrame, truth: AccuracyTruth, cut: float) -> dict[str, Any]:
    """counts: right, said and true pairs, over all and by kind of error; they add up over data sets."""
    placed = truth.persons[[*KEY, "unique_id"]].merge(links, on="unique_id")
    records = labelled_records(truth.persons, placed)
    return {
        "cut": cut,
        "counts": pair_counts(records),
        "bcubed": bcubed(records),
        "strata": stratum_counts(records, truth.errors),
    }


def _components(pairs: pd.DataFrame, cut: float) -> pd.DataFrame:
    """Persons as connected components of the pairs at or above the cut."""
    said = pairs[pairs["score"] >= cut]
    codes, ids = pd.factorize(pd.concat([said["unique_id_l"], said["unique_id_r"]]))
    left, right = codes[: len(said)], codes[len(said) :]
    graph = coo_array((np.ones(len(said), dtype=bool), (left, right)), shape=(len(ids), len(ids)))
    _, person = connected_components(graph, directed=False)
    return pd.DataFrame({"unique_id": np.asarray(ids, dtype=object), "person_id": person.astype(str).astype(object)})


def _review(answer: AccuracyAnswer, wanted: pd.DataFrame) -> dict[str, int]:
    """Of ours: n_possible, pairs for an analyst; n_true, true pairs that are graded certain or possible."""
    read = wanted.dropna()
    graded = pair_keys(answer.pairs["unique_id_l"], answer.pairs["unique_id_r"])
    is_graded = np.isin(pair_keys(read["unique_id_l"], read["unique_id_r"]), graded)
    return {"n_possible": int((~answer.pairs["is_certain"]).sum()), "n_true": int(is_graded.sum())}


def _no_links() -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series(dtype="int64" if name == "source_row" else object) for name in [*KEY, "person_id"]}
    )


def main(folder: Path, names: list[str]) -> None:
    """Write scores.json: what was given, and each contender's scores."""
    given, truth = read_input(folder), read_truth(folder)
    ids = given.normalised["unique_id"].to_numpy(dtype=object)
    wanted = true_pairs(truth.persons)
    read = wanted.dropna()
    is_made = np.isin(pair_keys(read["unique_id_l"], read["unique_id_r"]), pair_keys(ids[given.left], ids[given.right]))
    answers = {name: read_answer(folder, name) for name in names}
    document = {
        "n_records": len(truth.persons),
        "n_pairs": len(given.left),
        "n_true_pairs": len(wanted),
        "blocking_recall": float(is_made.sum() / len(wanted)) if len(wanted) else 1.0,
        "review": _review(answers["ours"], wanted),
        "scores": {name: score(answer, truth) for name, answer in answers.items()},
        "patterns": wrong_patterns(answers["ours"], given, truth),
    }
    (folder / "scores.json").write_text(json.dumps(document), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
