"""Steps 3 to 6 of a run: everything compared, or only what changed since a remembered night. Both give the same pairs.

A pair is compared again when one of its records is new, reads otherwise than last night, or stands in a block that went
over or under the cap; whatever follows from all pairs (grades, clusters, persons) is worked out anew from them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from data.values.coded import text_array
from matching.arrays import Codes, Mask, Positions
from matching.blocking import Meeting
from matching.identity import places_of
from matching.incremental_changes import read_anew, record_hashes, what_counts
from matching.incremental_compared import Changed, Compared, coded_table, looked_columns
from matching.incremental_keys import capped_keys, rules_tonight
from matching.incremental_memory import Memory, RecordMarks, put_together
from matching.incremental_pairs import compare_touched, joined, pairs_lost
from matching.incremental_vectors import RememberingVectors
from matching.normalise import DERIVED, normalise
from matching.resources import Resources
from matching.scoring import Scorer
from matching.spec import MatchSpec
from matching.training import Model


def compare_changed(
    records: pd.DataFrame, spec: MatchSpec, model: Model, resources: Resources, memory: Memory
) -> Compared:
    """Steps 3 to 6 from what a night remembered, and the pairs of records that changed since.

    records: in order of unique_id. memory: of the same specification, model and code. Raises TooManyPairs as the full
    comparison does.
    """
    was_at = places_of(text_array(records["unique_id"].to_numpy(dtype=object)), memory.ids)
    table, marks, is_touched, again = _brought_up_to_date(records, was_at, spec, memory)
    normalised = _looked_at(table, records, spec)
    meeting = Meeting.of_persons(normalised)
    rules = rules_tonight(memory.rules, table, was_at, again, meeting, spec)
    marks = replace(marks, capped_keys=capped_keys(rules, len(records)))
    known = np.flatnonzero(was_at >= 0)
    is_touched[known] |= marks.capped_keys[known] != memory.marks.capped_keys[was_at[known]]
    # Where the untouched records of last night stand tonight.
    place = np.full(len(memory.ids), -1, dtype=np.int64)
    untouched = np.flatnonzero(~is_touched)
    place[was_at[untouched]] = untouched
    weighed = memory.kept.followed_by(memory.weighed).moved(place)
    vectors = RememberingVectors(table, spec, weighed)
    scorer = Scorer(model, table, spec)
    fresh, n_fresh = compare_touched(is_touched, table, rules, meeting, spec, model, resources)
    old = replace(memory.kept, number=np.arange(len(memory.kept), dtype=np.int64)).moved(place)
    kept = joined(old, memory, fresh, vectors, spec)
    n_by_rule = memory.n_by_rule - pairs_lost(memory, place < 0, resources) + n_fresh
    changed = _changed(memory, marks, was_at, is_touched, n_fresh, n_by_rule)
    return Compared(normalised, meeting, rules, vectors, model, scorer, kept, n_by_rule, changed, table, marks)


def _brought_up_to_date(
    records: pd.DataFrame, was_at: Positions, spec: MatchSpec, memory: Memory
) -> tuple[pd.DataFrame, RecordMarks, Mask, Mask]:
    """Coded table and marks of tonight (capped keys to come), which records read otherwise and which were read anew.

    was_at: where each stood last night.
    """
    said, mobile, number = record_hashes(records)
    is_same = (was_at >= 0) & (memory.marks.said[was_at] == said if len(memory.ids) else False)
    is_gone = np.ones(len(memory.ids), dtype=bool)
    is_gone[was_at[is_same]] = False
    again = read_anew(~is_same, mobile, number, memory.marks.take(is_gone))
    fresh = coded_table(normalise(records[again].reset_index(drop=True)), spec)
    table = pd.DataFrame(
        {name: put_together(memory.coded[name], was_at, column, again) for name, column in fresh.items()}
    )
    counts, before = what_counts(table), np.full(len(was_at), -1, dtype=np.int8)
    known = np.flatnonzero(was_at >= 0)
    before[known] = memory.marks.counts[was_at[known]]
    marks = RecordMarks(said, mobile, number, counts, said)
    return table, marks, ~is_same | (counts != before), again


def _changed(
    memory: Memory, marks: RecordMarks, was_at: Positions, is_touched: Mask, n_fresh: Codes, n_by_rule: Codes
) -> Changed:
    known = np.flatnonzero(was_at >= 0)
    says_else = marks.said[known] != memory.marks.said[was_at[known]]
    return Changed(
        is_full=False,
        n_added=len(was_at) - len(known),
        n_changed=int(says_else.sum()),
        n_removed=len(memory.ids) - len(known),
        n_again=int((is_touched[known] & ~says_else).sum()),
        n_pairs_compared=int(n_fresh.sum()),
        n_pairs_kept=int((n_by_rule - n_fresh).sum()),
    )


def _looked_at(table: pd.DataFrame, records: pd.DataFrame, spec: MatchSpec) -> pd.DataFrame:
    """The normalised columns that grading, clustering and explaining look at; as read, where they are."""
    columns = {"unique_id": records["unique_id"]}
    for name in sorted(set(looked_columns(spec))):
        is_read = name in records and name not in DERIVED
        columns[name] = records[name] if is_read else table[name]
    return pd.DataFrame(columns, copy=False)
