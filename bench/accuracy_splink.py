"""Splink 5 set up in earnest for Chinese records: levels as one who knows both the tool and the data would write them.

Given: our normalised columns, a reading by pypinyin, the candidate pairs. Prior from three deterministic rules, u from
two million random pairs, m by EM over five blockings. The threshold is chosen with the truth, by whoever scores.
"""

# mypy: disallow-untyped-calls=False, disable-error-code="import-not-found, import-untyped"
from __future__ import annotations

import logging
import warnings
from contextlib import suppress
from typing import Any

import numpy as np
import pandas as pd
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from pypinyin import lazy_pinyin
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI
from splink.blocking_rule_library import CustomRule

from bench.accuracy_data import AccuracyAnswer, AccuracyInput
from data.model import MEMBER_SIDE
from data.values.columns import map_unique

_COLUMNS = (
    *(
        "unique_id",
        "name_key",
        "pinyin",
        "surname",
        "id_written",
        "id18",
        "id_shown",
        "id_head",
        "birth_best",
        "birth_day",
    ),
    *("sex_best", "mobile_own", "area", "township_key", "employer", "employer_key", "employer_brand", "home"),
    *("join_on", "is_member_side", "pair_numbers"),
)
#: EM learns m from pairs that agree on these; between them every comparison is learned from pairs it did not choose.
_EM_BLOCKS = (
    ("id18",),
    ("mobile_own",),
    ("birth_day", "surname"),
    ("name_key", "township_key"),
    ("pinyin", "employer_brand"),
)
#: `id_shown` has * for each digit that is not known; in LIKE an underscore stands for any one character.
_AS_FAR_AS_SHOWN = " or ".join(
    f"id_shown_{one} like replace(id_shown_{other}, '*', '_')" for one, other in (("l", "r"), ("r", "l"))
)
#: Believed share of true pairs that the three deterministic rules find.
_RECALL, _MAX_PAIRS = 0.9, 2e6


def link(given: AccuracyInput) -> AccuracyAnswer:
    """Match weights of the candidate pairs; `cut` is its tutorial's .95, which the scoring replaces by the best."""
    warnings.simplefilter("ignore")
    linker = Linker(DuckDBAPI().register(_table(given)), _settings(), log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("id18"), block_on("name_key", "birth_day"), block_on("name_key", "mobile_own")], recall=_RECALL
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=_MAX_PAIRS, seed=1)
    for columns in _EM_BLOCKS:
        _learn(linker, columns)
    predicted = linker.inference.predict().as_pandas_dataframe()
    pairs = predicted[["unique_id_l", "unique_id_r"]].assign(score=predicted["match_weight"])
    return AccuracyAnswer(pairs, float(np.log2(0.95 / 0.05)))


def _learn(linker: Linker, columns: tuple[str, ...]) -> None:
    """One pass of EM over the pairs with a member-side record that agree on the columns."""
    rule = " and ".join(f"l.{column} = r.{column}" for column in columns)
    # Splink 5 stops a pass with this error when a level dies out in it, as it may among few records; the model is then
    # as before the pass, and the other passes teach it the level.
    with suppress(ValueError):
        linker.training.estimate_parameters_using_expectation_maximisation(
            CustomRule(f"{rule} and (l.is_member_side or r.is_member_side)")
        )


def _table(given: AccuracyInput) -> pd.DataFrame:
    """The columns; pair_numbers: the candidate pairs of each record, so that blocking on them gives exactly these."""
    table = given.normalised.assign(
        is_member_side=given.normalised["kind"].isin(MEMBER_SIDE),
        pinyin=map_unique(given.normalised["name_key"], lambda name: " ".join(lazy_pinyin(name))),
    )
    number = np.arange(len(given.left))
    rows = pd.Series(np.concatenate([number, number])).groupby(np.concatenate([given.left, given.right])).agg(list)
    empty: list[int] = []
    table["pair_numbers"] = [rows.get(position, empty) for position in range(len(table))]
    return table[list(_COLUMNS)]


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on("pair_numbers", arrays_to_explode=["pair_numbers"])],
        comparisons=[_name(), _identity_number(), _birth(), _employer(), *_others()],
        em_convergence=1e-5,
        max_iterations=50,
    )


