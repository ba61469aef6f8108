"""Who stands in the feeds? Every accepted row that is a record of one person, in the one shape that matching reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.contracts.accept import Accepted
from data.contracts.packed import objects
from data.contracts.tables import PERSON_COLUMNS, PERSON_RECORDS, PROVENANCE
from data.model import PERSON_SIDE, FeedKind

_COLUMNS = ["unique_id", *PROVENANCE, *PERSON_COLUMNS]


def person_records(accepted: Mapping[str, Accepted], kinds: Mapping[str, FeedKind]) -> pd.DataFrame:
    """PERSON_RECORDS of all feeds of persons, sorted by unique_id; columns that a feed does not have are None.

    accepted: feed name -> what its contract accepted; kinds: feed name -> kind. The employer of a person at an
    enterprise is not in the feed: whoever has the entities fills it in.
    """
    names = [name for name in sorted(accepted) if kinds[name] in PERSON_SIDE]
    feeds = [(accepted[name].rows, kinds[name]) for name in names]
    if not feeds:
        feeds = [(pd.DataFrame({"source_row": pd.Series(dtype="int64")}), FeedKind.MEMBER_ROSTER)]
    ids = _column(feeds, "unique_id")
    order = pc.array_sort_indices(pa.array(ids, type=pa.large_string())).to_numpy()
    # Column by column: of a province's millions of records only one column is ever there twice.
    ordered = pd.DataFrame({name: _column(feeds, name)[order] for name in _COLUMNS}, copy=False)
    return PERSON_RECORDS.validate(ordered, inplace=True)


def _column(feeds: Sequence[tuple[pd.DataFrame, FeedKind]], name: str) -> np.ndarray:
    """One column of all feeds; `kind` is the feed's, a column that a feed does not have is None."""
    parts = []
    for rows, kind in feeds:
        constant = kind.value if name == "kind" else None
        parts.append(objects(rows[name]) if name in rows else np.full(len(rows), constant, dtype=object))
    return parts[0] if len(parts) == 1 else np.concatenate(parts)
