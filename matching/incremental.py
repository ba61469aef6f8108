"""Steps 3 to 6 of a run: everything compared, or only what changed since a remembered night. Both give the same pairs.

A pair is compared again when one of its records is new, reads otherwise than last night, or stands in a block that went
over or under the cap; whatever follows from all pairs (grades, clusters, persons) is worked out anew from them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from matching.arrays import Codes, Mask, Objects, Positions
from matching.blocking import Meeting, Rule, rules_of
from matching.coding import coded, columns_read
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
from matching.incremental_memory import MOST_CANDIDATES, Memory, PairList, RecordMarks, put_together
from matching.incremental_vectors import RememberingVectors, pack_levels, some_rows
from matching.normalise import normalise
from matching.pair_store import PairStore
from matching.resources import Resources
from matching.scoring import Scorer
from matching.spec import MatchSpec
from matching.training import Model
from matching.vectors import Patterns, Vectors

#: Columns that grading, clustering and explaining look at, beside those that are compared.
_LOOKED_AT = ("source", "kind", "id18", "sex_settled", "id_written", "id_shown", "id_status")


@dataclass(frozen=True)
class Changed:
    """How much of a night was compared. n_*: records and pairs; n_again: unchanged records that others changed."""

    is_full: bool
    n_added: int
    n_changed: int
    n_removed: int
    n_again: int
    n_pairs_compared: int
    n_pairs_kept: int

    @classmethod
    def everything(cls, n_records: int, n_pairs: int) -> Changed:
        """A night that compared all pairs of all records."""
        return cls(True, n_records, 0, 0, 0, n_pairs, 0)


@dataclass(frozen=True)
class Compared:
    """All candidate pairs of a night, compared, by position in `normalised` (order of unique_id).

    kept: the pairs that may matter; keys: sorted keys of all candidate pairs. coded, marks, candidates: for the memory,
    None when the night is not to be remembered.
    """

    normalised: pd.DataFrame
    rules: list[Rule]
    vectors: Vectors
    model: Model
    scorer: Scorer
    kept: KeptPairs
    keys: Keys
    n_by_rule: Codes
    changed: Changed
    coded: pd.DataFrame | None = None
    marks: RecordMarks | None = None
    candidates: PairList | None = None

    def memory(self, spec: MatchSpec) -> Memory | None:
        """What the next night needs, once everything that was to be weighed has been; None if it was not asked for."""
        if self.marks is None or self.candidates is None or self.coded is None:
            return None
        if not isinstance(self.vectors, RememberingVectors):
            return None
        packed = pack_levels(self.kept.patterns.levels, spec)[self.kept.patterns.of_pair]
        kept = PairList(self.kept.left, self.kept.right, packed)
        return Memory(self.marks, self.coded, self.candidates, kept, self.kept.rule, self.vectors.asked)


def remembering(found: Compared, records: pd.DataFrame, store: PairStore, spec: MatchSpec) -> Compared:
    """A full comparison that can be remembered, while its pairs are in their store; records: in order of unique_id."""
    if store.n_pairs > MOST_CANDIDATES:
        return found
    table = _coded(found.normalised, spec)
    marks = RecordMarks(
        records["unique_id"].to_numpy(dtype=object),
        said_hashes(records),
        *sharing(records),
        coded_hashes(table),
        open_keys(found.rules, len(records)),
    )
    vectors = RememberingVectors(table, spec, PairList.none(), found.vectors)
    return replace(found, vectors=vectors, coded=table, marks=marks, candidates=_candidates(store))


def compare_changed(
    records: pd.DataFrame, spec: MatchSpec, model: Model, resources: Resources, memory: Memory
) -> Compared:
    """The same from what a night remembered and the pairs of records that changed since.

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
    fresh = _coded(normalise(records[again].reset_index(drop=True)), spec)
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
    vectors, scorer = Vectors(near, spec, resources.executor), Scorer(model, near, spec)
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
            kept.append(replace(part, left=rows[part.left], right=rows[part.right]))
            every = every.followed_by(_candidates(store).moved(rows))
    both = kept[0].patterns.followed_by(kept[1].patterns)
    sides = (np.concatenate([getattr(part, side) for part in kept]) for side in ("left", "right", "rule"))
    return KeptPairs(*sides, both), every


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


def _coded(normalised: pd.DataFrame, spec: MatchSpec) -> pd.DataFrame:
    """Every column that is compared or looked at later, coded."""
    return pd.DataFrame({name: coded(normalised[name]) for name in sorted({*columns_read(spec), *_looked(spec)})})


def _looked(spec: MatchSpec) -> list[str]:
    return [*_LOOKED_AT, *(comparison.columns[0] for comparison in spec.comparisons)]


def _looked_at(table: pd.DataFrame, ids: Objects, spec: MatchSpec) -> pd.DataFrame:
    """The normalised columns that grading, clustering and explaining look at, as texts."""
    columns = {name: _texts(table[name]) for name in sorted(set(_looked(spec)))}
    return pd.DataFrame({"unique_id": ids, **columns})


def _texts(column: pd.Series) -> Objects:
    values = np.append(column.cat.categories.to_numpy(dtype=object), None)
    return np.asarray(values[column.cat.codes.to_numpy()], dtype=object)


def _candidates(store: PairStore) -> PairList:
    """All pairs of a store with the rule that made them first."""
    parts = [PairList.none()]
    parts += [PairList(chunk.left, chunk.right, np.full(len(chunk.left), chunk.rule, np.int32)) for chunk in store]
    sides = (np.concatenate([getattr(part, side) for part in parts]) for side in ("left", "right", "number"))
    return PairList(*sides)


def _keys(candidates: PairList, ids: Objects) -> Keys:
    """Sorted keys of the candidate pairs."""
    keys = record_keys(ids)
    mixed = mix_keys(keys[candidates.left], keys[candidates.right])
    mixed.sort()
    return mixed
