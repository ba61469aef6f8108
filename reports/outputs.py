"""What does a run leave for other programs? The CSV files of the command line's contract, the same bytes every time.

UTF-8 without byte-order mark, '\\n', header, null as empty, truth as true/false, floats with nine decimals
(so that the bars of a weight still add up), rows sorted by their key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from data.contracts.frames import empty_frame
from data.contracts.tables import BALANCE, BALANCE_DIFFERENCES, PROVENANCE, REPORT_LEADS
from data.values.coded import Coded, is_coded
from reports.csv_files import write_csv
from reports.disclosure import statistics
from reports.forming_files import FORMING_FILES, FormingFile
from reports.forming_tables import FormingTables
from reports.masking import masked
from reports.staging import staged

RECORD_KEYS_FILE = "record_keys.parquet"
STATISTICS_FILE = "statistics.csv"


_BALANCE_KEYS = ("level", "area", "township", "branch")


@dataclass(frozen=True)
class OutputTables:
    """The tables of a finished run, as `data.contracts.tables` describes them.

    links: LINKS plus the provenance columns of the record. record_keys: provenance and unique_id of every record, and
    the numbers of the blocks that it is in (-1: none): all that is kept of what did not match (guard-rail 2).
    """

    links: pd.DataFrame
    pairs: pd.DataFrame
    classifications: pd.DataFrame
    findings: pd.DataFrame
    rejected_rows: pd.DataFrame
    review_queue: pd.DataFrame
    record_keys: pd.DataFrame
    balance: pd.DataFrame = field(default_factory=lambda: empty_frame(BALANCE.columns))
    balance_differences: pd.DataFrame = field(default_factory=lambda: empty_frame(BALANCE_DIFFERENCES.columns))
    report_leads: pd.DataFrame = field(default_factory=lambda: empty_frame(REPORT_LEADS.columns))
    forming: FormingTables | None = None


@dataclass(frozen=True)
class OutputFile:
    """One CSV file: its name, its first columns in order, the columns it is sorted by, and its free text (masked)."""

    name: str
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    free_text: tuple[str, ...]
    table: Callable[[OutputTables], pd.DataFrame]


#: The files that others read (design: the command line, frozen); columns beyond these follow in the table's own order.
OUTPUT_FILES = (
    OutputFile("links.csv", (*PROVENANCE, "unique_id", "person_id"), PROVENANCE, (), lambda t: t.links),
    OutputFile(
        "pairs.csv",
        ("unique_id_l", "unique_id_r", "match_weight", "match_probability", "grade", "decided_by"),
        ("unique_id_l", "unique_id_r"),
        (),
        # The bars stand there as columns; their words are for the desk.
        lambda t: t.pairs.drop(columns="bars"),
    ),
    OutputFile(
        "classifications.csv",
        ("person_id", "primary_class", "flags", "area", "branch"),
        ("person_id",),
        ("reason",),
        lambda t: t.classifications,
    ),
    OutputFile(
        "findings.csv",
        ("finding_id", "rule_code", "evidence_grade", "unique_id", "person_id", "message", "evidence"),
        ("finding_id",),
        ("message", "evidence"),
        lambda t: t.findings,
    ),
    OutputFile(
        "rejected_rows.csv",
        (*PROVENANCE, "field", "reason_code", "message"),
        (*PROVENANCE, "field", "reason_code", "message"),
        ("message",),
        lambda t: t.rejected_rows,
    ),
    OutputFile(
        "review_queue.csv",
        ("item_id", "kind", "unique_id", "candidates", "priority", "reason"),
        ("item_id",),
        ("candidates", "reason"),
        # What a judgement would rest on is for the store.
        lambda t: t.review_queue.drop(columns="evidence", errors="ignore"),
    ),
    OutputFile("balance.csv", tuple(BALANCE.columns), _BALANCE_KEYS, (), lambda t: t.balance),
    OutputFile(
        "balance_differences.csv",
        tuple(BALANCE_DIFFERENCES.columns),
        ("area", "township", "branch", "kind", "unique_id"),
        (),
        lambda t: t.balance_differences,
    ),
    OutputFile(
        "report_leads.csv",
        tuple(REPORT_LEADS.columns),
        ("area", "township", "entity_id", "rule_code", "unique_id"),
        ("message",),
        lambda t: t.report_leads,
    ),
)


def write_outputs(out: Path, tables: OutputTables) -> list[Path]:
    """Write every file of OUTPUT_FILES, the keys of the records and the statistics into `out`, all or none.

    Gives the paths in order of writing. Raises KeyError when a table lacks a column of its file.
    """
    with staged(out) as folder:
        for file in OUTPUT_FILES:
            write_csv(folder / file.name, arranged(file.table(tables), file))
        if (forming := tables.forming) is not None:
            for formed in FORMING_FILES:
                write_csv(folder / formed.name, arranged(formed.table(forming), formed))
        write_csv(folder / STATISTICS_FILE, statistics(tables.classifications))
        _write_record_keys(folder / RECORD_KEYS_FILE, tables.record_keys)
    formed_names = [file.name for file in FORMING_FILES if tables.forming is not None]
    names = [
        *(file.name for file in OUTPUT_FILES),
        *formed_names,
        STATISTICS_FILE,
        RECORD_KEYS_FILE,
    ]
    return [out / name for name in names]


def arranged(table: pd.DataFrame, file: OutputFile | FormingFile) -> pd.DataFrame:
    """The table as it is written: contract columns first, sorted by key, values as text; the table is left alone."""
    extra = [column for column in table.columns if column not in file.columns]
    rows = table[[*file.columns, *extra]]
    if file.keys:
        rows = rows.sort_values(list(file.keys), kind="stable", ignore_index=True)
    for name in rows.columns:
        column = rows[name]
        if pd.api.types.is_bool_dtype(column.dtype):
            rows[name] = np.where(column, "true", "false")
        elif pd.api.types.is_float_dtype(column.dtype):
            rows[name] = column.round(9) + 0.0  # no minus zero
        elif name in file.free_text:
            rows[name] = masked(column)
    return rows


def _write_record_keys(path: Path, record_keys: pd.DataFrame) -> None:
    """In order of place: files and sheets are few, so that they are sorted as numbers; null comes last.

    Whatever else stands there are numbers of blocks, -1 for none.
    """
    places = {name: Coded.of(record_keys[name]) for name in PROVENANCE[:-1]}
    rows = record_keys["source_row"].to_numpy()
    order = np.lexsort((rows, *(_ranks(place) for place in reversed(places.values()))))
    columns = {name: _texts(place.take(order)) for name, place in places.items()}
    columns |= {"source_row": pa.array(rows[order]), "unique_id": _ids(record_keys["unique_id"], order)}
    numbers = [str(name) for name in record_keys.columns if name not in columns]
    for name in numbers:
        values = record_keys[name].to_numpy(dtype=np.int32)[order]
        columns[name] = pa.array(values, mask=values < 0)
    pq.write_table(
        pa.table(columns),
        path,
        compression="zstd",
        # Numbers of a dictionary, or numbers as they are, may read as digits; packed by zstd byte by byte they do not.
        use_dictionary=list(places),
        use_byte_stream_split=numbers,
        write_statistics=False,
    )


def _ranks(place: Coded) -> NDArray[np.int64]:
    """Where the text of each row stands among the distinct ones; null after all of them."""
    ranks = np.empty(len(place.values) + 1, dtype=np.int64)
    ranks[pc.array_sort_indices(place.values).to_numpy()] = np.arange(len(place.values))
    ranks[-1] = len(place.values)
    return ranks[place.codes]


def _texts(column: Coded) -> pa.Array:
    # A column without any text is one of nulls, not of texts.
    values = column.values.cast(pa.string()) if len(column.values) else pa.nulls(0)
    return values.take(pa.array(column.codes, mask=column.codes < 0))


def _ids(column: pd.Series, order: NDArray[np.intp]) -> pa.Array:
    """All of them differ: coded only where they are held so."""
    if is_coded(column):
        return _texts(Coded.of(column).take(order))
    return pa.array(column.to_numpy(dtype=object), pa.string()).take(pa.array(order))
