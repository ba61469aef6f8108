"""Splink 5 on employer texts and a register: cleaned brand and core, names, number, township, operator."""

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
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from bench.accuracy_enterprises import Task, best_entity

_COLUMNS = [
    "unique_id",
    "text",
    "former_name",
    "brand",
    "core",
    "number",
    "township",
    "operator",
    "area",
    "pair_numbers",
]


def by_splink(task: Task) -> pd.DataFrame:
    """Match weights of the candidate pairs; the best entity of each mention: mention_id, entity_id, score."""
    warnings.simplefilter("ignore")
    numbers = np.arange(len(task.pairs))
    sides = [
        _side(task.mentions.assign(text=task.mentions["employer"], former_name=None), task.pairs, 0, numbers),
        _side(task.register.assign(text=task.register["name"]), task.pairs, 1, numbers),
    ]
    api = DuckDBAPI()
    linker = Linker(
        [
            api.register(side, dataset_display_name=name)
            for side, name in zip(sides, ("a_mentions", "b_register"), strict=True)
        ],
        _settings(),
        log_level=logging.ERROR,
    )
    linker.training.estimate_probability_two_random_records_match(
        [block_on("core", "area"), block_on("number")], recall=0.6
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("core", "area"), block_on("brand", "township"), block_on("number"), block_on("operator")):
        with suppress(ValueError):  # a level that dies out among few records stops the pass, see accuracy_splink
            linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict().as_pandas_dataframe().set_index(["unique_id_l", "unique_id_r"])["match_weight"]
    return best_entity(task, found.reindex(task.pairs).to_numpy())


def _side(frame: pd.DataFrame, pairs: pd.MultiIndex, level: int, numbers: np.ndarray[Any, Any]) -> pd.DataFrame:
    """One table; unique_id: position; pair_numbers: its candidate pairs, for blocking on exactly these."""
    of_row = pd.Series(numbers).groupby(pairs.get_level_values(level)).agg(list)
    empty: list[int] = []
    lists = pd.Series([of_row.get(position, empty) for position in range(len(frame))], index=frame.index)
    # A column without any text is text all the same.
    texts = frame[[column for column in _COLUMNS if column in frame]].astype("string")
    return texts.assign(unique_id=np.arange(len(frame)), pair_numbers=lists)[_COLUMNS]


def _settings() -> SettingsCreator:
    former = "text_l = former_name_r or former_name_l = text_r"
    return SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=[block_on("pair_numbers", arrays_to_explode=["pair_numbers"])],
        comparisons=[
            cl.CustomComparison(
                output_column_name="text",
                comparison_levels=[
                    cll.NullLevel("text"),
                    cll.ExactMatchLevel("text"),
                    cll.CustomLevel(former, "former name"),
                    cll.ExactMatchLevel("core", term_frequency_adjustments=True),
                    cll.ExactMatchLevel("brand", term_frequency_adjustments=True),
                    cll.DamerauLevenshteinLevel("core", 1),
                    cll.JaroWinklerLevel("text", 0.9),
                    cll.JaroWinklerLevel("text", 0.8),
                    cll.ElseLevel(),
                ],
            ),
            cl.ExactMatch("number"),
            cl.ExactMatch("township").configure(term_frequency_adjustments=True),
            cl.ExactMatch("operator"),
        ],
    )
