from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench.accuracy_enterprises import Task, best_cut, best_entity, by_recordlinkage, ours, read_task, score
from data.synthetic.benchmark import generate_benchmark


@pytest.fixture(scope="module")
def task(tmp_path_factory: pytest.TempPathFactory) -> Task:
    out = tmp_path_factory.mktemp("enterprises") / "made"
    generate_benchmark(out, seed=4, scale=0.2, tiers=("easy",))
    return read_task(out / "enterprises" / "easy")


def test_ours_is_seldom_wrong(task: Task) -> None:
    found = score(ours(task), task)
    assert found["precision"] > 0.95
    assert found["recall"] > 0.85


def test_recordlinkage_answers_from_the_pairs_given(task: Task) -> None:
    found = by_recordlinkage(task)
    assert found["mention_id"].is_unique
    assert score(best_cut(found, task), task)["f1"] > 0.8


@pytest.mark.skipif(find_spec("splink") is None, reason="SPLINK NOT TESTED: the extra `bench` is not installed")
def test_splink_answers_from_the_pairs_given(task: Task) -> None:
    from bench.accuracy_enterprises_splink import by_splink

    found = by_splink(task)
    assert found["mention_id"].is_unique
    assert score(best_cut(found, task), task)["f1"] > 0.8


def test_candidates_hold_the_true_entities(task: Task) -> None:
    wanted = {(mention, entity) for mention, entity in task.gold.items() if entity}
    mentions, register = task.mentions["mention_id"].to_numpy(), task.register["entity_id"].to_numpy()
    pairs = {(mentions[left], register[right]) for left, right in task.pairs}
    assert len(wanted & pairs) / len(wanted) > 0.98


def _small(task: Task) -> Task:
    """Two mentions of one county, the second of which means nothing."""
    mentions = pd.DataFrame({"mention_id": ["M1", "M2"]})
    register = pd.DataFrame({"entity_id": ["E1", "E2"]})
    pairs = pd.MultiIndex.from_tuples([(0, 0), (0, 1), (1, 0), (1, 1)])
    gold = pd.Series({"M1": "E1", "M2": ""})
    kinds = pd.Series({"M1": {"plain"}, "M2": {"unknown"}})
    return replace(task, mentions=mentions, register=register, pairs=pairs, gold=gold, kinds=kinds)


def test_a_tie_is_no_answer_and_the_best_cut_leaves_the_wrong_one_out(task: Task) -> None:
    small = _small(task)
    tied = best_entity(small, np.array([2.0, 2.0, 1.0, 0.5]))
    assert tied["mention_id"].tolist() == ["M2"]
    found = best_entity(small, np.array([5.0, 2.0, 1.0, 0.5]))
    assert found[["mention_id", "entity_id"]].to_numpy().tolist() == [["M1", "E1"], ["M2", "E1"]]
    told = score(found, small)
    assert (told["precision"], told["recall"], told["n_wrong"]) == (0.5, 1.0, 1)
    assert told["strata"] == {"plain": {"right": 1.0, "n": 1}, "unknown": {"right": 0.0, "n": 1}}
    best = score(best_cut(found, small), small)
    assert best["f1"] == 1.0
    assert best["strata"]["unknown"]["right"] == 1.0


def test_folder_is_read_with_blanks_as_null(task: Task, tmp_path: Path) -> None:
    assert not (task.mentions == "").any().any()
    assert task.gold.eq("").any()
