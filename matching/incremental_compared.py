"""What does a night hand from comparing to grading, and how is it remembered? Pairs, patterns, rules, the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from data.values.coded import text_array
from matching.arrays import Codes, Levels, Mask
from matching.blocking import Meeting, Rule
from matching.coding import coded, columns_read
from matching.engine import KeptPairs
from matching.grading import any_guard
from matching.incremental_changes import record_hashes, what_counts
from matching.incremental_keys import capped_keys
from matching.incremental_memory import Memory, PairList, RecordMarks
from matching.incremental_vectors import RememberingVectors, pack_levels
from matching.scoring import Scorer
from matching.spec import MatchSpec
from matching.training import Model
from matching.vectors import Vectors

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

    kept: the pairs that may matter; n_by_rule: pairs that each rule was the first to make. coded, marks: for the
    memory, None when the night is not to be remembered.
    """

    normalised: pd.DataFrame
    meeting: Meeting
    rules: list[Rule]
    vectors: Vectors
    model: Model
    scorer: Scorer
    kept: KeptPairs
    n_by_rule: Codes
    changed: Changed
    coded: pd.DataFrame | None = None
    marks: RecordMarks | None = None

    def memory(self, spec: MatchSpec) -> Memory | None:
        """What the next night needs, once everything that was to be weighed has been; None if it was not asked for."""
        if self.marks is None or self.coded is None:
            return None
        if not isinstance(self.vectors, RememberingVectors):
            return None
        packed = pack_levels(self.kept.patterns.levels, spec)[self.kept.patterns.of_pair]
        kept = PairList(self.kept.left, self.kept.right, packed)
        ids = text_array(self.normalised["unique_id"].to_numpy(dtype=object))
        return Memory(ids, self.marks, self.coded, self.rules, self.n_by_rule, kept, self.kept.rule, self.vectors.asked)


def remembering(found: Compared, records: pd.DataFrame, compared: pd.DataFrame, spec: MatchSpec) -> Compared:
    """A full comparison that can be remembered; records: in order of unique_id. compared: the columns that were
    compared, coded."""
    table = coded_table(found.normalised.drop(columns=compared.columns, errors="ignore").join(compared), spec)
    marks = RecordMarks(
        *record_hashes(records),
        what_counts(table),
        capped_keys(found.rules, len(records)),
    )
    vectors = RememberingVectors(table, spec, PairList.none(), found.vectors)
    return replace(found, vectors=vectors, coded=table, marks=marks)


def hopes(scorer: Scorer, spec: MatchSpec) -> Callable[[Levels], Mask]:
    """Tells which patterns may matter, their values being the rarest of all."""
    return lambda levels: any_guard(spec.possible_when, levels, spec) | (scorer.most(levels) >= spec.review_threshold)


def coded_table(normalised: pd.DataFrame, spec: MatchSpec) -> pd.DataFrame:
    """Every column that is compared or looked at later, coded."""
    return pd.DataFrame(
        {name: coded(normalised[name]) for name in sorted({*columns_read(spec), *looked_columns(spec)})}
    )


def looked_columns(spec: MatchSpec) -> list[str]:
    """Columns that are looked at after comparing; some twice."""
    return [*_LOOKED_AT, *(comparison.columns[0] for comparison in spec.comparisons)]
