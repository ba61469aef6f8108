"""FEBRL by Splink 5 on DuckDB, set up as its example for FEBRL4 goes; one table: clusters at its usual threshold.

python -m bench.febrl_splink FOLDER ANSWER. Imports nothing of the project: it may run in an environment of its own.
"""

# mypy: disallow-untyped-calls=False, disable-error-code="import-not-found, import-untyped"
from __future__ import annotations

import logging
import sys
import warnings
from pathlib import Path

import pandas as pd
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

#: Pairs at or above are links; for one table the clusters at this probability.
_THRESHOLD = 0.95
#: What the example believes its deterministic rules find.
_RECALL = 0.6
_SWAPPED = "l.given_name = r.surname and l.surname = r.given_name"


def settings(link_type: str) -> SettingsCreator:
    """Blocking and comparisons of the example."""
    return SettingsCreator(
        unique_id_column_name="rec_id",
        link_type=link_type,
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"),
            block_on("given_name", "surname"),
            _SWAPPED,
            block_on("date_of_birth"),
            block_on("surname", "postcode"),
            block_on("given_name", "postcode"),
            block_on("address_1"),
            block_on("street_number", "suburb"),
        ],
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
            cl.JaroWinklerAtThresholds("suburb", [0.9, 0.7]),
        ],
    )


def link(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """id_l, id_r, match_probability and grade."""
    api = DuckDBAPI()
    frames = [api.register(table) for table in tables]
    linker = Linker(
        frames if len(frames) > 1 else frames[0],
        settings("link_only" if len(frames) > 1 else "dedupe_only"),
        log_level=logging.ERROR,
    )
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("soc_sec_id"), block_on("given_name", "surname", "date_of_birth")], recall=_RECALL
    )
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for column in ("date_of_birth", "postcode"):
        training.estimate_parameters_using_expectation_maximisation(block_on(column))
    predicted = linker.inference.predict()
    pairs = predicted.as_pandas_dataframe().rename(columns={"rec_id_l": "id_l", "rec_id_r": "id_r"})
    answer: pd.DataFrame = pairs[["id_l", "id_r", "match_probability"]].copy()
    answer["grade"] = ["link" if p >= _THRESHOLD else "other" for p in answer["match_probability"]]
    if len(tables) > 1:
        return answer
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, _THRESHOLD)
    return _with_clusters(answer, clusters.as_pandas_dataframe()[["rec_id", "cluster_id"]])


def _with_clusters(answer: pd.DataFrame, clusters: pd.DataFrame) -> pd.DataFrame:
    """Links are the pairs of one cluster, also those that were no candidates."""
    both = clusters.merge(clusters, on="cluster_id", suffixes=("_l", "_r"))
    both = both[both["rec_id_l"] < both["rec_id_r"]].rename(columns={"rec_id_l": "id_l", "rec_id_r": "id_r"})
    ordered = answer["id_l"] <= answer["id_r"]
    left, right = answer["id_l"].where(ordered, answer["id_r"]), answer["id_r"].where(ordered, answer["id_l"])
    scored = answer.assign(id_l=left, id_r=right).drop(columns="grade")
    every: pd.DataFrame = scored.merge(
        both.assign(grade="link")[["id_l", "id_r", "grade"]], on=["id_l", "id_r"], how="outer"
    )
    every["grade"] = every["grade"].fillna("other")
    every["match_probability"] = every["match_probability"].fillna(0.0)
    return every


def main(folder: Path, answer: Path) -> None:
    """Link or dedupe the tables of a folder."""
    warnings.simplefilter("ignore")
    tables = [pd.read_csv(path, dtype=str) for path in sorted(folder.glob("[lr]*t.csv"))]
    link(tables).to_csv(answer, index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
