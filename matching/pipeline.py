"""Steps 3-8 in one call: person records in, graded pairs and links out. Pure, and the same for any order of rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from matching.arrays import Bits, Codes, Mask, Positions, encode
from matching.blocking import Meeting, Rule, first_rule
from matching.blocks import Blocks
from matching.clustering import Clusters, Edges, cluster_all
from matching.coding import code_columns
from matching.constraints import Scored, bridged_numbers, pairs_apart
from matching.contradictions import conflicts
from matching.engine import KeptPairs, compare_pairs, keep_pairs, make_ready
from matching.evaluation_unlinkables import unlinkables
from matching.grading import (
    CERTAIN,
    NOT_JUDGED,
    POSITIVE,
    POSSIBLE,
    Judged,
    Sides,
    any_guard,
    grade_pairs,
    judged_pairs,
)
from matching.identity import held_pairs
from matching.incremental import compare_changed
from matching.incremental_compared import Changed, Compared, hopes, looked_columns, remembering
from matching.incremental_memory import Memory
from matching.learning import columns_learned, learn
from matching.normalise import normalise
from matching.pair_store import PairStore
from matching.resources import Resources
from matching.results import (
    Decided,
    MatchResult,
    Night,
    Pairs,
    describe,
    graded_frame,
    links,
    n_unmatched,
)
from matching.scoring import Scorer, Scores
from matching.spec import MatchSpec
from matching.training import Model
from matching.vectors import Patterns, Vectors

__all__ = ["MatchResult", "match_persons"]


def match_persons(
    records: pd.DataFrame,
    spec: MatchSpec,
    judgements: pd.DataFrame,
    known_persons: pd.DataFrame,
    sources_one_row: frozenset[str],
    model: Model | None = None,
    resources: Resources | None = None,
    memory: Memory | None = None,
    *,
    remembers: bool = False,
) -> MatchResult:
    """Match PERSON_RECORDS.

    judgements: unique_id_l, unique_id_r, judgement (Judgement values and REOPENED_*), at most one row a pair.
    known_persons: unique_id, person_id, minted_seq of earlier runs: ids stay, and a link that held needs less to hold.
    sources_one_row: sources that promise one row a person. model: a frozen one; None learns from these records.
    resources: memory and workers; the result is the same for any.
    memory: of an earlier run by this specification, frozen model and code: only what changed since is compared, the
    result is the same. remembers: `night.memory` of the result is wanted.
    Raises TooManyPairs, naming the blocking rule.
    """
    resources, records = resources or Resources(), _in_order(records)
    if model is not None and memory is not None:
        found = compare_changed(records, spec, model, resources, memory)
    else:
        found = _compare_all(records, spec, model, resources, remembers=remembers)
    judged = judged_pairs(judgements, found.normalised["unique_id"])
    pairs, patterns = _with_judgements(
        found.kept, judged, found.rules, found.vectors, found.normalised["unique_id"], known_persons
    )
    weighed = _Weighed(pairs, patterns, found.scorer.score(pairs.left, pairs.right, patterns))
    return _result(found, weighed, _decided(found, weighed, sources_one_row, spec), known_persons, spec)


@dataclass(frozen=True)
class _Weighed:
    """All pairs under consideration, with their patterns and scores."""

    pairs: Pairs
    patterns: Patterns
    scores: Scores


@dataclass(frozen=True)
class _Clustered:
    """What became of the pairs, and the clusters that the certain ones make."""

    decided: Decided
    edges: Edges
    clusters: Clusters


def _decided(found: Compared, weighed: _Weighed, sources_one_row: frozenset[str], spec: MatchSpec) -> _Clustered:
    """Steps 7 and 8: grade the pairs, cluster the certain ones; what the clusters leave out is possible only."""
    pairs, normalised = weighed.pairs, found.normalised
    source, weight = _promising_sources(normalised, sources_one_row), weighed.scores.match_weight
    is_one_source = (source[pairs.left] == source[pairs.right]) & (source[pairs.left] >= 0)
    grade = grade_pairs(weighed.patterns, weight, Sides(is_one_source, pairs.is_held), pairs.judgement, spec)
    certain = np.flatnonzero(grade == CERTAIN)
    edges = _edges(pairs, certain, weight)
    scored = Scored(normalised, found.vectors, found.scorer, spec)
    clusters = cluster_all(
        len(normalised),
        edges,
        spec.hold_threshold,
        spec.tie_margin,
        lambda kept: pairs_apart(pairs, kept, scored, source),
    )
    # An analyst's word stays as it is even where two of them contradict; the conflict is reported.
    grade[certain[(clusters.left_out > 0) & ~edges.is_analyst]] = POSSIBLE
    left_out = np.zeros(len(grade), dtype=np.int8)
    left_out[certain] = clusters.left_out
    return _Clustered(Decided(grade, left_out), edges, clusters)


def _result(
    found: Compared, weighed: _Weighed, done: _Clustered, known_persons: pd.DataFrame, spec: MatchSpec
) -> MatchResult:
    """The tables that later steps read."""
    normalised, pairs, clusters = found.normalised, weighed.pairs, done.clusters
    ids = normalised["unique_id"].to_numpy(dtype=object)
    unlinkable = unlinkables(normalised, found.vectors, found.scorer, spec)
    return MatchResult(
        graded_frame(pairs, done.decided, weighed.patterns, weighed.scores, found.model, normalised, spec),
        links(normalised, clusters, known_persons),
        conflicts(done.edges, clusters, pairs, bridged_numbers(pairs, normalised), ids),
        Blocks.of(ids, found.meeting, found.rules),
        dict(zip([rule.name for rule in found.rules], found.n_by_rule.tolist(), strict=True)),
        {rule.name: rule.n_capped for rule in found.rules},
        describe(found.model, spec) | {"unlinkable": unlinkable},
        n_unmatched(normalised, clusters),
        Night(found.model, found.changed, found.memory(spec)),
    )


def _compare_all(
    records: pd.DataFrame, spec: MatchSpec, model: Model | None, resources: Resources, *, remembers: bool
) -> Compared:
    """Every candidate pair of the records (in order of unique_id), by a frozen model or one learned from them."""
    normalised = normalise(records)
    table, meeting = code_columns(normalised, spec), Meeting.of_persons(normalised)
    # What is only compared lies coded: its texts, one by one, would take more than everything else.
    looked = sorted({*columns_learned(spec), *looked_columns(spec), "unique_id"})
    normalised = pd.DataFrame({name: normalised[name] for name in looked}, copy=False)
    rules, vectors = make_ready(table, meeting, spec, resources.executor)
    # What a pair may weigh is known beforehand where the model is: those that cannot matter need not be held.
    may_matter = None if model is None else hopes(Scorer(model, table, spec), spec)
    with PairStore(resources) as store:
        compared = compare_pairs(rules, meeting, vectors, store, resources, may_matter)
        if model is None:
            model = learn(compared.counts, vectors, normalised, spec)
        scorer = Scorer(model, table, spec)
        is_wanted = any_guard(spec.possible_when, compared.levels, spec)
        kept, _ = keep_pairs(compared, scorer, spec.review_threshold, resources, is_wanted)
    changed = Changed.everything(len(records), compared.n_pairs)
    found = Compared(normalised, meeting, rules, vectors, model, scorer, kept, compared.n_by_rule, changed)
    return remembering(found, records, table, spec) if remembers else found


def _in_order(records: pd.DataFrame) -> pd.DataFrame:
    """The records in order of unique_id; as they are where they stand so, for a province's take long to sort."""
    is_so = isinstance(records.index, pd.RangeIndex) and records["unique_id"].is_monotonic_increasing
    return records if is_so else records.sort_values("unique_id", ignore_index=True)


