"""Sheets as offices make them: what each must come out as (own inventions, none copied from a real file)."""

from __future__ import annotations

import pytest

from data.errors import SourceFileError
from data.sources.raw import RawTable
from tests.data.sources.sheets import Row, column, lay_out

ID = "460022190001010010"
PHONE = "13900001234"


def _dropped(table: RawTable) -> dict[str, int]:
    return {kind: n for kind, n in table.n_dropped.items() if n}


def _codes(table: RawTable) -> list[str]:
    return [remark.reason.code.split("_")[0] for remark in table.remarks]


def test_towns_stacked_with_their_own_titles_headers_and_order_of_columns() -> None:
    town, other = lay_out(
        [
            ["龙楼镇党员花名册"],
            ["序号", "姓名", "性别", "身份证号"],
            [1, "王明", "男", ID],
            ["小计", "1人"],
            [None],
            ["东郊镇党员花名册"],
            ["填报单位：东郊镇党委", None, None, "2016年6月"],
            ["身份证号", "姓名", "联系电话", "备注"],
            [ID, "符海", PHONE, "转入"],
            [ID, "李丽"],
            ["小计", 2],
            ["合计", "共3人"],
        ],
        merged=["A1:D1", "A6:D6"],
    )
    assert (town.title_lines, other.title_lines[0]) == (["龙楼镇党员花名册"], "东郊镇党员花名册")
    assert other.headers == ["身份证号", "姓名", "联系电话", "备注"]
    assert (column(town, "姓名"), column(other, "姓名")) == (["王明"], ["符海", "李丽"])
    assert (town.source_row.tolist(), other.source_row.tolist()) == ([3], [9, 10])
    assert (town.header_row, other.header_row) == (2, 8)
    assert _dropped(town) == {"trailer": 1}
    assert _dropped(other) == {"blank": 1, "title": 2, "header": 1, "trailer": 2}
    assert town.remarks == other.remarks == ()


def test_a_header_met_again_without_a_title_is_no_new_table() -> None:
    (table,) = lay_out([["姓名", "性 别"], ["王明", "男"], ["姓 名", "性\n别"], ["李丽", "女"]])
    assert table.source_row.tolist() == [2, 4]
    assert _dropped(table) == {"repeated_header": 1}


def test_a_header_met_again_in_another_order_is_read_by_its_own_order() -> None:
    first, second = lay_out([["姓名", "性别"], ["王明", "男"], ["性别", "姓名"], ["女", "李丽"]])
    assert (column(first, "姓名"), column(second, "姓名")) == (["王明"], ["李丽"])
    assert _dropped(second) == {"header": 1}


def test_a_header_of_two_levels_met_again_is_dropped_as_a_whole() -> None:
    header: list[Row] = [["姓名", "联系方式", None], ["姓名", "手机", "固定电话"]]
    rows = [*header, ["王明", PHONE, None], *header, ["李丽", PHONE, None]]
    (table,) = lay_out(rows, merged=["B1:C1", "B4:C4"])
    assert table.source_row.tolist() == [3, 6]
    assert _dropped(table) == {"repeated_header": 2}


def test_subtitles_between_rows_are_kept_as_sections() -> None:
    rows: list[Row] = [
        ["姓名", "性别"],
        ["一、第三党支部", None],
        ["王明", "男"],
        ["龙楼镇：", None],
        ["李丽", "女"],
    ]
    (table,) = lay_out(rows, merged=["A2:B2"])
    assert table.sections == ((2, "一、第三党支部"), (4, "龙楼镇："))
    assert column(table, "姓名") == ["王明", "李丽"]


def test_a_member_of_whom_only_the_name_is_known_is_no_subtitle() -> None:
    (table,) = lay_out([["姓名", "性别"], ["王镇", None], ["李丽", "女"], ["姓名", "性别"], ["符海", "男"]])
    assert column(table, "姓名") == ["王镇", "李丽", "符海"]


def test_rows_that_number_the_columns_and_examples_are_no_members() -> None:
    rows: list[Row] = [
        ["序号", "姓名", "性别", "身份证号"],
        ["甲", "1", "2", "3"],
        ["例", "张三", "男", ID],
        [1, "王明", "男", ID],
        [2],
        [3],
    ]
    (table,) = lay_out(rows)
    assert column(table, "姓名") == ["王明"]
    assert _dropped(table) == {"header": 1, "example": 1, "blank": 2}
    assert table.sections == ()


def test_a_header_and_its_numbering_are_met_again_together() -> None:
    header: list[Row] = [["姓名", "性别", "电话"], ["(1)", "(2)", "(3)"]]
    (table,) = lay_out([*header, ["王明", "男", PHONE], *header, ["李丽", "女", PHONE]])
    assert (table.headers, table.source_row.tolist()) == (["姓名", "性别", "电话"], [3, 6])
    assert _dropped(table) == {"header": 2, "repeated_header": 1}


def test_tables_side_by_side_are_read_each_with_its_own_place() -> None:
    rows: list[Row] = [
        ["龙楼镇党员通讯录"],
        ["红海党支部", None, None, "春光党支部"],
        ["姓名", "电话", None, "姓名", "电话"],
        ["王明", PHONE, None, "李丽", PHONE],
        ["符海", PHONE],
        ["合计", "3人"],
    ]
    left, right = lay_out(rows, merged=["A1:E1", "A2:B2", "D2:E2"])
    assert (left.source_sheet, right.source_sheet, right.sheet) == ("甲", "甲[D:E]", "甲")
    assert (left.title_lines[1], right.title_lines[1]) == ("红海党支部", "春光党支部")
    assert (column(left, "姓名"), column(right, "姓名")) == (["王明", "符海"], ["李丽"])
    assert right.headers == ["", "", "", "姓名", "电话"]
    assert (_codes(left), _codes(right)) == (["W117"], [])


