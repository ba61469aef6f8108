from __future__ import annotations

from pathlib import Path

import pandas as pd

from bench.febrl import table
from bench.febrl_sets import score, write_sets


def test_score_counts_links_and_knows_the_best_threshold() -> None:
    answer = pd.DataFrame(
        {
            "id_l": ["a", "d", "e", "g"],
            "id_r": ["b", "c", "f", "h"],
            "match_probability": [0.99, 0.9, 0.8, 0.1],
            "grade": ["link", "other", "link", "other"],
        }
    )
    truth = pd.DataFrame({"id_l": ["a", "c"], "id_r": ["b", "d"]})
    found = score(answer, truth)
    assert (found["n_links"], found["precision"], found["recall"], found["f1"]) == (2, 0.5, 0.5, 0.5)
    assert found["best_f1"] == 1.0


def test_sets_are_written_with_their_truth(tmp_path: Path) -> None:
    write_sets(tmp_path, ("febrl1", "febrl4"))
    assert sorted(path.name for path in (tmp_path / "febrl4").iterdir()) == ["left.csv", "right.csv", "truth.csv"]
    left, truth = (pd.read_csv(tmp_path / "febrl1" / name, dtype=str) for name in ("left.csv", "truth.csv"))
    assert (len(left), len(truth)) == (1000, 500)
    assert truth.isin(set(left["rec_id"])).all(axis=None)


def test_table_leaves_the_best_threshold_of_ours_out() -> None:
    row = {"set": "febrl1", "contender": "ours", "n_links": 1500, "precision": 1.0, "recall": 0.5, "f1": 2 / 3}
    shown = table([{**row, "best_f1": None, "seconds": 1.26, "peak_mb": 300.4}]).splitlines()[-1]
    assert shown == "| febrl1 | ours | 1,500 | 1.0000 | 0.5000 | 0.6667 |  | 1.3 | 300 |"
