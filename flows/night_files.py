"""A night's comparisons on disk, sealed: one encrypted file an area, whose key goes with the first feed's last day.

What is in it could be read again from the feeds; losing it costs time and nothing else, so that whatever is torn,
foreign or sealed with a key that is gone counts as not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import pandas as pd
import pyarrow as pa

from data.sources.pulls.sealed import Record, SealedFile
from matching.arrays import codes_of
from matching.coding import arrow_text, of_codes
from matching.incremental_memory import Memory, PairList, RecordMarks

_PAIRS_PER_RECORD = 8_000_000
_LISTS = ("kept", "weighed")


def write_memory(file: SealedFile, mark: str, memory: Memory) -> None:
    """Put tonight's comparisons in the place of last night's; mark: what they are of."""
    n_records = 1 + sum(1 for _ in _tables(memory))
    head = Record({"of": mark, "n_records": n_records, "n_by_rule": memory.n_by_rule.tolist()}, pa.table({}))
    file.replace(_with_head(head, _tables(memory)))


def read_memory(file: SealedFile, mark: str) -> Memory | None:
    """Last night's comparisons, if they are whole and of this mark."""
    records = file.records()
    head = next(records, None)
    if head is None or head.note["of"] != mark:
        return None
    marks: RecordMarks | None = None
    coded: dict[str, pd.Series] = {}
    lists: dict[str, list[pa.Table]] = {name: [] for name in _LISTS}
    n_read = 1
    for record in records:
        n_read += 1
        if record.note["part"] == "marks":
            marks = _marks(record.table)
        elif record.note["part"] == "column":
            coded[record.note["name"]] = _column(record.table["codes"].combine_chunks())
        else:
            lists[record.note["name"]].append(record.table)
    if marks is None or n_read != head.note["n_records"]:
        return None
    pairs = {name: pa.concat_tables(tables) for name, tables in lists.items()}
    return Memory(
        marks,
        pd.DataFrame(coded),
        np.array(head.note["n_by_rule"], dtype=np.int64),
        _pairs(pairs["kept"]),
        pairs["kept"]["rule"].to_numpy(),
        _pairs(pairs["weighed"]),
    )


def _with_head(head: Record, parts: Iterator[Record]) -> Iterator[Record]:
    yield head
    yield from parts


def _tables(memory: Memory) -> Iterator[Record]:
    marks = {part.name: getattr(memory.marks, part.name) for part in fields(RecordMarks)}
    yield Record({"part": "marks"}, pa.table({**marks, "ids": pa.array(marks["ids"], pa.large_string())}))
    for name, column in memory.coded.items():
        codes = codes_of(column)
        values = arrow_text(pd.Series(column.cat.categories))
        array = pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), values)
        yield Record({"part": "column", "name": str(name)}, pa.table({"codes": array}))
    for name in _LISTS:
        found: PairList = getattr(memory, name)
        table = pa.table({"left": found.left, "right": found.right, "number": found.number})
        if name == "kept":
            table = table.append_column("rule", pa.array(memory.kept_rule))
        for start in range(0, max(table.num_rows, 1), _PAIRS_PER_RECORD):
            yield Record({"part": "pairs", "name": name}, table.slice(start, _PAIRS_PER_RECORD))


def _marks(table: pa.Table) -> RecordMarks:
    ids = np.asarray(table["ids"].to_numpy(), dtype=object)
    return RecordMarks(ids, *(table[part.name].to_numpy() for part in fields(RecordMarks)[1:]))


def _column(array: pa.DictionaryArray) -> pd.Series:
    codes = array.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return of_codes(codes, array.dictionary.cast(pa.large_string()))


def _pairs(table: pa.Table) -> PairList:
    return PairList(table["left"].to_numpy(), table["right"].to_numpy(), table["number"].to_numpy())
