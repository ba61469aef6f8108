"""Steps 3-8 in one call: person records in, graded pairs and links out. Pure, and the same for any order of the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.model import MEMBER_SIDE
from matching.arrays import Bits, Codes, Mask, Positions, encode
from matching.blocking import Candidates, candidate_pairs
from matching.clustering import (
    EVIDENCE_AGAINST,
    NEGATIVE_JUDGEMENT,
    REASONS,
    Clusters,
    Constraints,
    Edges,
    cluster_records,
    components,
)
from matching.comparisons.identity_number import IdLevel
from matching.evaluation_keys import Keys, mix_keys, record_keys
from matching.explain import match_keys
from matching.grading import CERTAIN, NEGATIVE, NOT_JUDGED, POSITIVE, POSSIBLE, Judged, grade_pairs, judged_pairs
from matching.identity import assign_person_ids
from matching.normalise import normalise
from matching.scoring import Scores, bars, score_pairs
from matching.spec import MatchSpec
from matching.training import Model, random_positions, train
from matching.vectors import Patterns, Vectors

#: What stands in `blocking_rule` for a pair that only an analyst named.
BY_JUDGEMENT = "judgement"
_GRADES = np.array(["certainly_not", "possible", "certain"], dtype=object)


@dataclass(frozen=True)
class MatchResult:
    """What matching hands over.

    pairs: GRADED_PAIRS, certain and possible ones, with `match_key`, sorted by both ids. links: LINKS.
    conflicts: unique_id_l, unique_id_r, reason: certain pairs left out of the clusters. candidate_keys: sorted keys of
    all candidate pairs. n_pairs_by_rule, n_capped_by_rule: see Candidates. model: m, u, weights, prior, digest, as JSON.
    n_unmatched: records per source without any other record of their person.
    """

    pairs: pd.DataFrame
    links: pd.DataFrame
    conflicts: pd.DataFrame
    candidate_keys: Keys
    n_pairs_by_rule: dict[str, int]
    n_capped_by_rule: dict[str, int]
    model: dict[str, Any]
    n_unmatched: dict[str, int]


@dataclass(frozen=True)
class _Pairs:
    """All pairs under consideration: positions, blocking rule number (the last one: judgement), judgement code."""

    left: Positions
    right: Positions
    rule: Codes
    judgement: Codes


def match_persons(
    records: pd.DataFrame,
    spec: MatchSpec,
    judgements: pd.DataFrame,
    known_persons: pd.DataFrame,
    sources_one_row: frozenset[str],
) -> MatchResult:
    """Match PERSON_RECORDS.

    Args:
        judgements: unique_id_l, unique_id_r, judgement (Judgement values); at most one row a pair.
        known_persons: unique_id, person_id, minted_seq of earlier runs.
        sources_one_row: sources that promise one row a person.

    Raises TooManyPairs, naming the blocking rule.
    """
    normalised = normalise(records.sort_values("unique_id", ignore_index=True))
    candidates = candidate_pairs(normalised, spec)
    pairs = _with_judgements(candidates, judged_pairs(judgements, normalised["unique_id"]), len(spec.blocking))
    vectors = Vectors(normalised, spec)
    patterns = vectors.patterns(pairs.left, pairs.right)
    model = _train(patterns, vectors, normalised, spec)
    scores = score_pairs(pairs.left, pairs.right, patterns, model, normalised, spec)
    source = _promising_sources(normalised, sources_one_row)
    is_one_source = (source[pairs.left] == source[pairs.right]) & (source[pairs.left] >= 0)
    grade = grade_pairs(patterns, scores.match_weight, is_one_source, pairs.judgement, spec)
    certain = np.flatnonzero(grade == CERTAIN)
    edges = Edges(
        pairs.left[certain], pairs.right[certain], scores.match_weight[certain], pairs.judgement[certain] == POSITIVE
    )
    evidence = scores.match_weight - model.prior_bits
    constraints = _constraints(pairs, grade, evidence, normalised, vectors, source, spec)
    clusters = cluster_records(len(normalised), edges, constraints, spec.tie_margin)
    # An analyst's word stays as it is even where two of them contradict; the conflict is reported.
    grade[certain[(clusters.left_out > 0) & ~edges.is_analyst]] = POSSIBLE
    ids = normalised["unique_id"].to_numpy(dtype=object)
    return MatchResult(
        _graded_frame(pairs, grade, patterns, scores, model, ids, spec),
        _links(normalised, clusters, known_persons),
        _conflicts(edges, clusters, ids),
        _candidate_keys(candidates, ids),
        candidates.n_pairs_by_rule,
        candidates.n_capped_by_rule,
        _describe(model, spec),
        _n_unmatched(normalised, clusters),
    )


def _with_judgements(candidates: Candidates, judged: Judged, n_rules: int) -> _Pairs:
    """Candidates with their judgement; judged pairs that no rule made stand behind them."""
    near = np.flatnonzero(np.isin(candidates.left, judged.left))
    made = pd.MultiIndex.from_arrays([candidates.left[near], candidates.right[near]])
    where = made.get_indexer(pd.MultiIndex.from_arrays([judged.left, judged.right]))
    extra = where < 0
    judgement = np.full(len(candidates.left), NOT_JUDGED, dtype=np.int64)
    judgement[near[where[~extra]]] = judged.judgement[~extra]
    return _Pairs(
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
    return train(patterns, random, n_possible, len(members), spec)


def _promising_sources(normalised: pd.DataFrame, sources_one_row: frozenset[str]) -> Codes:
    codes, values = encode(normalised["source"])
    promises = np.array([value in sources_one_row for value in values] + [False])
    return np.where(promises[codes], codes, -1)


def _constraints(
    pairs: _Pairs,
    grade: npt.NDArray[np.int8],
    evidence: Bits,
    normalised: pd.DataFrame,
    vectors: Vectors,
    source: Codes,
    spec: MatchSpec,
) -> Constraints:
    id_comparison = spec.names().index("id_no")
    number = _bridged_numbers(pairs, normalised)
    is_same_number = (number[pairs.left] == number[pairs.right]) & (number[pairs.left] >= 0)
    negative = pairs.judgement == NEGATIVE
    against = (grade != CERTAIN) & (evidence < spec.break_threshold) & ~is_same_number
    rows = np.flatnonzero(negative | (against & (pairs.judgement == NOT_JUDGED)))

    def is_other_number(left: Positions, right: Positions) -> Mask:
        return np.asarray(vectors.levels(id_comparison, left, right) == IdLevel.REALLY_DIFFERENT)

    reason = np.where(negative[rows], NEGATIVE_JUDGEMENT, EVIDENCE_AGAINST)
    return Constraints(pairs.left[rows], pairs.right[rows], reason, number, is_other_number, source)


def _bridged_numbers(pairs: _Pairs, normalised: pd.DataFrame) -> Codes:
    """Code of the valid identity number per record; numbers that a positive judgement joins count as one."""
    codes, values = encode(normalised["id18"].where(normalised["sex_settled"].notna(), None))
    joined = (pairs.judgement == POSITIVE) & (codes[pairs.left] >= 0) & (codes[pairs.right] >= 0)
    bridged = components(max(len(values), 1), codes[pairs.left[joined]], codes[pairs.right[joined]])
    return np.where(codes >= 0, bridged[codes], -1)


def _graded_frame(
    pairs: _Pairs,
    grade: npt.NDArray[np.int8],
    patterns: Patterns,
    scores: Scores,
    model: Model,
    ids: npt.NDArray[np.object_],
    spec: MatchSpec,
) -> pd.DataFrame:
    kept = np.flatnonzero(grade >= POSSIBLE)
    kept = kept[np.lexsort((pairs.right[kept], pairs.left[kept]))]
    rules = np.array([*(rule.name for rule in spec.blocking), BY_JUDGEMENT], dtype=object)
    frame = pd.DataFrame(
        {
            "unique_id_l": ids[pairs.left[kept]],
            "unique_id_r": ids[pairs.right[kept]],
            "blocking_rule": rules[pairs.rule[kept]],
        }
    )
    frame = pd.concat([frame, bars(patterns, kept, scores, model, spec)], axis=1)
    frame["grade"] = _GRADES[grade[kept]]
    frame["decided_by"] = np.where(pairs.judgement[kept] == NOT_JUDGED, "model", "analyst").astype(object)
    frame["match_key"] = match_keys(frame, spec)
    return frame


def _links(normalised: pd.DataFrame, clusters: Clusters, known: pd.DataFrame) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "unique_id": normalised["unique_id"],
            "cluster_id": clusters.label,
            "is_member_side": normalised["kind"].isin(MEMBER_SIDE),
        }
    )
    return assign_person_ids(frame, known)


def _conflicts(edges: Edges, clusters: Clusters, ids: npt.NDArray[np.object_]) -> pd.DataFrame:
    rows = np.flatnonzero(clusters.left_out)
    rows = rows[np.lexsort((edges.right[rows], edges.left[rows]))]
    reasons = np.array(REASONS, dtype=object)[clusters.left_out[rows]]
    return pd.DataFrame(
        {"unique_id_l": ids[edges.left[rows]], "unique_id_r": ids[edges.right[rows]], "reason": reasons}, dtype=object
    )


def _candidate_keys(candidates: Candidates, ids: npt.NDArray[np.object_]) -> Keys:
    keys = record_keys(ids)
    return np.sort(mix_keys(keys[candidates.left], keys[candidates.right]))


def _n_unmatched(normalised: pd.DataFrame, clusters: Clusters) -> dict[str, int]:
    alone = np.bincount(clusters.label, minlength=len(normalised))[clusters.label] == 1
    counts = pd.Series(alone, dtype="int64").groupby(normalised["source"].to_numpy()).sum().sort_index()
    return {str(source): int(n) for source, n in counts.items()}


def _describe(model: Model, spec: MatchSpec) -> dict[str, Any]:
    comparisons = {
        comparison.name: [
            {"level": level.name, "m": float(m), "u": float(u), "weight": float(weight)}
            for level, m, u, weight in zip(
                comparison.levels, model.m[number], model.u[number], model.weights[number][1:], strict=True
            )
        ]
        for number, comparison in enumerate(spec.comparisons)
    }
    return {
        "version": spec.version,
        "digest": spec.digest,
        "probability_two_random_records_match": model.probability_two_random_records_match,
        "prior_bits": model.prior_bits,
        "link_threshold": spec.link_threshold,
        "review_threshold": spec.review_threshold,
        "comparisons": comparisons,
    }
