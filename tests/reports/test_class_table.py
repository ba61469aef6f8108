"""The class tables add up to the report's figures and to all members."""

from __future__ import annotations

import pandas as pd
import pytest

from data.model import Population, PrimaryClass
from reports.class_table import TOTAL, class_table, township_table
from tests.reports.builders import WENCHANG, classification, classifications, wenchang


def test_the_partition_of_the_report() -> None:
    table = class_table(wenchang())
    for population, classes in WENCHANG.items():
        assert {name: n for name, n in table.loc[population].items() if n and name != TOTAL} == classes
    assert table[TOTAL].to_dict() == {
        "small_enterprise": 186,
        "household_business": 328,
        "market": 0,
        "elsewhere": 0,
        TOTAL: 514,
    }
    assert list(table.columns) == [*map(str, PrimaryClass), TOTAL]


def test_townships_add_up_to_the_county_and_the_unlocated_come_last() -> None:
    table = township_table(pd.concat([wenchang(), classifications(classification("P", "lost", township=None))]))
    assert list(table.index) == ["会文镇", "文城镇", "铺前镇", "龙楼镇", "（未定位）", TOTAL]
    assert (table.drop(index=TOTAL).sum() == table.loc[TOTAL]).all()
    assert table.loc[TOTAL, TOTAL] == 515


def test_no_members_no_gaps() -> None:
    table = class_table(classifications())
    assert list(table.index) == [*map(str, Population), TOTAL]
    assert table.to_numpy().sum() == 0


@pytest.mark.parametrize("wrong", [{"primary_class": "pockets"}, {"population": "shop"}])
def test_a_member_outside_the_table_is_an_error(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="2"):
        class_table(classifications(classification("P1"), {**classification("P2"), **wrong}))
