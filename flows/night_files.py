"""A night's comparisons on disk, sealed: one encrypted file an area, whose key goes with the first feed's last day.

What is in it could be read again from the feeds; losing it costs time and nothing else, so that whatever is torn,
foreign or sealed with a key that is gone counts as not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from itertools import chain

import numpy as np
import pandas as pd
import pyarrow as pa

from data.sources.pulls.sealed import Record, SealedFile
from data.values.coded import Coded
from matching.blocking import Rule
from matching.incremental_memory import Memory, PairList, RecordMarks

_PAIRS_PER_RECORD = 8_000_000
#: The part that stands last: without it the file is torn.
_END = "end"
Parts = dict[str, list[Record]]


def write_memory(file: SealedFile, mark: str, memory: Memory) -> None:
    """Put tonight's comparisons in the place of last night's; mark: what they are of."""
    head = Record({"of": mark, "n_by_rule": memory.n_by_rule.tolist()}, pa.table({}))
    file.replace(chain([head], _parts(memory), [Record({"part": _END}, pa.table({}))]))


def read_memory(file: SealedFile, mark: str) -> Memory | None:
    """Last night's comparisons, if they are whole and of this mark."""
    records = file.records()
    head = next(records, None)
    if head is None or head.note["of"] != mark:
        return None
    parts: Parts = {}
    for record in records:
        parts.setdefault(record.note["part"], []).append(record)
    if _END not in parts:
        return None
    marks, kept, weighed = parts["marks"][0].table, _pair_table(parts["kept"]), _pair_table(parts["weighed"])
    return Memory(
        _whole(marks["ids"]),
        RecordMarks(*(marks[part.name].to_numpy() for part in fields(RecordMarks))),
        pd.DataFrame(_columns(parts), copy=False),
        _rules(parts),
        np.array(head.note["n_by_rule"], dtype=np.int64),
        _pairs(kept),
        kept["rule"].to_numpy(),
        _pairs(weighed),
    )


def _parts(memory: Memory) -> Iterator[Record]:
    marks = {part.name: getattr(memory.marks, part.name) for part in fields(RecordMarks)}
    yield Record({"part": "marks"}, pa.table({"ids": memory.ids, **marks}))
    for name, column in memory.coded.items():
        coded = Coded.of(column)
        yield Record({"part": "codes", "name": str(name)}, pa.table({"codes": coded.codes}))
        yield Record({"part": "texts"}, pa.table({"texts": coded.values}))
    for rule in memory.rules:
        told = {"name": rule.name, "n_pairs": rule.n_pairs, "n_capped": rule.n_capped, "width": rule.keys.shape[1]}
        yield Record({"part": "keys", **told}, pa.table({"keys": rule.keys.ravel()}))
        yield Record({"part": "capped"}, pa.table({"at": rule.capped, "keys": rule.capped_keys}))
    kept = _table(memory.kept).append_column("rule", pa.array(memory.kept_rule))
    for name, table in (("kept", kept), ("weighed", _table(memory.weighed))):
        for start in range(0, max(table.num_rows, 1), _PAIRS_PER_RECORD):
            yield Record({"part": name}, table.slice(start, _PAIRS_PER_RECORD))


def _columns(parts: Parts) -> dict[str, pd.Series]:
    return {
        codes.note["name"]: Coded(codes.table["codes"].to_numpy(), _whole(texts.table["texts"])).series()
        for codes, texts in zip(parts.get("codes", []), parts.get("texts", []), strict=True)
    }


def _rules(parts: Parts) -> list[Rule]:
    found = []
    for keys, capped in zip(parts.get("keys", []), parts.get("capped", []), strict=True):
        told, numbers = keys.note, keys.table["keys"].to_numpy().reshape(-1, keys.note["width"])
        left_out = (capped.table[name].to_numpy() for name in ("at", "keys"))
        found.append(Rule(told["name"], numbers, told["n_pairs"], told["n_capped"], *left_out))
    return found


def _table(pairs: PairList) -> pa.Table:
    return pa.table({"left": pairs.left, "right": pairs.right, "number": pairs.number})


def _pair_table(parts: list[Record]) -> pa.Table:
    return pa.concat_tables(part.table for part in parts)


def _pairs(table: pa.Table) -> PairList:
    return PairList(table["left"].to_numpy(), table["right"].to_numpy(), table["number"].to_numpy())


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """One piece; as it lies where it is one."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
