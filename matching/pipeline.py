"""Steps 3-8 in one call: person records in, graded pairs and links out. Pure, and the same for any order of rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.model import MEMBER_SIDE
from matching.arrays import Codes, encode
from matching.blocking import Candidates, candidate_pairs
from matching.clustering import Edges, cluster_records
from matching.constraints import Scored, pairs_apart
from matching.grading import CERTAIN, NOT_JUDGED, POSITIVE, POSSIBLE, Judged, any_guard, grade_pairs, judged_pairs
from matching.normalise import normalise
from matching.results import (
    MatchResult,
    Pairs,
    candidate_keys,
    conflicts,
    describe,
    graded_frame,
    links,
    n_unmatched,
)
from matching.scoring import score_pairs
from matching.spec import MatchSpec
from matching.training import Model, random_positions, train
from matching.vectors import Patterns, Vectors

__all__ = ["MatchResult", "match_persons"]


def match_persons(
    records: pd.DataFrame,
    spec: MatchSpec,
    judgements: pd.DataFrame,
    known_persons: pd.DataFrame,
    sources_one_row: frozenset[str],
) -> MatchResult:
    """Match PERSON_RECORDS.

    judgements: unique_id_l, unique_id_r, judgement (Judgement values), at most one row a pair. known_persons:
    unique_id, person_id, minted_seq of earlier runs. sources_one_row: sources that promise one row a person.
    Raises TooManyPairs, naming the blocking rule.
    """
    normalised = normalise(records.sort_values("unique_id", ignore_index=True))
    candidates = candidate_pairs(normalised, spec)
    pairs = _with_judgements(candidates, judged_pairs(judgements, normalised["unique_id"]), len(spec.blocking))
    vectors = Vectors(normalised, spec)
    patterns = vectors.patterns(pairs.left, pairs.right)
    model = _train(patterns, vectors, normalised, spec)
    scores = score_pairs(pairs.left, pairs.right, patterns, model, normalised, spec)
    source, weight = _promising_sources(normalised, sources_one_row), scores.match_weight
    is_one_source = (source[pairs.left] == source[pairs.right]) & (source[pairs.left] >= 0)
    grade = grade_pairs(patterns, weight, is_one_source, pairs.judgement, spec)
    certain = np.flatnonzero(grade == CERTAIN)
    edges = Edges(pairs.left[certain], pairs.right[certain], weight[certain], pairs.judgement[certain] == POSITIVE)
    apart = pairs_apart(pairs, edges, Scored(normalised, vectors, model, spec), source)
    clusters = cluster_records(len(normalised), edges, apart, spec.tie_margin)
    # An analyst's word stays as it is even where two of them contradict; the conflict is reported.
    grade[certain[(clusters.left_out > 0) & ~edges.is_analyst]] = POSSIBLE
    ids = normalised["unique_id"].to_numpy(dtype=object)
    return MatchResult(
        graded_frame(pairs, grade, patterns, scores, model, ids, spec),
        links(normalised, clusters, known_persons),
        conflicts(edges, clusters, ids),
        candidate_keys(candidates, ids),
        candidates.n_pairs_by_rule,
        candidates.n_capped_by_rule,
        describe(model, spec),
        n_unmatched(normalised, clusters),
    )


def _with_judgements(candidates: Candidates, judged: Judged, n_rules: int) -> Pairs:
    """Candidates with their judgement; judged pairs that no rule made stand behind them."""
    near = np.flatnonzero(np.isin(candidates.left, judged.left))
    made = pd.MultiIndex.from_arrays([candidates.left[near], candidates.right[near]])
    where = made.get_indexer(pd.MultiIndex.from_arrays([judged.left, judged.right]))
    extra = where < 0
    judgement = np.full(len(candidates.left), NOT_JUDGED, dtype=np.int64)
    judgement[near[where[~extra]]] = judged.judgement[~extra]
    return Pairs(
        np.concatenate([candidates.left, judged.left[extra]]),
        np.concatenate([candidates.right, judged.right[extra]]),
        np.concatenate([candidates.rule, np.full(int(extra.sum()), n_rules)]),
        np.concatenate([judgement, judged.judgement[extra]]),
    )


def _train(patterns: Patterns, vectors: Vectors, normalised: pd.DataFrame, spec: MatchSpec) -> Model:
    members = np.flatnonzero(normalised["kind"].isin(MEMBER_SIDE).to_numpy())
    n_others = len(normalised) - len(members)
    n_possible = len(members) * n_others + len(members) * (len(members) - 1) // 2
    random = vectors.patterns(*random_positions(len(normalised), members, spec))
    is_ruled_out = any_guard(spec.never_certain_when, patterns.levels, spec)
    return train(patterns, is_ruled_out, random, n_possible, len(members), spec)


def _promising_sources(normalised: pd.DataFrame, sources_one_row: frozenset[str]) -> Codes:
    codes, values = encode(normalised["source"])
    promises = np.array([value in sources_one_row for value in values] + [False])
    return np.where(promises[codes], codes, -1)
