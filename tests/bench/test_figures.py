from __future__ import annotations

from typing import Any

import pytest

from bench.figures import medians, order_of, ratios, table, with_rates


def figures(wall: float, compare: float, peak: float) -> dict[str, Any]:
    return with_rates(
        {
            "wall_s": wall,
            "cpu_s": wall / 2,
            "peak_mb": peak,
            "n_pairs": 100,
            "steps": {"normalise": 7.0, "compare": compare},
            "f1": 0.9,
            "pair_f1": 0.8,
            "best_pair_f1": 0.95,
        }
    )


ROUNDS = [
    {"ours": figures(2.0, 1.0, 300.0), "recordlinkage": figures(4.0, 4.0, 200.0)},
    {"ours": figures(3.0, 1.0, 300.0), "recordlinkage": figures(2.0, 5.0, 300.0)},
    {"ours": figures(9.0, 1.0, 300.0), "recordlinkage": figures(9.0, 2.0, 100.0)},
]


def test_linking_leaves_out_the_step_that_is_the_same_code_for_all() -> None:
    assert figures(2.0, 4.0, 1.0)["linking_s"] == 4.0
    assert figures(2.0, 4.0, 1.0)["pairs_per_s"] == 25.0


def test_ratios_are_of_one_round_not_of_the_medians() -> None:
    found = ratios(ROUNDS)
    assert found["wall_to_recordlinkage"] == {"min": 0.5, "median": 1.0, "max": 1.5}
    assert found["linking_to_recordlinkage"] == pytest.approx({"min": 0.2, "median": 0.25, "max": 0.5})
    assert found["peak_to_recordlinkage"] == {"min": 1.0, "median": 1.5, "max": 3.0}
    assert not [name for name in found if name.endswith("ours")]


def test_medians_are_figure_by_figure() -> None:
    middle = medians(ROUNDS)
    assert middle["ours"]["wall_s"] == 3.0
    assert middle["recordlinkage"]["steps"] == {"normalise": 7.0, "compare": 4.0}
    assert middle["recordlinkage"]["n_pairs"] == 100


def test_everybody_is_first_in_turn() -> None:
    names = ["ours", "recordlinkage", "splink"]
    orders = [order_of(names, number) for number in range(4)]
    assert [order[0] for order in orders] == ["ours", "recordlinkage", "splink", "ours"]
    assert all(sorted(order) == names for order in orders)


def test_the_table_shows_every_contender_and_every_ratio() -> None:
    document = {
        "county": {"n_records": 1000, "n_member_side": 100, "n_true_pairs": 50, "seed": 7, "scale": 1.0},
        "machine": {"n_cores": 2, "memory_gb": 24.0, "python": "3.11", "load_before": 0.1, "load_after": 0.2},
        "peers": ["recordlinkage"],
        **medians(ROUNDS),
        "ratio": ratios(ROUNDS),
        "rounds": ROUNDS,
    }
    lines = table(document).splitlines()
    assert sum(line.startswith("ours ") for line in lines) == 3
    assert "1.00 (0.50-1.50)" in lines[-1]
    assert "0.25 (0.20-0.50)" in lines[-1]
    assert "1.50 (1.00-3.00)" in lines[-1]
