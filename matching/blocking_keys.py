"""Which key has a record under a blocking rule? Integer codes; several where one of its columns holds several keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from matching.arrays import Mask, Positions, Small, codes_of, encode_together, join_columns, only_among
from matching.engine_spec import BlockingRule
from matching.texts import text_codes

_BETWEEN_KEYS = "|"


def record_codes(frame: pd.DataFrame, columns: Sequence[str]) -> Small:
    """One code per row for the columns together, -1 where one is null."""
    return encode_together([frame[column] for column in columns])


@dataclass(frozen=True)
class SeveralKeys:
    """A column whose values hold several keys each: which value a row has (-1 null), and the keys of every value, one
    row a value (-1: no more); the last row is that of null."""

    which: Small
    keys: Small

    @classmethod
    def of(cls, column: pd.Series) -> Self:
        """Those of a column where `|` stands between keys; a key that stands twice in a value counts once."""
        which, values = text_codes(column)
        lists = pc.split_pattern(values, _BETWEEN_KEYS)
        if isinstance(lists, pa.ChunkedArray):
            lists = lists.combine_chunks()
        keys = lists.flatten().dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
        owner = np.repeat(np.arange(len(values)), pc.list_value_length(lists).to_numpy(zero_copy_only=False))
        is_first = ~pd.Series(owner * (int(keys.max(initial=0)) + 1) + keys).duplicated().to_numpy()
        keys, owner = keys[is_first], owner[is_first]
        sizes = np.bincount(owner, minlength=len(values))
        place = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        table = np.full((len(values) + 1, int(sizes.max(initial=1))), -1, dtype=np.int32)
        table[owner, place] = keys
        return cls(which, table)

    def take(self, rows: Positions) -> SeveralKeys:
        """Those of some of the rows."""
        return SeveralKeys(self.which[rows], self.keys)


def rule_keys(
    frame: pd.DataFrame, rule: BlockingRule, among: Mask | None = None, several: SeveralKeys | None = None
) -> Small:
    """Integer keys of a rule, one row a record; one column, or as many as some record has keys (-1: none).

    among: rows; a key that none of them has counts as none, and is found faster. several: of the column that holds
    several keys, where they were told apart before.
    """
    others = [codes_of(frame[column]) for column in rule.columns if column != rule.any_of]
    if rule.any_of is None:
        return only_among(join_columns(others, among), among).reshape(-1, 1)
    several = several or SeveralKeys.of(frame[rule.any_of])
    keys = several.keys[several.which]
    width = keys.shape[1]
    columns = [np.repeat(join_columns(others, among), width), keys.ravel()] if others else [keys.ravel()]
    of_each = None if among is None else np.repeat(among, width)
    return only_among(join_columns(columns, of_each), of_each).reshape(-1, width)
