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
from data.values.coded import Coded, as_texts

_NUMBER = "source_row"
_CODED = [name for name in (*PROVENANCE, *PERSON_COLUMNS) if name != _NUMBER]
Feed = tuple[pd.DataFrame, FeedKind]


def coded_records(accepted: Mapping[str, Accepted], kinds: Mapping[str, FeedKind]) -> pd.DataFrame:
    """PERSON_RECORDS of all feeds of persons, sorted by unique_id; columns that a feed does not have are None.

    accepted: feed name -> what its contract accepted; kinds: feed name -> kind. The employer of a person at an
    enterprise is not in the feed: whoever has the entities fills it in. Every column of texts but unique_id is coded
    (data.values.coded): a province's are a third as large, and are counted and compared without a look at their texts.
    """
    names = [name for name in sorted(accepted) if kinds[name] in PERSON_SIDE]
    feeds = [(accepted[name].rows, kinds[name]) for name in names]
    if not feeds:
        nobody = {"unique_id": pd.Series(dtype=object), _NUMBER: pd.Series(dtype="int64")}
        feeds = [(pd.DataFrame(nobody), FeedKind.MEMBER_ROSTER)]
    ids = np.concatenate([objects(rows["unique_id"]) for rows, _ in feeds])
    order = pc.array_sort_indices(pa.array(ids, type=pa.large_string())).to_numpy()
    columns = {"unique_id": pd.Series(ids[order])}
    columns |= {name: Coded.stacked(_parts(feeds, name)).take(order).series() for name in _CODED}
    columns[_NUMBER] = pd.Series(np.concatenate([rows[_NUMBER].to_numpy() for rows, _ in feeds])[order])
    return _checked(pd.DataFrame({name: columns[name] for name in PERSON_RECORDS.columns}, copy=False))


def _parts(feeds: Sequence[Feed], name: str) -> list[Coded]:
    """One column of each feed; `kind` is the feed's, a column that a feed does not have is null."""
    return [
        Coded.of(rows[name]).used()
        if name in rows
        else Coded.constant(kind.value if name == "kind" else None, len(rows))
        for rows, kind in feeds
    ]


def _checked(records: pd.DataFrame) -> pd.DataFrame:
    """The records, if those rows obey the contract that could break it: of each column the first that is null, and the
    smallest number of a row."""
    nulls = [column.isna().to_numpy() for _, column in records.items()]
    suspects = [int(is_null.argmax()) for is_null in nulls if is_null.any()]
    if len(records):
        suspects.append(int(records[_NUMBER].to_numpy().argmin()))
    PERSON_RECORDS.validate(as_texts(records, np.array(sorted(set(suspects)), dtype=np.int64)))
    return records
