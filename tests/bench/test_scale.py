"""`bench scale` on a small province: everybody once, the same pairs, the keys that others call, honest options."""

from __future__ import annotations

import json
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from bench import scale
from bench.scale import MEMBERS, PERSONS, parse
from bench.scale_figures import PEERS, document, table, with_rate
from bench.scale_round import make_files
from bench.scale_rules import EMPLOYED, RULES
from bench.scale_rules import MEMBERS as MEMBERS_FILE
from bench.scale_scoring import read_answer, score
from bench.scale_tree import resident_mb, run_tree

THERE = [name for name in PEERS if find_spec(name)]
N_PERSONS, N_MEMBERS = 6_000, 4_000
SIZE = ["--persons", str(N_PERSONS), "--members", str(N_MEMBERS), "--rounds", "1"]
#: Seven processes, one of them Splink.
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("scale")


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    options = parse([*SIZE, "--peers", ",".join(THERE), "--budgets", "128", "--out", str(folder)])
    return scale.measure(options, folder, THERE)


def n_pairs(folder: Path, rules: str) -> int:
    """Pairs by merging, without any code of a contender."""
    left, right = (pd.read_parquet(folder / name) for name in (EMPLOYED, MEMBERS_FILE))
    found = []
    for columns in RULES[rules]:
        sides = (side[["id", *columns]].dropna() for side in (left, right))
        merged = pd.merge(*sides, on=list(columns))
        found.append(merged["id_x"].astype("int64").to_numpy() << 32 | merged["id_y"].astype("int64").to_numpy())
    return len(np.unique(np.concatenate(found)))


def test_everybody_compares_the_same_pairs(told: dict[str, Any], folder: Path) -> None:
    assert told["is_pairs_equal"]
    assert told["ours"]["n_pairs"] == n_pairs(folder, "medium") > 200
    for name in THERE:
        assert told[name]["n_pairs"] == told["ours"]["n_pairs"]
        assert told[name]["best_f1"] > 0.8


def test_ours_is_right(told: dict[str, Any]) -> None:
    assert told["ours"]["n_true"] == told["province"]["n_true"] == round(N_MEMBERS * 26_509 / 400_000)
    assert told["ours"]["best_f1"] >= told["ours"]["f1"] > 0.95


def test_the_document_has_the_keys_that_others_call(told: dict[str, Any]) -> None:
    assert {"ours", "splink", "recordlinkage", "ratio", "rounds"} <= set(told)
    for name in ("ours", *THERE):
        assert {"wall_s", "cpu_s", "peak_mb", "n_pairs", "f1", "best_f1", "pairs_per_s"} <= set(told[name])
    assert {"wall_to_splink", "peak_to_splink", "wall_to_recordlinkage"} <= set(told["ratio"])
    for name in THERE:
        assert told["ratio"][f"wall_to_{name}"] == told["ours"]["wall_s"] / told[name]["wall_s"]
    json.dumps(told)


def test_answers_are_the_same_at_a_tiny_budget_and_for_one_and_two_workers(told: dict[str, Any]) -> None:
    assert [each["name"] for each in told["budgets"]] == ["budget 128 MiB", "1 worker(s)", "2 worker(s)"]
    assert all(each["is_same"] for each in told["budgets"])
    assert "same bytes" in table(told)
    assert "the same for everybody" in table(told)


def test_files_are_made_once(folder: Path, told: dict[str, Any]) -> None:
    before = (folder / EMPLOYED).stat().st_mtime_ns
    assert make_files(folder, N_PERSONS, N_MEMBERS, 7) == told["province"]
    assert (folder / EMPLOYED).stat().st_mtime_ns == before


