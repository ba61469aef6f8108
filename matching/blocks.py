"""Was a pair of records a candidate? Told from the blocks that each record is in, long after the pairs are gone.

Positions only: a block's number says which of them was met first, in order of unique_id, and nothing of what is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from matching.arrays import Mask, Objects, Small
from matching.blocking import Meeting, Rule
from matching.shared_keys import share_key

#: Columns that hold block numbers; a rule of several keys a record has several, numbered behind a full stop.
PREFIX = "block_"
_BETWEEN = "."


@dataclass(frozen=True)
class Blocks:
    """Per record, in any order: unique_id, whether it may meet anybody (others meet only such a one), and by blocking
    rule the numbers of its blocks (-1: none, or its block makes no pair), one column or several."""

    unique_ids: Objects
    meets_all: Mask
    numbers: dict[str, Small]

    @classmethod
    def of(cls, unique_ids: Objects, meeting: Meeting, rules: Sequence[Rule]) -> Self:
        """Those of a night, the same for any order in which keys were coded. unique_ids: ascending."""
        return cls(unique_ids, meeting.is_left, {rule.name: _in_order(rule.keys) for rule in rules})

    @classmethod
    def read(cls, table: pd.DataFrame, meets_all: Mask) -> Self | None:
        """Back from `unique_id` and the columns of `columns`, null where there is no block. None: a table without any,
        as runs wrote it that kept a list of pairs."""
        names = [str(name) for name in table.columns if str(name).startswith(PREFIX)]
        if not names:
            return None
        rules: dict[str, list[Small]] = {}
        for name in names:
            column = table[name].fillna(-1).to_numpy(dtype=np.int32)
            rules.setdefault(name.removeprefix(PREFIX).split(_BETWEEN)[0], []).append(column)
        numbers = {rule: np.stack(columns, axis=1) for rule, columns in rules.items()}
        return cls(table["unique_id"].to_numpy(dtype=object), meets_all, numbers)

    def columns(self) -> dict[str, Small]:
        """The numbers by the name of a column; those that no record has are left out."""
        found = {}
        for rule, numbers in self.numbers.items():
            used = [place for place in range(1, numbers.shape[1]) if (numbers[:, place] >= 0).any()]
            for place in [0, *used]:
                found[PREFIX + rule + (f"{_BETWEEN}{place + 1}" if used else "")] = numbers[:, place]
        return found

    def made(self, left: Sequence[str] | pd.Series, right: Sequence[str] | pd.Series) -> Mask:
        """Which pairs, given by unique_id, were candidates: a key of some rule in common, and one of them meets all."""
        index = pd.Index(self.unique_ids)
        a, b = (np.asarray(index.get_indexer(pd.Index(ids, dtype=object)), dtype=np.int64) for ids in (left, right))
        able = np.flatnonzero((a >= 0) & (b >= 0) & (a != b) & (self.meets_all[a] | self.meets_all[b]))
        found = np.zeros(len(a), dtype=bool)
        for numbers in self.numbers.values():
            found[able] |= share_key(numbers, a[able], b[able])
        return found


def _in_order(keys: Small) -> Small:
    """Keys numbered from 0 as they appear, row by row."""
    flat = keys.ravel()
    known = np.flatnonzero(flat >= 0)
    out = np.full(len(flat), -1, dtype=np.int32)
    out[known] = pd.factorize(flat[known])[0]
    return out.reshape(keys.shape)
