"""Steps 3-8 in one call: person records in, graded pairs and links out. Pure, and the same for any order of rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from matching.arrays import Bits, Codes, Positions, encode
from matching.blocking import Candidates, candidate_pairs
from matching.clustering import Edges, cluster_all
from matching.constraints import Scored, pairs_apart
from matching.evaluation_unlinkables import unlinkables
from matching.grading import (
    CERTAIN,
    NOT_JUDGED,
    POSITIVE,
    POSSIBLE,
    Judged,
    Sides,
    grade_pairs,
    judged_pairs,
)
from matching.identity import held_pairs
from matching.learning import first_pairs, learn
from matching.normalise import normalise
from matching.results import (
    Decided,
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
from matching.training import Model
from matching.vectors import Vectors

__all__ = ["MatchResult", "match_persons"]


def match_persons(
    records: pd.DataFrame,
    spec: MatchSpec,
    judgements: pd.DataFrame,
    known_persons: pd.DataFrame,
    sources_one_row: frozenset[str],
    model: Model | None = None,
) -> MatchResult:
    """Match PERSON_RECORDS.

    judgements: unique_id_l, unique_id_r, judgement (Judgement values), at most one row a pair. known_persons:
    unique_id, person_id, minted_seq of earlier runs: ids stay, and a link that held needs less to hold on.
    sources_one_row: sources that promise one row a person. model: a frozen one; None learns from these records.
    Raises TooManyPairs, naming the blocking rule.
    """
    normalised = normalise(records.sort_values("unique_id", ignore_index=True))
    candidates = candidate_pairs(normalised, spec)
    judged = judged_pairs(judgements, normalised["unique_id"])
    pairs = _with_judgements(candidates, judged, len(spec.blocking), normalised["unique_id"], known_persons)
    vectors = Vectors(normalised, spec)
    patterns = vectors.patterns(pairs.left, pairs.right)
    if model is None:
        model = learn(first_pairs(patterns, len(candidates.left)), vectors, normalised, spec)
    scores = score_pairs(pairs.left, pairs.right, patterns, model, normalised, spec)
    source, weight = _promising_sources(normalised, sources_one_row), scores.match_weight
    is_one_source = (source[pairs.left] == source[pairs.right]) & (source[pairs.left] >= 0)
    grade = grade_pairs(patterns, weight, Sides(is_one_source, pairs.is_held), pairs.judgement, spec)
    certain = np.flatnonzero(grade == CERTAIN)
    edges = _edges(pairs, certain, weight)
    scored = Scored(normalised, vectors, model, spec)
    clusters = cluster_all(
        len(normalised),
        edges,
        spec.hold_threshold,
        spec.tie_margin,
        lambda kept: pairs_apart(pairs, kept, scored, source),
    )
    # An analyst's word stays as it is even where two of them contradict; the conflict is reported.
    grade[certain[(clusters.left_out > 0) & ~edges.is_analyst]] = POSSIBLE
    ids = normalised["unique_id"].to_numpy(dtype=object)
    left_out = np.zeros(len(grade), dtype=np.int8)
    left_out[certain] = clusters.left_out
    return MatchResult(
        graded_frame(pairs, Decided(grade, left_out), patterns, scores, model, normalised, spec),
        links(normalised, clusters, known_persons),
        conflicts(edges, clusters, ids),
        candidate_keys(candidates, ids),
        candidates.n_pairs_by_rule,
        candidates.n_capped_by_rule,
        describe(model, spec) | {"unlinkable": unlinkables(normalised, vectors, model, spec)},
        n_unmatched(normalised, clusters),
    )


def _edges(pairs: Pairs, certain: Positions, weight: Bits) -> Edges:
    is_analyst = pairs.judgement[certain] == POSITIVE
    return Edges(pairs.left[certain], pairs.right[certain], weight[certain], is_analyst, pairs.is_held[certain])


def _with_judgements(
    candidates: Candidates, judged: Judged, n_rules: int, unique_ids: pd.Series, known: pd.DataFrame
) -> Pairs:
    """Candidates with their judgement and what they were last time; judged pairs that no rule made stand behind."""
    near = np.flatnonzero(np.isin(candidates.left, judged.left))
    made = pd.MultiIndex.from_arrays([candidates.left[near], candidates.right[near]])
    where = made.get_indexer(pd.MultiIndex.from_arrays([judged.left, judged.right]))
    extra = where < 0
    judgement = np.full(len(candidates.left), NOT_JUDGED, dtype=np.int64)
    judgement[near[where[~extra]]] = judged.judgement[~extra]
    left = np.concatenate([candidates.left, judged.left[extra]])
    right = np.concatenate([candidates.right, judged.right[extra]])
    return Pairs(
        left,
        right,
        np.concatenate([candidates.rule, np.full(int(extra.sum()), n_rules)]),
        np.concatenate([judgement, judged.judgement[extra]]),
        held_pairs(unique_ids, known, left, right),
    )


def _promising_sources(normalised: pd.DataFrame, sources_one_row: frozenset[str]) -> Codes:
    codes, values = encode(normalised["source"])
    promises = np.array([value in sources_one_row for value in values] + [False])
    return np.where(promises[codes], codes, -1)
