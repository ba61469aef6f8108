from __future__ import annotations

import importlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench.accuracy import SEEDS, parse
from bench.accuracy_contender import MODULES
from bench.accuracy_data import AccuracyAnswer, AccuracyInput, AccuracyTruth, read_input, read_truth
from bench.accuracy_figures import SPLINK, pooled, table
from bench.accuracy_inputs import make
from bench.accuracy_patterns import wrong_patterns
from bench.accuracy_scoring import best_threshold, score
from data.contracts.tables import PROVENANCE
from matching.evaluation_keys import pair_keys

CONTENDERS = [name for name in MODULES if name in ("ours", "link") or find_spec(name)]
PEERS = [name for name in CONTENDERS if name not in ("ours", "link")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("accuracy")
    make(made, "easy", 9, 0.15)
    return made


@pytest.fixture(scope="module")
def given(folder: Path) -> AccuracyInput:
    return read_input(folder)


@pytest.fixture(scope="module")
def truth(folder: Path) -> AccuracyTruth:
    return read_truth(folder)


@pytest.fixture(scope="module")
def answers(given: AccuracyInput) -> dict[str, AccuracyAnswer]:
    return {name: importlib.import_module(MODULES[name]).link(given) for name in CONTENDERS}


@pytest.mark.parametrize("name", CONTENDERS)
def test_everybody_finds_the_easy_persons(name: str, answers: dict[str, AccuracyAnswer], truth: AccuracyTruth) -> None:
    assert name != "ours" or answers[name].pairs["is_certain"].mean() > 0.8
    for scores in score(answers[name], truth).values():
        right, said, true = scores["counts"]
        assert true > 100
        assert 2 * right / (said + true) > 0.8


@pytest.mark.parametrize("peer", PEERS)
def test_peers_score_exactly_the_pairs_given(
    peer: str, answers: dict[str, AccuracyAnswer], given: AccuracyInput
) -> None:
    ids = given.normalised["unique_id"].to_numpy(dtype=object)
    pairs = answers[peer].pairs
    assert np.array_equal(
        np.sort(pair_keys(pairs["unique_id_l"], pairs["unique_id_r"])),
        np.sort(pair_keys(ids[given.left], ids[given.right])),
    )


def test_the_truth_is_not_in_the_input(given: AccuracyInput) -> None:
    columns = {*given.records, *given.normalised}
    assert not {"true_person", "cluster", "errors", "error_kind"} & columns


def test_patterns_count_our_mistakes_without_values(given: AccuracyInput, truth: AccuracyTruth) -> None:
    """Nothing linked but two strangers: every true pair is missed, one pair is wrong."""
    ids = given.records["unique_id"].to_numpy(dtype=object)
    person = truth.persons.set_index("unique_id")["true_person"]
    stranger = next(other for other in ids if person[other] != person[ids[0]])
    links = pd.DataFrame({"unique_id": [ids[0], stranger], "person_id": ["P", "P"]})
    found = wrong_patterns(AccuracyAnswer(pd.DataFrame(), 0.0, links), given, truth)
    sizes = truth.persons["true_person"].value_counts()
    assert sum(p["n"] for p in found if p["which"] == "missed") == (sizes * (sizes - 1) // 2).sum()
    assert sum(p["n"] for p in found if p["which"] == "wrong") == 1
    values = {value for column in ("name", "id_no", "mobile") for value in given.records[column].dropna()}
    assert not any(value in p["levels"] for p in found for value in values)


def _truth(*persons: str) -> AccuracyTruth:
    rows = [("s", "f", "", number, f"u{number}", person, True) for number, person in enumerate(persons)]
    columns = [*PROVENANCE, "unique_id", "true_person", "is_member_side"]
    errors = pd.DataFrame([("s", "f", "", 0, "typo")], columns=[*PROVENANCE, "error_kind"])
    return AccuracyTruth(pd.DataFrame(rows, columns=columns), errors)


def test_the_best_threshold_is_chosen_by_the_persons_it_makes() -> None:
    # At 5 the true triple is whole; 3 would chain the stranger to it, 9 would leave one out.
    pairs = pd.DataFrame(
        [("u0", "u1", 9.0), ("u1", "u2", 5.0), ("u2", "u3", 3.0)], columns=["unique_id_l", "unique_id_r", "score"]
    )
    truth = _truth("A", "A", "A", "B")
    assert best_threshold(pairs, truth) == 5.0
    found = score(AccuracyAnswer(pairs, 9.0), truth)
    assert found["as_is"]["counts"] == (1, 1, 3)
    assert found["best"]["counts"] == (3, 3, 3)
    assert found["best"]["strata"] == {"typo": (2, 2, 2)}
    assert found["best"]["bcubed"]["f1"] == 1.0


def test_own_persons_are_scored_as_they_are() -> None:
    pairs = pd.DataFrame([("u0", "u1", 9.0)], columns=["unique_id_l", "unique_id_r", "score"])
    links = pd.DataFrame({"unique_id": ["u0", "u2"], "person_id": ["P", "P"]})
    found = score(AccuracyAnswer(pairs, 1.0, links), _truth("A", "A", "B"))
    assert found["as_is"]["counts"] == (0, 1, 1)
    assert found["best"]["counts"] == (1, 1, 1)


def _set(seed: int, ours: tuple[int, int, int], splink: tuple[int, int, int]) -> dict[str, object]:
    def scores(counts: tuple[int, int, int]) -> dict[str, object]:
        bcubed = {"precision": 1.0, "recall": 0.5, "f1": 0.6}
        return {"cut": 1.0, "counts": counts, "bcubed": bcubed, "strata": {"typo": counts, f"kind{seed}": (1, 1, 1)}}

    cost = {"seconds": 2.0 * seed, "cpu_s": 1.0, "peak_mb": 100.0 * seed}
    both = {name: {"as_is": scores(c), "best": scores(c)} for name, c in (("ours", ours), ("splink", splink))}
    pattern = {"which": "missed", "is_candidate": True, "levels": "name=exact", "kinds": "- / typo", "n": seed}
    return {
        "seed": seed,
        "n_records": 10,
        "n_pairs": 20,
        "n_true_pairs": 10,
        "blocking_recall": 0.9 + seed / 20,
        "scores": both,
        "costs": {"ours": cost, "splink": cost},
        "patterns": [pattern],
        "review": {"n_possible": 3, "n_true": 9},
    }


def test_counts_are_added_over_the_seeds_before_they_are_divided() -> None:
    found = pooled([_set(1, (8, 10, 10), (9, 9, 10)), _set(2, (10, 10, 10), (9, 10, 10))])
    ours = found["systems"]["ours"]
    assert ours["precision"] == pytest.approx(18 / 20)
    assert (ours["n_wrong"], ours["n_missed"]) == (2, 2)
    assert ours["strata"]["typo"] == {"f1": pytest.approx(0.9), "n": 20}
    assert ours["strata"]["kind1"]["n"] == 1
    assert (ours["seconds"], ours["peak_mb"]) == (3.0, 200.0)
    assert found["blocking_recall"] == pytest.approx(0.975)
    assert found["patterns"] == [
        {"which": "missed", "is_candidate": True, "levels": "name=exact", "kinds": "- / typo", "n": 3}
    ]


def test_goals_name_the_kinds_where_splink_is_better() -> None:
    found = pooled([_set(1, (8, 10, 10), (9, 9, 10))])
    assert found["systems"][SPLINK]["strata"]["typo"]["f1"] > found["systems"]["ours"]["strata"]["typo"]["f1"]
    assert found["goals"] == {
        "is_f1_reached": False,
        "is_blocking_recall_reached": False,
        "strata_below_splink": ["typo"],
        "strata_below_splink_at_best": ["typo"],
    }
    document = {"data": "county", "seeds": [1], "scale": 1.0, "machine": {"n_cores": 2, "memory_gb": 8.0}, **found}
    document["machine"] |= {"python": "3.11", "load_before": 0.1, "load_after": 0.2}
    shown = table(document)
    assert "kinds where ours is below Splink's best: typo" in shown
    assert "0.9000 are linked by ours or shown to an analyst, who is shown 3 pairs" in shown
    assert "0.8000" in shown


@pytest.mark.parametrize("arguments", [["--seeds", "a"], ["--seeds", "1,1"], ["--seeds", "-1"], ["--scale", "0"]])
def test_options_that_make_no_sense_are_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        parse(arguments)
    assert refused.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_seeds_by_default_and_as_given() -> None:
    assert parse([]).seeds == SEEDS == (201, 202, 203)
    assert parse(["--seeds", "7,8"]).seeds == (7, 8)
