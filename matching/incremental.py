"""Steps 3 to 6 of a run: everything compared, or only what changed since a remembered night. Both give the same pairs.

A pair is compared again when one of its records is new, reads otherwise than last night, or stands in a block that went
over or under the cap; whatever follows from all pairs (grades, clusters, persons) is worked out anew from them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from data.values.columns import spread
from matching.arrays import Mask, Objects, Positions, Small, codes_of
from matching.blocking import Meeting, Rule, rules_of
from matching.engine import KeptPairs, compare_pairs, keep_pairs
from matching.evaluation_keys import Keys, mix_keys, record_keys
from matching.grading import any_guard
from matching.incremental_changes import (
    coded_hashes,
    open_keys,
    partners,
    places_of,
    read_anew,
    said_hashes,
    sharing,
)
from matching.incremental_compared import Changed, Compared, candidates_of, coded_table, looked_columns
from matching.incremental_memory import Memory, PairList, RecordMarks, put_together
from matching.incremental_vectors import RememberingVectors, pack_levels, some_rows
from matching.normalise import normalise
from matching.pair_store import PairStore
from matching.resources import Resources
from matching.scoring import Scorer
from matching.spec import MatchSpec
from matching.training import Model
from matching.vectors import Patterns, Vectors


def compare_changed(
    records: pd.DataFrame, spec: MatchSpec, model: Model, resources: Resources, memory: Memory
) -> Compared:
    """Steps 3 to 6 from what a night remembered, and the pairs of records that changed since.

    memory: of the same specification, model and code. Raises TooManyPairs as the full comparison does.
    """
    records = records.sort_values("unique_id", ignore_index=True)
    table, marks, is_touched, was_at = _brought_up_to_date(records, spec, memory)
    normalised = _looked_at(table, marks.ids, spec)
    meeting = Meeting.of_persons(normalised)
    rules = rules_of(table, meeting, spec)
    marks = replace(marks, open_keys=open_keys(rules, len(records)))
    known = np.flatnonzero(was_at >= 0)
    is_touched[known] |= marks.open_keys[known] != memory.marks.open_keys[was_at[known]]
    # Where the untouched records of last night stand tonight.
    place = np.full(len(memory.ids), -1, dtype=np.int64)
    untouched = np.flatnonzero(~is_touched)
    place[was_at[untouched]] = untouched
    weighed = memory.kept.followed_by(memory.weighed).moved(place)
    vectors = RememberingVectors(table, spec, weighed)
    scorer = Scorer(model, table, spec)
    fresh, new_candidates = _compare_touched(np.flatnonzero(is_touched), table, rules, meeting, spec, model, resources)
    old = replace(memory.kept, number=np.arange(len(memory.kept), dtype=np.int64)).moved(place)
    kept = _joined(old, memory, fresh, vectors, spec)
    candidates = memory.candidates.moved(place).followed_by(new_candidates)
    changed = _changed(memory, marks, was_at, is_touched, len(new_candidates), len(candidates))
    n_by_rule = np.bincount(candidates.number, minlength=len(rules))
    keys = _keys(candidates, marks.ids)
    return Compared(normalised, rules, vectors, model, scorer, kept, keys, n_by_rule, changed, table, marks, candidates)


def _brought_up_to_date(
    records: pd.DataFrame, spec: MatchSpec, memory: Memory
) -> tuple[pd.DataFrame, RecordMarks, Mask, Positions]:
    """Coded table and marks of tonight (open keys to come), which records read anew, where each stood last night."""
    ids = records["unique_id"].to_numpy(dtype=object)
    said, (mobile, number) = said_hashes(records), sharing(records)
    was_at = places_of(ids, memory.ids)
    is_same = (was_at >= 0) & (memory.marks.said[was_at] == said if len(memory.ids) else False)
    is_gone = np.ones(len(memory.ids), dtype=bool)
    is_gone[was_at[is_same]] = False
    again = read_anew(~is_same, mobile, number, memory.marks.take(is_gone))
    fresh = coded_table(normalise(records[again].reset_index(drop=True)), spec)
    table = pd.DataFrame(
        {name: put_together(memory.coded[name], was_at, column, again) for name, column in fresh.items()}
    )
    normalised = np.zeros(len(ids), dtype=np.uint64)
    known = np.flatnonzero(was_at >= 0)
    normalised[known] = memory.marks.normalised[was_at[known]]
    is_touched = was_at < 0
    read = coded_hashes(fresh)
    is_touched[again] |= read != normalised[again]
    normalised[again] = read
    return table, RecordMarks(ids, said, mobile, number, normalised, normalised), is_touched, was_at


def _compare_touched(
    touched: Positions,
    table: pd.DataFrame,
    rules: list[Rule],
    meeting: Meeting,
    spec: MatchSpec,
    model: Model,
    resources: Resources,
) -> tuple[KeptPairs, PairList]:
    """Pairs with a touched record: those that may matter, and all; only they and whom they may meet are made ready."""
    if not len(touched):
        return _no_kept_pairs(len(spec.comparisons)), PairList.none()
    rows = partners(touched, rules, len(table))
    near = some_rows(table, rows)
    vectors, scorer = Vectors(near, spec), Scorer(model, near, spec)
    keys = [replace(rule, keys=rule.keys[rows]) for rule in rules]
    is_touched = np.isin(rows, touched)
    is_member = meeting.is_left[rows]
    # Touched members meet everybody, touched others the members that are not touched: every such pair once.
    meetings = (
        Meeting(is_touched & is_member, np.ones(len(rows), dtype=bool)),
        Meeting(is_touched & ~is_member, is_member & ~is_touched),
    )
    every, kept = PairList.none(), []
    for one in meetings:
        with PairStore(resources) as store:
            compared = compare_pairs(keys, one, vectors, store, resources)
            is_wanted = any_guard(spec.possible_when, compared.levels, spec)
            part, _ = keep_pairs(compared, scorer, spec.review_threshold, resources, is_wanted)
            kept.append(KeptPairs(_at(rows, part.left), _at(rows, part.right), part.rule, part.patterns))
            every = every.followed_by(candidates_of(store).moved(rows))
    both = kept[0].patterns.followed_by(kept[1].patterns)
    left, right, rule = (np.concatenate([getattr(part, side) for part in kept]) for side in ("left", "right", "rule"))
    return KeptPairs(left, right, rule, both), every


def _at(rows: Positions, places: Small) -> Small:
    return rows[places].astype(np.int32)


def _no_kept_pairs(n_comparisons: int) -> KeptPairs:
    empty = np.zeros(0, dtype=np.int32)
    return KeptPairs(empty, empty, empty, Patterns(np.zeros((0, n_comparisons), dtype=np.int8), empty))


def _joined(old: PairList, memory: Memory, fresh: KeptPairs, vectors: RememberingVectors, spec: MatchSpec) -> KeptPairs:
    """Kept pairs of last night that still stand, and the fresh ones."""
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


def _changed(
    memory: Memory, marks: RecordMarks, was_at: Positions, is_touched: Mask, n_compared: int, n_pairs: int
) -> Changed:
    known = np.flatnonzero(was_at >= 0)
    says_else = marks.said[known] != memory.marks.said[was_at[known]]
    return Changed(
        is_full=False,
        n_added=len(was_at) - len(known),
        n_changed=int(says_else.sum()),
        n_removed=len(memory.ids) - len(known),
        n_again=int((is_touched[known] & ~says_else).sum()),
        n_pairs_compared=n_compared,
        n_pairs_kept=n_pairs - n_compared,
    )


def _looked_at(table: pd.DataFrame, ids: Objects, spec: MatchSpec) -> pd.DataFrame:
    """The normalised columns that grading, clustering and explaining look at, as texts."""
    columns = {name: _texts(table[name]) for name in sorted(set(looked_columns(spec)))}
    return pd.DataFrame({"unique_id": ids, **columns})


def _texts(column: pd.Series) -> Objects:
    return spread(column.cat.categories.to_numpy(dtype=object), codes_of(column).astype(np.intp))


def _keys(candidates: PairList, ids: Objects) -> Keys:
    """Sorted keys of the candidate pairs."""
    keys = record_keys(ids)
    mixed = mix_keys(keys[candidates.left], keys[candidates.right])
    mixed.sort()
    return mixed
