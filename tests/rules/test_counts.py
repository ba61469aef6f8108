"""Counts add up, and a partition that is none is refused."""

from __future__ import annotations

import pandas as pd
import pytest

from rules.counts import balance, check_partition, class_counts, class_table


def classified(*rows: tuple[str, str, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["person_id", "population", "primary_class", "township"], dtype=object)


ROWS = classified(
    ("p1", "small_enterprise", "normal", "龙楼镇"),
    ("p2", "small_enterprise", "lost", "文城镇"),
    ("p3", "elsewhere", "normal", None),
    ("p4", "small_enterprise", "normal", "龙楼镇"),
)


def test_every_population_and_class_has_its_number() -> None:
    counts = class_counts(ROWS)
    assert counts["small_enterprise"] == {"lost": 1, "pocket": 0, "floating": 0, "hidden": 0, "normal": 2, "unknown": 0}
    assert {population: sum(row.values()) for population, row in counts.items()} == {
        "small_enterprise": 3, "household_business": 0, "market": 0, "elsewhere": 1,
    }  # fmt: skip


def test_townships_add_up_to_the_county() -> None:
    county, towns = class_table(ROWS), class_table(ROWS, by="township")
    summed = towns.drop(columns="township").groupby("population", sort=False).sum().reset_index()
    pd.testing.assert_frame_equal(county, summed)
    assert towns["township"].unique().tolist() == ["", "文城镇", "龙楼镇"]


def test_no_members_still_give_a_whole_table() -> None:
    assert class_table(classified()).shape == (4, 8)
    assert class_table(classified())["total"].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("members", "struck"),
    [(["p1", "p2", "p3", "p4", "p5"], []), (["p1", "p2", "p3", "p4"], ["p1"]), (["p1", "p2", "p3"], [])],
)
def test_what_is_no_partition_is_refused(members: list[str], struck: list[str]) -> None:
    with pytest.raises(ValueError, match="不是划分"):
        check_partition(ROWS, pd.DataFrame({"person_id": members}), pd.Index(struck, dtype=object))


def test_balance_counts_each_removal_once() -> None:
    told = pd.DataFrame(
        {
            "verdict": ["false", "confirmed", "review", "false", "false"],
            "reason_code": ["F04", None, "F02", "F01", "F04"],
        }
    )
    counted = balance(told)
    assert (counted.n_before, counted.n_removed, counted.n_after) == (5, {"F01": 1, "F04": 2}, 2)