def _edges(pairs: Pairs, certain: Positions, weight: Bits) -> Edges:
    is_analyst = pairs.judgement[certain] == POSITIVE
    return Edges(pairs.left[certain], pairs.right[certain], weight[certain], is_analyst, pairs.is_held[certain])


def _with_judgements(
    kept: KeptPairs, judged: Judged, rules: list[Rule], vectors: Vectors, unique_ids: pd.Series, known: pd.DataFrame
) -> tuple[Pairs, Patterns]:
    """The pairs kept and, behind them, those judged: whatever they weigh, and also where no rule makes them."""
    rest = kept.take(~_is_among(kept, judged, len(unique_ids)))
    asked = vectors.patterns(judged.left, judged.right)
    left = np.concatenate([rest.left, judged.left]).astype(np.int64)
    right = np.concatenate([rest.right, judged.right]).astype(np.int64)
    pairs = Pairs(
        left,
        right,
        np.concatenate([rest.rule, first_rule(rules, judged.left, judged.right)]),
        np.concatenate([np.full(len(rest.left), NOT_JUDGED, dtype=np.int64), judged.judgement]),
        held_pairs(unique_ids, known, left, right),
    )
    return pairs, rest.patterns.followed_by(asked)


def _is_among(kept: KeptPairs, judged: Judged, n_records: int) -> Mask:
    """Which of the kept pairs were judged?"""
    packed = kept.left.astype(np.int64) * n_records + kept.right
    return np.isin(packed, judged.left * n_records + judged.right)


def _promising_sources(normalised: pd.DataFrame, sources_one_row: frozenset[str]) -> Codes:
    codes, values = encode(normalised["source"])
    promises = np.array([value in sources_one_row for value in values] + [False])
    return np.where(promises[codes], codes, -1).astype(np.int64)