def test_a_peer_that_compares_other_pairs_is_told(told: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    ours = told["ours"]
    found = document([{"ours": ours, "splink": {**ours, "n_pairs": ours["n_pairs"] + 1}}])
    assert not found["is_pairs_equal"]
    facts = {"province": told["province"], "rules": "medium", "machine": told["machine"]}
    assert "NOT THE SAME" in table(facts | found)
    monkeypatch.setattr(scale, "measure", lambda *_: facts | found)
    assert scale.main([*SIZE, "--peers", "none"]) == 1


def _figures(wall: float, peak: float) -> dict[str, Any]:
    scores = {"n_links": 1, "n_true": 1, "precision": 1.0, "recall": 1.0, "f1": 1.0, "best_f1": 1.0}
    return with_rate({"wall_s": wall, "cpu_s": wall, "peak_mb": peak, "n_pairs": 100, **scores})


def test_ratios_are_of_the_rounds_in_which_both_ran() -> None:
    found = document(
        [
            {"ours": _figures(2.0, 10.0), "splink": _figures(4.0, 40.0)},
            {"ours": _figures(3.0, 10.0), "splink": _figures(4.0, 20.0)},
            {"ours": _figures(9.0, 10.0)},
        ]
    )
    assert found["ours"]["wall_s"] == 3.0
    assert found["ratio"]["wall_to_splink"] == (2 / 4 + 3 / 4) / 2
    assert found["ratio_range"]["peak_to_splink"] == {"min": 0.25, "median": 0.375, "max": 0.5}
    assert found["recordlinkage"] is None
    assert found["ratio"]["wall_to_recordlinkage"] is None


def test_scores_by_own_and_by_best_threshold() -> None:
    answer = pd.DataFrame(
        {"id_l": [1, 2, 3], "id_r": [1, 2, 4], "score": [9.0, 5.0, 1.0], "is_link": [True, False, True]}
    )
    truth = pd.DataFrame({"id_l": [1, 2], "id_r": [1, 2]})
    found = score(answer, truth)
    assert (found["precision"], found["recall"], found["f1"], found["best_f1"]) == (0.5, 0.5, 0.5, 1.0)


def test_answers_of_both_kinds_are_read(tmp_path: Path) -> None:
    written = pd.DataFrame({"id_l": [7], "id_r": [8], "match_weight": [1.5], "grade": ["review"], "more": ["x"]})
    written.to_csv(tmp_path / "ours.csv", index=False)
    pd.DataFrame({"id_l": ["7"], "id_r": ["8"], "score": [1.5], "is_link": [False]}).to_parquet(
        tmp_path / "peer.parquet"
    )
    for name in ("ours.csv", "peer.parquet"):
        assert read_answer(tmp_path / name)[["id_l", "id_r", "score", "is_link"]].to_numpy().tolist() == [
            [7, 8, 1.5, False]
        ]


_CHILD = "import subprocess, sys; x = bytearray(96 << 20); subprocess.run([sys.executable, '-c', {!r}], check=True)"
_GRANDCHILD = "import time; y = bytearray(96 << 20); time.sleep(0.5)"


def test_memory_of_the_whole_tree_counts() -> None:
    cost = run_tree("timeit", "-n", "1", "-r", "1", _CHILD.format(_GRANDCHILD))
    assert cost.wall_s >= 0.5
    if sys.platform == "linux":
        assert cost.peak_mb >= 192
    assert resident_mb(os.getpid()) > 10 or sys.platform != "linux"
    assert resident_mb(2**22 + 1) == 0.0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--persons", "10"],
        ["--rounds", "0"],
        ["--rules", "loose"],
        ["--peers", "dedupe"],
        ["--peers", "splink,splink"],
        ["--peer-rounds", "4"],
        ["--budgets", "0"],
        ["--budgets", "a"],
    ],
)
def test_options_that_make_no_sense_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        parse(arguments)
    assert refused.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_by_default_it_is_the_province_and_everybody_in_every_round() -> None:
    options = parse([])
    assert (options.persons, options.members, options.rules, options.rounds) == (PERSONS, MEMBERS, "medium", 3)
    assert options.peers == ("splink", "recordlinkage")
    assert options.peer_rounds is None
