"""Who stands in the feeds? Every accepted row that is a record of one person, in the one shape that matching reads."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.contracts.accept import Accepted
from data.contracts.frames import stacked
from data.contracts.tables import PERSON_COLUMNS, PERSON_RECORDS, PROVENANCE
from data.model import PERSON_SIDE, FeedKind

_COLUMNS = ["unique_id", *PROVENANCE, *PERSON_COLUMNS]


def person_records(accepted: Mapping[str, Accepted], kinds: Mapping[str, FeedKind]) -> pd.DataFrame:
    """PERSON_RECORDS of all feeds of persons, sorted by unique_id; columns that a feed does not have are None.

    accepted: feed name -> what its contract accepted; kinds: feed name -> kind. The employer of a person at an
    enterprise is not in the feed: whoever has the entities fills it in.
    """
    names = [name for name in sorted(accepted) if kinds[name] in PERSON_SIDE]
    frames = [_records(accepted[name].rows, kinds[name]) for name in names]
    if not frames:
        frames = [_records(pd.DataFrame({"source_row": pd.Series(dtype="int64")}), FeedKind.MEMBER_ROSTER)]
    records = stacked(frames)
    order = pc.array_sort_indices(pa.array(records["unique_id"], type=pa.large_string())).to_numpy()
    ordered = pd.DataFrame({name: column.to_numpy()[order] for name, column in records.items()}, copy=False)
    return PERSON_RECORDS.validate(ordered, inplace=True)


def _records(rows: pd.DataFrame, kind: FeedKind) -> pd.DataFrame:
    constant = {"kind": kind.value}
    columns = {
        name: rows[name].to_numpy() if name in rows else np.full(len(rows), constant.get(name), dtype=object)
        for name in _COLUMNS
    }
    return pd.DataFrame(columns, copy=False)
