"""Who stands in the feeds? Every accepted row that is a record of one person, in the one shape that matching reads."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data.contracts.accept import Accepted
from data.contracts.frames import without_nan
from data.contracts.tables import PERSON_COLUMNS, PERSON_RECORDS, PROVENANCE
from data.model import PERSON_SIDE, FeedKind

_COLUMNS = ["unique_id", *PROVENANCE, *PERSON_COLUMNS]


def person_records(accepted: Mapping[str, Accepted], kinds: Mapping[str, FeedKind]) -> pd.DataFrame:
    """PERSON_RECORDS of all feeds of persons, sorted by unique_id; columns that a feed does not have are None.

    accepted: feed name -> what its contract accepted; kinds: feed name -> kind. The employer of a person at an
    enterprise is not in the feed: whoever has the entities fills it in.
    """
    frames = [_records(accepted[name].rows, kinds[name]) for name in sorted(accepted) if kinds[name] in PERSON_SIDE]
    if not frames:
        frames = [_records(pd.DataFrame({"source_row": pd.Series(dtype="int64")}), FeedKind.MEMBER_ROSTER)]
    records = pd.concat(frames).sort_values("unique_id", kind="stable", ignore_index=True)
    return PERSON_RECORDS.validate(without_nan(records))


def _records(rows: pd.DataFrame, kind: FeedKind) -> pd.DataFrame:
    blank = pd.Series(None, index=rows.index, dtype=object)
    columns = {name: rows.get(name, blank) for name in _COLUMNS}
    return pd.DataFrame({**columns, "kind": pd.Series(kind.value, index=rows.index, dtype=object)})[_COLUMNS]
