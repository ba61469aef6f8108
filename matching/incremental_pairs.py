"""Which pairs does a night of little change make, lose and keep? Those of touched records, and last night's others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from matching.arrays import Codes, Mask, Positions, Small
from matching.blocking import Meeting, PairMakers, Rule
from matching.engine import KeptPairs, compare_pairs, keep_pairs
from matching.grading import any_guard
from matching.incremental_compared import hopes
from matching.incremental_keys import partners, some_keys
from matching.incremental_memory import Memory, PairList
from matching.incremental_vectors import RememberingVectors, pack_levels, some_rows
from matching.pair_store import PairStore
from matching.resources import Resources
from matching.scoring import Scorer
from matching.spec import MatchSpec
from matching.training import Model
from matching.vectors import Patterns, Vectors


def compare_touched(
    is_touched: Mask,
    table: pd.DataFrame,
    rules: Sequence[Rule],
    meeting: Meeting,
    spec: MatchSpec,
    model: Model,
    resources: Resources,
) -> tuple[KeptPairs, Codes]:
    """Pairs with a touched record: those that may matter, and how many each rule is the first to make.

    Only touched records and whom they may meet are made ready.
    """
    n_by_rule = np.zeros(len(rules), dtype=np.int64)
    if not is_touched.any():
        return _no_kept_pairs(len(spec.comparisons)), n_by_rule
    rows = partners(is_touched, meeting.is_left, rules)
    near = some_rows(table, rows)
    vectors, scorer = Vectors(near, spec), Scorer(model, near, spec)
    keys = some_keys(rules, rows)
    kept = []
    for one in _meetings(is_touched[rows], meeting.is_left[rows]):
        with PairStore(resources) as store:
            compared = compare_pairs(keys, one, vectors, store, resources, hopes(scorer, spec))
            is_wanted = any_guard(spec.possible_when, compared.levels, spec)
            part, _ = keep_pairs(compared, scorer, spec.review_threshold, resources, is_wanted)
            kept.append(KeptPairs(_at(rows, part.left), _at(rows, part.right), part.rule, part.patterns))
            n_by_rule += compared.n_by_rule
    both = kept[0].patterns.followed_by(kept[1].patterns)
    left, right, rule = (np.concatenate([getattr(part, side) for part in kept]) for side in ("left", "right", "rule"))
    return KeptPairs(left, right, rule, both), n_by_rule


def pairs_lost(memory: Memory, is_gone: Mask, resources: Resources) -> Codes:
    """How many of last night's pairs each rule was the first to make, with a record that is gone or reads otherwise."""
    n_by_rule = np.zeros(len(memory.n_by_rule), dtype=np.int64)
    if not is_gone.any():
        return n_by_rule
    is_member = Meeting.of_persons(memory.coded).is_left
    rows = partners(is_gone, is_member, memory.rules)
    keys = some_keys(memory.rules, rows)
    for one in _meetings(is_gone[rows], is_member[rows]):
        makers = PairMakers(keys, one)
        for number, n_pairs in resources.executor.map(_n_made, makers, makers.tasks(resources.chunk_pairs)):
            n_by_rule[number] += n_pairs
    return n_by_rule


def joined(old: PairList, memory: Memory, fresh: KeptPairs, vectors: RememberingVectors, spec: MatchSpec) -> KeptPairs:
    """Kept pairs of last night that still stand (by their number in it), and the fresh ones."""
    packed = np.concatenate(
        [memory.kept.number[old.number], pack_levels(fresh.patterns.levels, spec)[fresh.patterns.of_pair]]
    ).astype(np.int64)
    distinct, of_pair = np.unique(packed, return_inverse=True)
    return KeptPairs(
        np.concatenate([old.left, fresh.left]).astype(np.int32),
        np.concatenate([old.right, fresh.right]).astype(np.int32),
        np.concatenate([memory.kept_rule[old.number], fresh.rule]).astype(np.int32),
        Patterns(vectors.unpack(distinct), of_pair),
    )


def _meetings(is_touched: Mask, is_member: Mask) -> tuple[Meeting, Meeting]:
    """Touched members meet everybody, touched others the members that are not touched: every such pair once."""
    return (
        Meeting(is_touched & is_member, np.ones(len(is_member), dtype=bool)),
        Meeting(is_touched & ~is_member, is_member & ~is_touched),
    )


def _n_made(makers: PairMakers, task: tuple[int, slice]) -> tuple[int, int]:
    """A task: number of a rule, how many new pairs a slice of it makes."""
    number, part = task
    return number, len(makers[number].pairs(part)[0])


def _at(rows: Positions, places: Small) -> Small:
    return rows[places].astype(np.int32)


def _no_kept_pairs(n_comparisons: int) -> KeptPairs:
    empty = np.zeros(0, dtype=np.int32)
    return KeptPairs(empty, empty, empty, Patterns(np.zeros((0, n_comparisons), dtype=np.int8), empty))