def _name() -> Any:  # noqa: ANN401 - Splink's own classes, untyped
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("name_key"),
            cll.ExactMatchLevel("name_key", term_frequency_adjustments=True),
            cll.ExactMatchLevel("pinyin"),
            cll.And(cll.LevenshteinLevel("pinyin", 1), cll.CustomLevel("length(name_key_l) = length(name_key_r)")),
            cll.And(cll.DamerauLevenshteinLevel("name_key", 1), cll.ExactMatchLevel("surname")),
            cll.DamerauLevenshteinLevel("name_key", 1),
            cll.ExactMatchLevel("surname"),
            cll.ElseLevel(),
        ],
    )


def _identity_number() -> Any:  # noqa: ANN401
    return cl.CustomComparison(
        output_column_name="id_no",
        comparison_levels=[
            cll.NullLevel("id_written"),
            cll.ExactMatchLevel("id18"),
            cll.DamerauLevenshteinLevel("id_written", 1),
            cll.CustomLevel(_AS_FAR_AS_SHOWN, "masked or cut off, equal as far as shown"),
            cll.ExactMatchLevel("id_head"),
            cll.DamerauLevenshteinLevel("id_written", 2),
            cll.ElseLevel(),
        ],
    )


def _birth() -> Any:  # noqa: ANN401
    swapped = "substr(birth_best_l, 1, 4) = substr(birth_best_r, 1, 4) and length(birth_best_l) = 10"
    swapped += " and substr(birth_best_l, 6, 2) = substr(birth_best_r, 9, 2)"
    swapped += " and substr(birth_best_l, 9, 2) = substr(birth_best_r, 6, 2)"
    return cl.CustomComparison(output_column_name="birth", comparison_levels=_date_levels("birth_best", swapped))


def _date_levels(column: str, swapped: str) -> list[Any]:
    return [
        cll.NullLevel(column),
        cll.And(cll.ExactMatchLevel(column), cll.CustomLevel(f"length({column}_l) = 10")),
        cll.CustomLevel(f"substr({column}_l, 1, 7) = substr({column}_r, 1, 7)", "same month"),
        cll.CustomLevel(swapped, "day and month exchanged"),
        cll.DamerauLevenshteinLevel(column, 1),
        cll.CustomLevel(f"substr({column}_l, 1, 4) = substr({column}_r, 1, 4)", "same year"),
        cll.ElseLevel(),
    ]


def _employer() -> Any:  # noqa: ANN401
    return cl.CustomComparison(
        output_column_name="employer",
        comparison_levels=[
            cll.NullLevel("employer"),
            cll.ExactMatchLevel("employer_key", term_frequency_adjustments=True),
            cll.ExactMatchLevel("employer_brand", term_frequency_adjustments=True),
            cll.JaroWinklerLevel("employer", 0.85),
            cll.ElseLevel(),
        ],
    )


def _others() -> list[Any]:
    months = "substr(join_on_l, 1, 7) = substr(join_on_r, 1, 7)"
    return [
        cl.ExactMatch("sex_best"),
        cl.DamerauLevenshteinAtThresholds("mobile_own", 1),
        cl.CustomComparison(
            output_column_name="place",
            comparison_levels=[
                cll.NullLevel("township_key"),
                cll.ExactMatchLevel("township_key", term_frequency_adjustments=True),
                cll.ExactMatchLevel("area"),
                cll.ElseLevel(),
            ],
        ),
        cl.CustomComparison(
            output_column_name="home",
            comparison_levels=[
                cll.NullLevel("home"),
                cll.ExactMatchLevel("home"),
                cll.LevenshteinLevel("home", 2),
                cll.JaroWinklerLevel("home", 0.88),
                cll.ElseLevel(),
            ],
        ),
        cl.CustomComparison(
            output_column_name="join_on",
            comparison_levels=[
                cll.NullLevel("join_on"),
                cll.ExactMatchLevel("join_on"),
                cll.CustomLevel(months, "same month"),
                cll.DamerauLevenshteinLevel("join_on", 1),
                cll.ElseLevel(),
            ],
        ),
    ]
