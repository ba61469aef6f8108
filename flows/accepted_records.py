"""What was accepted of a source, as records of a sealed file (data.sources.pulls.sealed), and back again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd
import pyarrow as pa

from data.contracts.accept import Accepted, Counts
from data.contracts.packed import objects, packed
from data.sources.pulls.sealed import Note, Record

_FRAMES = ("rows", "rejected", "notes")


def records_of(accepted: Accepted) -> list[Record] | None:
    """Its frames; None when they hold what is no text to Arrow."""
    frames = [_record(frame, packed(getattr(accepted, frame))) for frame in _FRAMES]
    records = [frame for frame in frames if frame is not None]
    return records if len(records) == len(frames) else None


def counts_of(accepted: Accepted) -> Note:
    """All else, as a note."""
    return {"counts": {file: asdict(count) for file, count in accepted.counts.items()}, "is_apart": accepted.is_apart}


def accepted_of(note: Note, records: Sequence[Record]) -> Accepted | None:
    """Back again; None when a frame is missing."""
    if len(records) != len(_FRAMES):
        return None
    frames: dict[str, pd.DataFrame] = {record.note["frame"]: _frame(record) for record in records}
    counts = {file: Counts(**count) for file, count in note["counts"].items()}
    return Accepted(**frames, counts=counts, is_apart=note["is_apart"])


def _record(name: str, frame: pd.DataFrame) -> Record | None:
    """A packed frame as a record; None when a column could not be packed."""
    if any(column.dtype == object for _, column in frame.items()):
        return None
    columns = {
        str(title): column.array.__arrow_array__() if isinstance(column.dtype, pd.ArrowDtype) else pa.array(column)
        for title, column in frame.items()
    }
    return Record({"frame": name}, pa.table(columns))


def _frame(record: Record) -> pd.DataFrame:
    """The frame of a record: rows stay packed as they are kept in a run, of the others texts are texts."""
    columns = {title: _column(record.table[title]) for title in record.table.column_names}
    frame = pd.DataFrame(columns, copy=False)
    if record.note["frame"] == "rows":
        return frame
    return pd.DataFrame({title: objects(column) for title, column in frame.items()}, copy=False)


def _column(values: pa.ChunkedArray) -> pd.Series:
    if pa.types.is_large_string(values.type) or pa.types.is_dictionary(values.type):
        return pd.Series(pd.arrays.ArrowExtensionArray(values))
    return pd.Series(values.to_numpy())