def test_the_same_header_twice_for_two_people_is_no_second_table() -> None:
    with pytest.raises(SourceFileError, match="E203_COLUMN_TWICE"):
        lay_out([["姓名", "性别", "姓名", "关系"], ["王明", "男", "李丽", "配偶"]])
    rows: list[Row] = [
        ["本人情况", None, "配偶情况", None],
        ["姓名", "身份证号", "姓名", "身份证号"],
        ["王明", ID, "李丽", ID],
    ]
    (table,) = lay_out(rows, merged=["A1:B1", "C1:D1"])
    assert table.headers == ["姓名", "身份证号", "配偶情况_姓名", "配偶情况_身份证号"]


def test_the_header_far_down_below_a_long_explanation() -> None:
    notes: list[Row] = [["填表说明"], *([f"{n}.姓名、性别按身份证填写"] for n in range(1, 26))]
    (table,) = lay_out([*notes, ["姓名", "身份证号"], ["王明", ID]])
    assert (len(table.title_lines), table.source_row.tolist()) == (26, [28])
    far: list[Row] = [[f"第{n}条"] for n in range(40)]
    assert lay_out([*far, ["姓名", "身份证号"], ["王明", ID]]) == []


def test_the_first_complete_header_counts_and_not_the_widest() -> None:
    first, second = lay_out(
        [
            ["姓名", "性别"],
            ["王明", "男"],
            ["东郊镇党员名册"],
            ["姓名", "性别", "身份证号", "电话", "备注"],
            ["李丽", "女", ID, PHONE, None],
        ]
    )
    assert (column(first, "姓名"), column(second, "姓名")) == (["王明"], ["李丽"])


def test_a_form_above_the_header_is_no_header() -> None:
    rows: list[Row] = [
        ["姓名", "王支书", "联系电话", PHONE],
        ["姓名", "性别", "联系电话", "备注"],
        ["王明", "男", PHONE, None],
    ]
    (table,) = lay_out(rows)
    assert (column(table, "姓名"), _codes(table)) == (["王明"], ["W116"])


def test_a_header_further_down_that_lacks_a_column_refuses_the_file() -> None:
    rows: list[Row] = [
        ["姓名", "身份证号"],
        ["王明", ID],
        ["姓明", "性别", "身份证号", "出生年月"],
        ["李丽", "女", ID, "1900.1"],
    ]
    with pytest.raises(SourceFileError) as refused:
        lay_out(rows)
    assert "r.xlsx【甲】#3" in str(refused.value)
    assert 'columns = { name = "姓明" }' in str(refused.value)


def test_hidden_parts_are_read_and_told() -> None:
    rows: list[Row] = [["姓名", "性别", "身份证号"], *(["王明", "男", ID] for _ in range(6))]
    (table,) = lay_out(rows, hidden_rows=frozenset((2, 3, 4, 7)), hidden_columns=frozenset((2,)), is_hidden=True)
    assert len(table.cells) == 6
    said = [remark.message() for remark in table.remarks]
    assert "隐藏的" in said[0]
    assert "（2-4、7）" in said[1]
    assert "（C（身份证号））" in said[2]


def test_formulas_without_a_value_are_told_by_cell_or_refused() -> None:
    rows: list[Row] = [["姓名", "性别"], ["王明", None], ["李丽", "女"], [None, "男"]]
    (table,) = lay_out(rows, uncalculated=((2, 1), (4, 0)), errors=((3, 1),))
    told = [(remark.row, remark.field, remark.reason.code[:4]) for remark in table.remarks]
    assert told == [(2, "sex", "W330"), (3, "sex", "W331"), (4, "name", "W330")]
    with pytest.raises(SourceFileError, match=r"E206_UNCALCULATED_COLUMN.*2 格.*A2"):
        lay_out([["姓名", "性别"], [None, "男"], [None, "女"], ["李丽", "女"]], uncalculated=((2, 0), (3, 0)))


def test_lines_that_close_a_page_are_no_members() -> None:
    rows: list[Row] = [
        ["姓名", "性别"],
        ["王明", "男"],
        ["第 1 页，共 3 页"],
        ["以下空白"],
        ["支部书记签字：", None],
        ["注：本表一式两份"],
    ]
    (table,) = lay_out([*rows, ["党支平", "男"]])
    assert column(table, "姓名") == ["王明", "党支平"]
    assert _dropped(table) == {"trailer": 4}


def test_a_table_that_begins_below_and_right_of_the_corner() -> None:
    rows: list[Row] = [
        ["附件1"],
        [None, None, "党员信息采集表"],
        [None, None, "（截至2016年6月16日）", None, "单位：人"],
        [None, None, "姓\n名", "身 份 证 号 码\n（18位）", "联系\n电话"],
        [None, None, "王明", ID, PHONE],
    ]
    (table,) = lay_out(rows)
    assert table.headers == ["", "", "姓 名", "身 份 证 号 码 (18位)", "联系 电话"]
    assert (table.source_row.tolist(), len(table.title_lines)) == ([5], 3)
