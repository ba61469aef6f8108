"""How do records of a JSON document become columns? Allowed keys as text, declared paths into nested objects.

Numbers keep the digits that the document has: they are never read as floating point.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from data.privacy import mask_text
from data.sources.pull_spec import HttpPull
from data.sources.pulls.columns import DELETED, AllowList, key_columns
from data.sources.pulls.feed import Chunk
from data.sources.pulls.sealed import Note
from data.sources.pulls.sql import is_deleted
from data.sources.pulls.values import text_column, text_of

#: Names of columns outside the contract that are told; a document may use values as keys, and without end.
_MAX_UNTAKEN = 50
Json = Any


def parsed(body: bytes) -> Json:
    """The document. Raises ValueError when it is no JSON or too deeply nested."""
    try:
        return json.loads(body, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    except RecursionError:
        raise ValueError("depth") from None


def at_path(value: Json, path: str) -> Json:
    """What lies at a path of keys with dots between; a key with a dot in it counts first. None where nothing lies."""
    if isinstance(value, dict) and path in value:
        return value[path]
    head, _, rest = path.partition(".")
    if isinstance(value, dict):
        value = value.get(head)
    elif isinstance(value, list) and head.isdigit() and int(head) < len(value):
        value = value[int(head)]
    else:
        return None
    return at_path(value, rest) if rest else value


def records_of(document: Json, path: str | None) -> list[dict[str, Json]] | None:
    """The records of a page; None if there is no list of objects where it should be."""
    records = document if path is None else at_path(document, path)
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        return None
    return records


def chunk_of(records: Sequence[dict[str, Json]], declared: HttpPull, allow: AllowList, state: Note) -> Chunk:
    """The allowed columns of a page; every other key is counted and goes no further."""
    headers = list(dict.fromkeys(header for record in records for header in record))
    direct = allow.some(headers)
    paths = list(dict.fromkeys(allow.overrides.values()))
    columns = {header: [record.get(header) for record in records] for header in direct}
    columns |= {path: [at_path(record, path) for record in records] for path in paths}
    read = {name: text_column(values) for name, values in columns.items()}
    arrays = {name: array for name, (array, _) in read.items()}
    for name, path in zip(key_columns(len(declared.key)), declared.key, strict=True):
        arrays[name] = text_column([at_path(record, path) for record in records])[0]
    if declared.deleted is not None:
        flags = [at_path(record, declared.deleted.column) for record in records]
        arrays[DELETED] = pa.array(is_deleted(flags, declared.deleted), pa.bool_())
    taken = {*direct, *_heads([*paths, *_own_paths(declared)])}
    return Chunk(
        table=pa.table(arrays),
        state=state,
        n_invisible=sum(n for _, n in read.values()),
        n_untaken=_untaken(records, [header for header in headers if header not in taken]),
    )


def newest(records: Sequence[dict[str, Json]], path: str) -> list[str]:
    """The times of change of the records, as written."""
    texts = (text_of(at_path(record, path)) for record in records)
    return [text for text in texts if text]


def _own_paths(declared: HttpPull) -> list[str]:
    paths = [*declared.key]
    paths += [declared.watermark.field] if declared.watermark else []
    paths += [declared.deleted.column] if declared.deleted else []
    return paths


def _heads(paths: Sequence[str]) -> list[str]:
    return [name for path in paths for name in (path, path.partition(".")[0])]


def _untaken(records: Sequence[dict[str, Json]], headers: Sequence[str]) -> dict[str, int]:
    counts = {
        mask_text(header): sum(record.get(header) is not None for record in records)
        for header in sorted(headers)[:_MAX_UNTAKEN]
    }
    return {header: n for header, n in counts.items() if n}
