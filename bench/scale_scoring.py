"""How right was a contender? Its pairs against the truth, at its own threshold and at the best one. Not timed.

python -m bench.scale_scoring FOLDER ANSWER SCORES. ANSWER: what `longlou link` writes, or a peer's Parquet.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from bench.scale_rules import TRUTH
from bench.thresholds import best_f1, f1


def read_answer(path: Path) -> pd.DataFrame:
    """id_l, id_r (integers), score, is_link."""
    if path.suffix == ".csv":
        pairs = pd.read_csv(path, usecols=["id_l", "id_r", "match_weight", "grade"])
        return pairs.rename(columns={"match_weight": "score"}).assign(is_link=pairs["grade"] == "link")
    return pd.read_parquet(path).astype({"id_l": "int64", "id_r": "int64"})


def score(answer: pd.DataFrame, truth: pd.DataFrame) -> dict[str, float]:
    """precision, recall, f1 of the links; best_f1 over all thresholds on the score; n_links, n_true."""
    is_right = np.isin(_packed(answer), _packed(truth))
    said = answer["is_link"].to_numpy(dtype=bool)
    n_right, n_said, n_true = int(is_right[said].sum()), int(said.sum()), len(truth)
    return {
        "n_links": n_said,
        "n_true": n_true,
        "precision": n_right / n_said if n_said else 1.0,
        "recall": n_right / n_true,
        "f1": f1(n_right, n_said, n_true),
        "best_f1": best_f1(answer["score"].to_numpy(dtype=float), is_right, n_true),
    }


def _packed(pairs: pd.DataFrame) -> npt.NDArray[np.int64]:
    packed: npt.NDArray[np.int64] = pairs["id_l"].to_numpy(dtype=np.int64) << 32 | pairs["id_r"].to_numpy(
        dtype=np.int64
    )
    return packed


if __name__ == "__main__":
    scores = score(read_answer(Path(sys.argv[2])), pd.read_csv(Path(sys.argv[1]) / TRUTH))
    Path(sys.argv[3]).write_text(json.dumps(scores), encoding="utf-8")
