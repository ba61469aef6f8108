"""How right were the contenders? Their answers against the truth, as matching.evaluation counts. Not timed.

python -m bench.scoring FOLDER NAME...
"""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench.answer import Answer
from bench.inputs import TRUTH
from bench.thresholds import best_f1, f1
from data.contracts.tables import PROVENANCE
from matching.evaluation import labelled_records, pairwise, true_pairs
from matching.evaluation_keys import pair_keys


def score(answer: Answer, truth: pd.DataFrame) -> dict[str, Any]:
    """n_pairs, steps; precision, recall, f1 of the persons; pair_f1 of the pairs said to match, best_pair_f1 at the
    threshold that the truth would choose."""
    links = truth[[*PROVENANCE, "unique_id"]].merge(answer.links, on="unique_id")
    wanted = true_pairs(truth)
    read = wanted.dropna()
    is_right = np.isin(
        pair_keys(answer.pairs["unique_id_l"], answer.pairs["unique_id_r"]),
        pair_keys(read["unique_id_l"], read["unique_id_r"]),
    )
    said = answer.pairs["is_match"].to_numpy(dtype=bool)
    return {
        "n_pairs": answer.n_pairs,
        "steps": answer.steps,
        **pairwise(labelled_records(truth, links)),
        "pair_f1": f1(int(is_right[said].sum()), int(said.sum()), len(wanted)),
        "best_pair_f1": best_f1(answer.pairs["match_probability"].to_numpy(), is_right, len(wanted)),
    }


def main(folder: Path, names: list[str]) -> None:
    """Write NAME.score.json for each contender and take its answer away."""
    truth = pd.read_pickle(folder / TRUTH)
    for name in names:
        path = folder / f"{name}.answer.pkl"
        scores = score(pickle.loads(path.read_bytes()), truth)
        (folder / f"{name}.score.json").write_text(json.dumps(scores), encoding="utf-8")
        path.unlink()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
