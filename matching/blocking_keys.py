"""Which key has a record under a blocking rule? Integer codes; several where one of its columns holds several keys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from matching.arrays import Small, codes_of, encode, encode_together, join_columns
from matching.engine_spec import BlockingRule


def record_codes(frame: pd.DataFrame, columns: Sequence[str]) -> Small:
    """One code per row for the columns together, -1 where one is null."""
    return encode_together([frame[column] for column in columns])


def rule_keys(frame: pd.DataFrame, rule: BlockingRule) -> Small:
    """Integer keys of a rule, one row a record; one column, or as many as some record has keys (-1: none)."""
    if rule.any_of is None:
        return record_codes(frame, rule.columns).reshape(-1, 1)
    keys = _keys_of(frame[rule.any_of])
    width = keys.shape[1]
    others = [np.repeat(codes_of(frame[column]), width) for column in rule.columns if column != rule.any_of]
    return join_columns([keys.ravel(), *others]).reshape(-1, width)


def _keys_of(column: pd.Series) -> Small:
    """The keys of each row of a column that holds several, separated by `|`; a key that stands twice counts once."""
    which, values = encode(column)
    lists = [list(dict.fromkeys(str(value).split("|"))) for value in values]
    sizes = np.array([len(keys) for keys in lists], dtype=np.int64)
    width = int(sizes.max(initial=1))
    owner = np.repeat(np.arange(len(lists)), sizes)
    place = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    # The last row is that of null.
    table = np.full((len(lists) + 1, width), -1, dtype=np.int32)
    table[owner, place] = pd.factorize(np.array([key for keys in lists for key in keys], dtype=object))[0]
    return table[which]
