"""Splink on DuckDB as its tutorial goes: prior from deterministic rules, u from random pairs, m by EM, clusters.

It is given our normalised columns, the reading of names (pinyin) among them.
"""

# mypy: disallow-untyped-calls=False, disable-error-code="import-not-found, import-untyped"
from __future__ import annotations

import logging
import warnings

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI
from splink.blocking_rule_library import CustomRule

from bench.answer import Answer, Clock
from bench.inputs import CountyInput
from data.model import MEMBER_SIDE
from matching.normalise import normalise

#: Where its tutorial cuts before it clusters.
_THRESHOLD = 0.95
#: Share of the true pairs that the deterministic rules are believed to find; the tutorial guesses such a figure too.
_RECALL = 0.9
#: Columns of the comparisons; the blocking rules bring their own.
_COLUMNS = {
    *("unique_id", "name_key", "name_reading", "id18", "id_written", "birth_best", "birth_year", "birth_day"),
    *("sex_best", "mobile_own", "township_key", "employer", "employer_key", "home", "join_on", "is_member_side"),
}


def link(county: CountyInput) -> Answer:
    """Link the county; the candidate pairs are those of all blocking rules with a member-side record."""
    warnings.simplefilter("ignore")
    clock = Clock()
    with clock.step("normalise"):
        records = normalise(county.records)
    with clock.step("load"):
        table = records.assign(is_member_side=records["kind"].isin(MEMBER_SIDE))
        used = sorted(_COLUMNS.union(*county.blocking))
        linker = Linker(DuckDBAPI().register(table[used]), settings(county.blocking), log_level=logging.ERROR)
    with clock.step("train"):
        linker.training.estimate_probability_two_random_records_match(
            [block_on("id18"), block_on("name_key", "birth_day")], recall=_RECALL
        )
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("id18"))
        linker.training.estimate_parameters_using_expectation_maximisation(block_on("name_key", "township_key"))
    # Blocking and comparing are one query inside it.
    with clock.step("compare"):
        predicted = linker.inference.predict()
    with clock.step("link"):
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, _THRESHOLD)
        links = clusters.as_pandas_dataframe()[["unique_id", "cluster_id"]]
    pairs = predicted.as_pandas_dataframe()[["unique_id_l", "unique_id_r", "match_probability"]]
    return Answer(
        n_pairs=len(pairs),
        steps=clock.steps,
        pairs=pairs.assign(is_match=pairs["match_probability"] >= _THRESHOLD),
        links=links.rename(columns={"cluster_id": "person_id"}),
    )


def settings(blocking: tuple[tuple[str, ...], ...]) -> SettingsCreator:
    """The columns that our model compares, rarity credited where ours credits it."""
    rules = [" and ".join(f"l.{column} = r.{column}" for column in columns) for columns in blocking]
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[
            CustomRule(f"{rule} and (l.is_member_side or r.is_member_side)") for rule in rules
        ],
        comparisons=[
            cl.CustomComparison(
                output_column_name="name",
                comparison_levels=[
                    cll.NullLevel("name_key"),
                    cll.ExactMatchLevel("name_key", term_frequency_adjustments=True),
                    cll.ExactMatchLevel("name_reading"),
                    cll.LevenshteinLevel("name_key", 1),
                    cll.ElseLevel(),
                ],
            ),
            cl.CustomComparison(
                output_column_name="id_no",
                comparison_levels=[
                    cll.NullLevel("id_written"),
                    cll.ExactMatchLevel("id18"),
                    cll.LevenshteinLevel("id_written", 2),
                    cll.ElseLevel(),
                ],
            ),
            cl.CustomComparison(
                output_column_name="birth",
                comparison_levels=[
                    cll.NullLevel("birth_best"),
                    cll.ExactMatchLevel("birth_best"),
                    cll.LevenshteinLevel("birth_best", 1),
                    cll.ExactMatchLevel("birth_year"),
                    cll.ElseLevel(),
                ],
            ),
            cl.CustomComparison(
                output_column_name="employer",
                comparison_levels=[
                    cll.NullLevel("employer"),
                    cll.ExactMatchLevel("employer_key", term_frequency_adjustments=True),
                    cll.JaroWinklerLevel("employer", 0.85),
                    cll.ElseLevel(),
                ],
            ),
            cl.ExactMatch("sex_best"),
            cl.LevenshteinAtThresholds("mobile_own", 1),
            cl.ExactMatch("township_key").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("home", 0.85),
            cl.LevenshteinAtThresholds("join_on", 1),
        ],
    )
