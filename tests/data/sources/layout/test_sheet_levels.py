"""Headers of several levels: which words each column gets."""

from __future__ import annotations

import pytest

from data.model import FeedKind
from tests.data.sources.sheets import Row, lay_out

ID = "460022190001010010"
PHONE = "13900001234"


@pytest.mark.parametrize(
    ("kind", "headers"),
    [
        (FeedKind.CLAIMS, ["序号", "姓名", "工作单位名称", "统一社会信用代码", "手机", "联系方式_固定电话"]),
        (FeedKind.MEMBER_ROSTER, ["序号", "姓名", "工作单位名称", "工作单位_统一社会信用代码", "手机", "固定电话"]),
    ],
)
def test_two_levels_give_each_column_the_words_that_the_contract_knows(kind: FeedKind, headers: list[str]) -> None:
    rows: list[Row] = [
        ["序号", "姓名", "工作单位", None, "联系方式", None],
        ["序号", "姓名", "名称", "统一社会信用代码", "手机", "固定电话"],
        [1, "王明", "文昌店", "91469005MA5T000105", PHONE, "0898-63330000"],
    ]
    (table,) = lay_out(rows, kind, merged=["C1:D1", "E1:F1"])
    assert table.headers == headers
    assert table.source_row.tolist() == [3]


def test_levels_of_a_text_file_without_merged_cells() -> None:
    rows: list[Row] = [
        ["序号", "姓名", "联系方式", None, "备注"],
        [None, None, "手机", "固定电话", None],
        ["1", "王明", PHONE, "0898-63330000", "x"],
    ]
    (table,) = lay_out(rows, sheet="")
    assert table.headers == ["序号", "姓名", "手机", "固定电话", "备注"]


def test_three_levels() -> None:
    rows: list[Row] = [
        ["序号", "基本情况", None, "从业情况", None, None],
        [None, "姓名", "身份证号", "工作单位", None, "岗位"],
        [None, None, None, "名称", "统一社会信用代码", None],
        [1, "王明", ID, "文昌店", "91469005MA5T000105", "厨师"],
    ]
    (table,) = lay_out(rows, FeedKind.CLAIMS, merged=["B1:C1", "D1:F1", "D2:E2"])
    assert table.headers == ["序号", "姓名", "身份证号", "工作单位名称", "统一社会信用代码", "从业情况_岗位"]
    assert (table.source_row.tolist(), table.header_row) == ([4], 3)


def test_a_header_split_over_two_rows_by_hand() -> None:
    (table,) = lay_out([["姓名", "身份证", "入党时间"], [None, "号码", "（年月）"], ["王明", ID, "1985.7"]])
    assert table.headers == ["姓名", "身份证号码", "入党时间(年月)"]
    assert table.source_row.tolist() == [3]


def test_the_name_of_somebody_else_is_not_the_name_of_the_row() -> None:
    rows: list[Row] = [
        ["姓名", "身份证号", "联系人", None],
        [None, None, "姓名", "电话"],
        ["王明", ID, "李丽", PHONE],
    ]
    (table,) = lay_out(rows, merged=["C1:D1"])
    assert table.headers == ["姓名", "身份证号", "联系人_姓名", "联系人_电话"]


def test_columns_of_a_source_may_name_a_level_or_all_of_them() -> None:
    rows: list[Row] = [["姓名", "其他人员", None], [None, "姓名", "电话"], ["王明", "李丽", PHONE]]
    (table,) = lay_out(rows, merged=["B1:C1"], columns={"name": "其他人员_姓名"})
    assert table.headers[1] == "其他人员_姓名"


def test_a_title_merged_over_some_columns_is_no_level() -> None:
    rows: list[Row] = [["龙楼镇党员", None, None], ["姓名", "身份证号", "电话", "备注"], ["王明", ID, PHONE, None]]
    (table,) = lay_out(rows, merged=["A1:C1"])
    assert (table.headers[0], table.title_lines) == ("姓名", ["龙楼镇党员"])
    units: list[Row] = [
        ["填报单位：龙楼镇", None, "2016年6月", None],
        ["姓名", "身份证号", "电话", "备注"],
        ["王明", ID],
    ]
    (table,) = lay_out(units, merged=["A1:B1", "C1:D1"])
    assert table.title_lines == ["填报单位：龙楼镇 2016年6月"]
