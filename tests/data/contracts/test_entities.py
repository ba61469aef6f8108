"""The register: populations, the non-public filter, one row an entity, and the crosswalk of numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from data.contracts.enterprise_feeds import ENTERPRISE_REGISTRATION
from data.contracts.entities import entities, entity_ids
from data.contracts.tables import ENTITIES

USCC, REG_NO = "91469005MA5T000105", "469005000001239"
HOUSEHOLD_USCC, HOUSEHOLD_NO = "92469005MA5T00029Y", "469005600012344"


def _rows(*rows: dict[str, str | None]) -> pd.DataFrame:
    columns = [*ENTERPRISE_REGISTRATION.names(), "area"]
    complete = [{"reg_no": REG_NO, "entity_name": "文昌海味行", "area": "469005"} | row for row in rows]
    return pd.DataFrame([[row.get(name) for name in columns] for row in complete], columns=columns, dtype=object)


@pytest.mark.parametrize(
    ("row", "population", "is_non_public"),
    [
        ({"entity_type": "1130"}, "small_enterprise", True),
        ({"entity_type": "有限责任公司(自然人独资)"}, "small_enterprise", True),
        ({"entity_type": "4540 个人独资企业"}, "small_enterprise", True),
        ({"entity_type": "9100"}, "small_enterprise", True),
        ({"entity_type": "2190"}, "small_enterprise", True),
        ({"entity_type": "有限责任公司(非国有控股)"}, "small_enterprise", True),
        ({}, "small_enterprise", True),
        ({"entity_type": "9500"}, "household_business", True),
        ({"entity_type": "个体工商户"}, "household_business", True),
        ({"reg_no": HOUSEHOLD_NO}, "household_business", True),
        ({"reg_no": None, "uscc": HOUSEHOLD_USCC}, "household_business", True),
        ({"entity_type": "专业市场"}, "market", True),
        ({"entity_type": "1110"}, "elsewhere", False),
        ({"entity_type": "1140 有限责任公司(国有控股)"}, "elsewhere", False),
        ({"entity_type": "全民所有制"}, "elsewhere", False),
        ({"entity_type": "3200"}, "elsewhere", False),
    ],
)
def test_population(row: dict[str, str | None], population: str, is_non_public: bool) -> None:
    frame = entities([_rows(row)])
    assert frame[["population", "is_non_public"]].to_numpy().tolist() == [[population, is_non_public]]


def test_closed_entities_stay_and_an_unknown_status_is_unknown() -> None:
    frame = entities(
        [_rows({"reg_status": "cancelled", "ended_on": "2015-03"}, {"reg_no": HOUSEHOLD_NO, "entity_name": None})]
    )
    assert frame["status"].tolist() == ["cancelled", "unknown"]
    assert frame["ended_on"].tolist() == ["2015-03", None]
    assert frame["entity_name"].tolist() == ["文昌海味行", None]


def test_the_credit_code_is_the_entity_and_both_numbers_lead_to_it() -> None:
    frame = entities([_rows({"uscc": USCC}), _rows({"reg_no": HOUSEHOLD_NO})])
    assert frame["entity_id"].tolist() == [HOUSEHOLD_NO, USCC]
    asked = pd.Series([REG_NO, USCC, None, HOUSEHOLD_NO, "000000000000000"], index=[9, 8, 7, 6, 5], dtype=object)
    found = entity_ids(asked, frame)
    assert found.tolist() == [USCC, USCC, None, HOUSEHOLD_NO, None]
    assert found.index.tolist() == [9, 8, 7, 6, 5]


def test_a_number_that_two_columns_hold_means_the_entity_it_identifies() -> None:
    frame = entities([_rows({"uscc": USCC}), _rows({"reg_no": HOUSEHOLD_NO})])
    frame["reg_no"] = pd.Series([HOUSEHOLD_NO, HOUSEHOLD_NO], dtype=object)
    assert entity_ids(pd.Series([HOUSEHOLD_NO], dtype=object), frame).tolist() == [HOUSEHOLD_NO]
    frame["entity_id"] = pd.Series(["first", "second"], dtype=object)
    assert entity_ids(pd.Series([HOUSEHOLD_NO], dtype=object), frame).tolist() == ["second"]


def test_a_row_with_one_number_joins_the_row_that_has_both() -> None:
    old, new = {"established_on": "2014-01-01"}, {"uscc": USCC, "established_on": "2016-01-01"}
    frame = entities([_rows(old, new, {"uscc": USCC, "reg_no": None, "established_on": "2015-01-01"})])
    assert frame[["entity_id", "reg_no", "established_on"]].to_numpy().tolist() == [[USCC, REG_NO, "2016-01-01"]]


def test_numbers_in_the_wrong_column_go_where_their_length_says() -> None:
    frame = entities([_rows({"uscc": REG_NO, "reg_no": None}, {"uscc": None, "reg_no": HOUSEHOLD_USCC})])
    assert frame[["entity_id", "uscc", "reg_no"]].to_numpy().tolist() == [
        [REG_NO, None, REG_NO],
        [HOUSEHOLD_USCC, HOUSEHOLD_USCC, None],
    ]


def test_of_several_rows_the_active_one_stays_then_the_latest_in_any_order() -> None:
    rows = [
        {"reg_status": "cancelled", "established_on": "2016-01-01", "entity_name": "甲"},
        {"reg_status": "active", "established_on": "2010-01-01", "entity_name": "乙"},
        {"reg_status": "active", "established_on": "2012-01-01", "entity_name": "丁"},
        {"reg_status": "active", "established_on": "2012-01-01", "entity_name": "丙"},
        {"reg_status": "active", "established_on": None, "entity_name": "戊"},
    ]
    for order in (rows, rows[::-1], rows[2:] + rows[:2]):
        frame = entities([_rows(*order)])
        assert frame["entity_name"].tolist() == ["丁"]


def test_in_a_feed_of_a_province_the_number_names_the_county() -> None:
    frame = entities([_rows({"area": None}, {"area": None, "reg_no": None, "uscc": HOUSEHOLD_USCC})])
    assert frame["area"].tolist() == ["469005", "469005"]
    assert entities([_rows({"area": None, "reg_no": "460022000001230"})])["area"].tolist() == ["469005"]
    assert entities([_rows({"area": None, "reg_no": "990000000001230"})])["area"].tolist() == [None]


def test_no_register_is_an_empty_table() -> None:
    frame = entities([])
    assert list(frame.columns) == list(ENTITIES.columns)
    assert entity_ids(pd.Series([REG_NO, None], dtype=object), frame).tolist() == [None, None]
    assert len(entities([_rows()])) == 0
