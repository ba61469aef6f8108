"""The public benchmark as input of the accuracy benchmark: its records as person records, its gold as truth.

All four sources count as member-side: the benchmark asks for every pair of records, not only those with a roster row.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data.contracts.tables import PERSON_COLUMNS
from data.model import FeedKind
from data.synthetic.benchmark import generate_benchmark
from data.synthetic.benchmark_people import AS_OF
from data.values.columns import blank_to_none, map_unique, none_for_null
from data.values.dates import parse_partial_date
from data.values.identifiers import clean_id, id_status
from data.values.text import fold_width


def records_of(folder: Path, tier: str, seed: int, scale: float) -> tuple[pd.DataFrame, frozenset[str], pd.DataFrame]:
    """PERSON_RECORDS of a tier made in `folder`; no source that promises one row a person; the truth of every record.

    The truth: the source columns, unique_id, true_person, is_member_side, errors (kinds joined by `|`).
    """
    generate_benchmark(folder, seed=seed, scale=scale, tiers=(tier,))
    table = {name: _read(folder / "persons" / tier / f"{name}.csv") for name in ("records", "gold", "strata")}
    records = person_records(table["records"])
    kinds = table["strata"].groupby("record_id")["stratum"].agg("|".join)
    cluster = table["gold"].set_index("record_id")["cluster"]
    places = records[["source", "source_file", "source_sheet", "source_row", "unique_id"]]
    truth = places.assign(
        true_person=places["unique_id"].map(cluster),
        is_member_side=True,
        errors=places["unique_id"].map(kinds).fillna(""),
    )
    return records, frozenset(), truth


def person_records(table: pd.DataFrame) -> pd.DataFrame:
    """records.csv as PERSON_RECORDS: cells cleaned as a contract cleans them; unique_id is record_id."""
    records = table.apply(blank_to_none).rename(columns={"record_id": "unique_id"})
    records["name"] = map_unique(records["name"], fold_width)
    records["id_no"] = map_unique(records["id_no"], clean_id)
    records["id_status"] = map_unique(records["id_no"], lambda text: id_status(text, AS_OF).value)
    for column in ("birth", "join_on"):
        records[column] = map_unique(records[column], parse_partial_date)
    return (
        records.assign(
            source_file="records.csv",
            source_sheet="",
            source_row=range(2, len(records) + 2),
            kind=FeedKind.MEMBER_ROSTER.value,
        )
        .reindex(columns=["unique_id", "source", "source_file", "source_sheet", "source_row", *PERSON_COLUMNS])
        .pipe(_nulls)
    )


def _nulls(records: pd.DataFrame) -> pd.DataFrame:
    objects = records.columns.difference(["source_row"])
    for column in objects:
        records[column] = none_for_null(records[column].astype(object))
    return records


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
