"""Splink 5 on DuckDB links the province, set up in earnest: the levels of bench/scale.toml as it can say them.

python -m bench.scale_splink FOLDER RULES ANSWER. Parquet is read by DuckDB itself and the answer written by it; prior
from two deterministic rules, u from ten million random pairs, m by EM over two blockings.
"""

# mypy: disallow-untyped-calls=False, disable-error-code="import-not-found, import-untyped"
from __future__ import annotations

import json
import logging
import sys
import warnings
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

from bench.scale_rules import EMPLOYED, FACTS, MEMBERS, RULES, Rule

#: Where its tutorial cuts before it clusters.
THRESHOLD = 0.95
_RECALL, _RANDOM_PAIRS = 0.8, 1e7
#: Two rules that between them let every comparison be learned from pairs it did not choose.
_EM_BLOCKS = (("id_key",), ("name", "birth_day"))


def link(folder: Path, rules: str, answer: Path) -> None:
    """Write the heaviest pairs (id_l, id_r, score), as many as there are members, and ANSWER.json with the counts."""
    warnings.simplefilter("ignore")
    connection = duckdb.connect()
    api = DuckDBAPI(connection)
    sides = [api.register(connection.read_parquet(str(folder / name))) for name in (EMPLOYED, MEMBERS)]
    linker = Linker(sides, settings(RULES[rules]), log_level=logging.ERROR)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("id_key"), block_on("name", "birth_day")], recall=_RECALL
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=_RANDOM_PAIRS, seed=1)
    for columns in _EM_BLOCKS:
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(*columns))
    predicted = linker.inference.predict().physical_name
    most = json.loads((folder / FACTS).read_text(encoding="utf-8"))["n_members"]
    connection.execute(
        f"copy (select id_l, id_r, match_weight as score, match_probability >= {THRESHOLD} as is_link "
        f"from {predicted} order by match_weight desc limit {int(most)}) to '{answer}' (format parquet)"
    )
    found = connection.execute(f"select count(*) from {predicted}").fetchone()
    answer.with_suffix(".json").write_text(json.dumps({"n_pairs": found[0] if found else 0}), encoding="utf-8")


def settings(rules: tuple[Rule, ...]) -> SettingsCreator:
    """Comparisons and blocking rules."""
    return SettingsCreator(
        link_type="link_only",
        unique_id_column_name="id",
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in rules],
        comparisons=[*_written(), cl.ExactMatch("county").configure(term_frequency_adjustments=True)],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def _written() -> list[Any]:
    return [
        _levels(
            "name",
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.ExactMatchLevel("pinyin"),
            cll.DamerauLevenshteinLevel("name", 1),
        ),
        _levels(
            "id_no",
            cll.ExactMatchLevel("id_no"),
            cll.LevenshteinLevel("id_no", 2),
        ),
        _levels(
            "birth",
            cll.ExactMatchLevel("birth"),
            cll.DamerauLevenshteinLevel("birth", 1),
            cll.ExactMatchLevel("birth_year"),
        ),
        _levels("phone", cll.ExactMatchLevel("phone"), cll.LevenshteinLevel("phone", 1)),
        _levels(
            "employer",
            cll.ExactMatchLevel("employer", term_frequency_adjustments=True),
            cll.JaroWinklerLevel("employer", 0.85),
        ),
        cl.ExactMatch("sex"),
    ]


def _levels(column: str, *between: Any) -> Any:  # noqa: ANN401 - Splink's own classes, untyped
    return cl.CustomComparison(
        output_column_name=column, comparison_levels=[cll.NullLevel(column), *between, cll.ElseLevel()]
    )


if __name__ == "__main__":
    link(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
