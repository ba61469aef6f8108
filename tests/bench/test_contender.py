from __future__ import annotations

import importlib
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench import ours
from bench.answer import Answer
from bench.contender import MODULES
from bench.inputs import TRUTH, CountyInput, make_county, peer_rules, read_county
from bench.scoring import score
from matching import pipeline
from matching.blocking import candidate_pairs
from matching.evaluation_keys import pair_keys
from matching.normalise import normalise
from matching.spec import load_spec

PEERS = [name for name in MODULES if name != "ours" and find_spec(name)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bench")
    make_county(made, seed=7, scale=0.02)
    return made


@pytest.fixture(scope="module")
def county(folder: Path) -> CountyInput:
    return read_county(folder)


def link(name: str, county: CountyInput) -> Answer:
    answer: Answer = importlib.import_module(MODULES[name]).link(county)
    return answer


@pytest.mark.parametrize("peer", PEERS)
def test_peers_compare_the_pairs_that_we_compare(peer: str, county: CountyInput, folder: Path) -> None:
    records = normalise(county.records)
    made = candidate_pairs(records, load_spec().model_copy(update={"blocking": tuple(peer_rules())}))
    ids = records["unique_id"].to_numpy(dtype=object)
    expected = np.sort(pair_keys(ids[made.left], ids[made.right]))
    answer = link(peer, county)
    assert answer.n_pairs == len(expected) > 100
    assert np.array_equal(np.sort(pair_keys(answer.pairs["unique_id_l"], answer.pairs["unique_id_r"])), expected)
    assert score(answer, pd.read_pickle(folder / TRUTH))["best_pair_f1"] > 0.8


def test_ours_is_the_pipeline_as_it_ships_with_every_step_timed(county: CountyInput, folder: Path) -> None:
    as_it_was = {name: getattr(pipeline, name) for name in (*ours.STEPS, "Vectors")}
    answer = link("ours", county)
    assert set(answer.steps) == {*ours.STEPS.values(), "rest"}
    assert min(answer.steps.values()) > 0
    assert as_it_was == {name: getattr(pipeline, name) for name in as_it_was}
    assert score(answer, pd.read_pickle(folder / TRUTH))["f1"] > 0.9


def test_the_truth_knows_which_records_were_read(county: CountyInput, folder: Path) -> None:
    truth = pd.read_pickle(folder / TRUTH)
    assert set(truth["unique_id"].dropna()) == set(county.records["unique_id"])
    assert truth["is_member_side"].sum() >= 100
