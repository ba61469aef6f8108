"""Totals that a sheet states, held against its rows."""

from __future__ import annotations

import pytest

from data.model import FeedKind
from tests.data.sources.sheets import Row, lay_out

ID = "460022190001010010"
HEADER: Row = ["序号", "姓名", "身份证号", "党费（元）"]


def _members(n: int) -> list[Row]:
    return [[number, "王明", ID, "10"] for number in range(1, n + 1)]


def _said(rows: list[Row], kind: FeedKind = FeedKind.MEMBER_ROSTER) -> list[str]:
    return [
        remark.message().split("。")[0]
        for table in lay_out(rows, kind)
        for remark in table.remarks
        if remark.reason.code.startswith(("W114", "W115"))
    ]


@pytest.mark.parametrize(
    "total",
    [
        ["合计 37人"],
        ["合计：37 人（男30人，女7人）"],
        ["合 计", "37"],
        ["合计", None, 37],
        ["合计", None, "37人"],
        ["共 37 名"],
        ["本页小计", "37"],
        ["以上共37人"],
        [None, "总计37人"],
        ["合计", "共37名党员", None, "370"],
    ],
)
def test_a_count_that_differs_is_told_and_one_that_agrees_is_not(total: Row) -> None:
    assert _said([HEADER, *_members(35), total]) == ["第 37 行写着 37，实际读到 35 行"]
    assert _said([HEADER, *_members(37), total]) == []


@pytest.mark.parametrize(
    "total",
    [
        ["合计", None, None, "350"],
        ["合计", None, None, 350],
        ["合计", "男20人", "女17人"],
        ["合计：男 20 人，女 17 人"],
        ["制表人：王明", "37"],
        ["注：5人未交党费"],
        ["合计"],
        ["合计", None, "12.5"],
    ],
)
def test_totals_of_anything_else_are_silence(total: Row) -> None:
    assert _said([HEADER, *_members(3), total]) == []


def test_each_subtotal_is_of_its_own_section_and_the_total_of_all() -> None:
    rows: list[Row] = [
        HEADER,
        ["红海党支部"],
        *_members(2),
        ["小计", "2人"],
        ["春光党支部"],
        *_members(3),
        ["小计", "4人"],
        ["合计", "5人"],
    ]
    assert _said(rows) == ["第 10 行写着 4，实际读到 3 行"]


def test_a_total_of_stacked_tables_may_be_of_the_sheet() -> None:
    block: list[Row] = [["东郊镇党员名册"], HEADER, *_members(2), ["小计", "2人"]]
    assert _said([*block, *block, ["总计", "4人"]]) == []
    assert _said([*block, *block, ["总计", "9人"]]) == ["第 11 行写着 9，实际读到 4 行"]


def test_totals_above_their_rows() -> None:
    assert _said([HEADER, ["合计", "3人"], *_members(3)]) == []
    assert _said([HEADER, ["合计", "4人"], *_members(3)]) == ["第 2 行写着 4，实际读到 3 行"]


@pytest.mark.parametrize(
    ("total", "said"), [("7", []), ("2", []), ("8", ["第 4 行“从业人数”的合计是 8，各行相加是 7"])]
)
def test_sums_of_number_columns(total: str, said: list[str]) -> None:
    rows: list[Row] = [
        ["注册号", "年度", "从业人数"],
        ["469005600012344", "2015", "3"],
        ["469005600012345", "2015", "4"],
        ["合计", None, total],
    ]
    assert _said(rows, FeedKind.ANNUAL_REPORTS) == said


def test_a_sum_over_cells_that_are_no_numbers_is_not_judged() -> None:
    rows: list[Row] = [
        ["注册号", "年度", "从业人数"],
        ["469005600012344", "2015", "约3人"],
        ["469005600012345", "2015", "4"],
        ["合计", None, "9"],
    ]
    assert _said(rows, FeedKind.ANNUAL_REPORTS) == []
