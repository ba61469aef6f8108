"""`longlou link` with the shipped specification `chinese_persons`, as anybody may run it on such a table."""

from __future__ import annotations

from pathlib import Path

from bench.accuracy_data import AccuracyAnswer, AccuracyInput
from matching.link.pipeline import link_tables
from matching.link.spec import load_link_spec

_COLUMNS = ("name", "sex", "birth", "id_no", "mobile", "area", "township", "home", "employer", "join_on")


def link(given: AccuracyInput) -> AccuracyAnswer:
    """Its own blocking rules, threshold and groups; the candidate pairs given are not used."""
    table = given.records[["unique_id", *_COLUMNS]].rename(columns={"unique_id": "record_id"})
    result = link_tables(table, None, load_link_spec(Path("chinese_persons")))
    pairs = result.pairs[["id_l", "id_r"]].set_axis(["unique_id_l", "unique_id_r"], axis=1)
    assert result.clusters is not None
    links = result.clusters.set_axis(["unique_id", "person_id"], axis=1).astype(object)
    return AccuracyAnswer(pairs.assign(score=result.pairs["match_weight"]), result.link_threshold, links)
