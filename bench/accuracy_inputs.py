"""Makes what every contender of the accuracy benchmark is given, and the truth beside it. Not timed.

python -m bench.accuracy_inputs FOLDER county|easy|medium|hard SEED SCALE
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from bench.accuracy_benchmark import records_of
from bench.accuracy_data import AccuracyInput, AccuracyTruth, write_input
from bench.inputs import TRUTH as COUNTY_TRUTH
from bench.inputs import make_county, read_county
from data.contracts.tables import PROVENANCE
from matching.blocking import candidate_pairs
from matching.normalise import normalise
from matching.spec import load_spec

COUNTY = "county"


def make(folder: Path, kind: str, seed: int, scale: float) -> None:
    """Write the input and the truth into `folder`: a county, or the persons of one tier of the public benchmark."""
    if kind == COUNTY:
        make_county(folder, seed, scale)
        county = read_county(folder)
        records, one_row_sources = county.records, county.one_row_sources
        persons = pd.read_pickle(folder / COUNTY_TRUTH)
    else:
        records, one_row_sources, persons = records_of(folder / "benchmark", kind, seed, scale)
    records = records.sort_values("unique_id", ignore_index=True)
    normalised = normalise(records)
    candidates = candidate_pairs(normalised, load_spec())
    given = AccuracyInput(
        records,
        normalised,
        candidates.left.astype(np.int64),
        candidates.right.astype(np.int64),
        one_row_sources,
    )
    write_input(folder, given, AccuracyTruth(persons.drop(columns="errors"), errors_of(persons)))


def errors_of(persons: pd.DataFrame) -> pd.DataFrame:
    """One row a record and kind of error, from a column `errors` of kinds joined by `|`."""
    kinds = persons.assign(error_kind=persons["errors"].fillna("").str.split("|")).explode("error_kind")
    return kinds.loc[kinds["error_kind"] != "", [*PROVENANCE, "error_kind"]].reset_index(drop=True)


def main(arguments: list[str]) -> None:
    """FOLDER KIND SEED SCALE."""
    folder, kind, seed, scale = arguments
    make(Path(folder), kind, int(seed), float(scale))


if __name__ == "__main__":
    main(sys.argv[1:])
