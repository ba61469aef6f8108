"""longlou as it ships: `match_persons`, its own thresholds, guards and clusters; no truth is shown to it."""

from __future__ import annotations

from bench.accuracy_data import AccuracyAnswer, AccuracyInput
from data.contracts.frames import empty_frame
from data.model import MatchGrade
from matching.pipeline import match_persons
from matching.spec import load_spec


def link(given: AccuracyInput) -> AccuracyAnswer:
    """Normalise, block, compare, learn and cluster, as a run without earlier judgements does."""
    spec = load_spec()
    judgements = empty_frame(["unique_id_l", "unique_id_r", "judgement"])
    known = empty_frame(["unique_id", "person_id", "minted_seq"]).astype({"minted_seq": "int64"})
    match = match_persons(given.records, spec, judgements, known, given.one_row_sources)
    is_certain = match.pairs["grade"] == MatchGrade.CERTAIN
    ids = match.pairs[["unique_id_l", "unique_id_r"]]
    pairs = ids.assign(score=match.pairs["match_weight"], is_certain=is_certain)
    return AccuracyAnswer(pairs, spec.link_threshold, match.links[["unique_id", "person_id"]])
