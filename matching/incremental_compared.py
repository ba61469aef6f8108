"""What does a night hand from comparing to grading, and how is it remembered? Pairs, patterns, rules, the model."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from matching.arrays import Codes
from matching.blocking import Rule
from matching.coding import coded, columns_read
from matching.engine import KeptPairs
from matching.evaluation_keys import Keys
from matching.incremental_changes import coded_hashes, open_keys, said_hashes, sharing
from matching.incremental_memory import MOST_CANDIDATES, Memory, PairList, RecordMarks
from matching.incremental_vectors import RememberingVectors, pack_levels
from matching.pair_store import PairStore
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


def remembering(
    found: Compared, records: pd.DataFrame, compared: pd.DataFrame, store: PairStore, spec: MatchSpec
) -> Compared:
    """A full comparison that can be remembered, while its pairs are in their store; records: in order of unique_id.
    compared: the columns that were compared, coded."""
    if store.n_pairs > MOST_CANDIDATES:
        return found
    table = coded_table(found.normalised.drop(columns=compared.columns, errors="ignore").join(compared), spec)
    marks = RecordMarks(
        records["unique_id"].to_numpy(dtype=object),
        said_hashes(records),
        *sharing(records),
        coded_hashes(table),
        open_keys(found.rules, len(records)),
    )
    vectors = RememberingVectors(table, spec, PairList.none(), found.vectors)
    return replace(found, vectors=vectors, coded=table, marks=marks, candidates=candidates_of(store))


def coded_table(normalised: pd.DataFrame, spec: MatchSpec) -> pd.DataFrame:
    """Every column that is compared or looked at later, coded."""
    return pd.DataFrame(
        {name: coded(normalised[name]) for name in sorted({*columns_read(spec), *looked_columns(spec)})}
    )


def looked_columns(spec: MatchSpec) -> list[str]:
    """Columns that are looked at after comparing; some twice."""
    return [*_LOOKED_AT, *(comparison.columns[0] for comparison in spec.comparisons)]


def candidates_of(store: PairStore) -> PairList:
    """All pairs of a store with the rule that made them first; nine bytes each, filled in chunk by chunk."""
    sizes = [chunk.n_pairs for chunk in store.chunks]
    left, right = (np.empty(sum(sizes), dtype=np.int32) for _ in range(2))
    start = 0
    for chunk, size in zip(store, sizes, strict=True):
        left[start : start + size], right[start : start + size] = chunk.left, chunk.right
        start += size
    rules = np.array([chunk.rule for chunk in store.chunks], dtype=np.int8)
    return PairList(left, right, np.repeat(rules, sizes))
