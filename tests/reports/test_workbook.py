"""The look and the safety of every sheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports.workbook import HEADER_ROW, Column, Sheet, open_workbook, sheet_name, split, write_sheet
from tests.reports.builders import AS_OF, MEMBER_ID
from tests.reports.sheets import column, holds_number_of_a_person, page, values

COLUMNS = (
    Column("序号", "seq", 6, "count"),
    Column("姓名", "name", 10, "code"),
    Column("说明", "note", 20),
    Column("比例", "share", 8, "rate"),
    Column("结果", "answer", 8, "code", choices=("属实", "不属实")),
    Column("记录键", "key", 12, "code", is_hidden=True),
)
NOTE = "很长的说明" * 8


def sheet(rows: pd.DataFrame | None = None, **values: object) -> Sheet:
    people = [
        {"seq": i, "name": f"王{i}", "note": NOTE, "share": 0.5, "key": f"P{i}", "town": "甲"} for i in range(1, 4)
    ]
    given = {"name": "台账", "title": "某某台账", "particulars": "填报单位：龙楼", "columns": COLUMNS}
    table = pd.DataFrame(people, dtype=object).assign(answer=None) if rows is None else rows
    return Sheet(**{**given, "rows": table, **values})  # type: ignore[arg-type]


def written(path: Path, *sheets: Sheet, created_on: date = AS_OF) -> Path:
    with open_workbook(path, created_on) as book:
        for one in sheets:
            write_sheet(book, one)
    return path


def test_values_come_back(tmp_path: Path) -> None:
    rows = values(written(tmp_path / "a.xlsx", sheet()), "台账")
    assert rows[1] == {"序号": 2.0, "姓名": "王2", "说明": NOTE, "比例": 0.5, "结果": "", "记录键": "P2"}
    assert len(rows) == 3


def test_head_filter_and_print_set_up(tmp_path: Path) -> None:
    made = page(written(tmp_path / "a.xlsx", sheet(footer="甲&乙")), "台账")
    assert made["A1"].value == "某某台账"
    assert made["A2"].value == "填报单位：龙楼"
    assert sorted(map(str, made.merged_cells.ranges)) == ["A1:E1", "A2:E2"]  # the hidden key is not under the title
    assert made.freeze_panes == "C4"
    assert made.auto_filter.ref == "A3:F6"
    assert made.print_title_rows == "$1:$3"
    assert (made.page_setup.orientation, made.page_setup.paperSize) == ("landscape", 9)
    assert made.page_setup.fitToHeight == 0  # as many pages as it takes; the width of one is the default
    assert made.sheet_properties.pageSetUpPr.fitToPage
    assert made.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert made.column_dimensions["F"].hidden
    head = made.cell(HEADER_ROW + 1, 1)
    assert head.alignment.wrap_text
    assert head.border.left.style == made["A4"].border.left.style == "thin"


def test_wrapped_text_gets_the_height_it_needs(tmp_path: Path) -> None:
    short = sheet().rows.assign(note="短")
    tall = page(written(tmp_path / "a.xlsx", sheet()), "台账").row_dimensions[4].height
    low = page(written(tmp_path / "b.xlsx", sheet(short)), "台账").row_dimensions[4].height
    assert low == 12.75 + 3
    assert tall == 12.75 * 5 + 3  # eighty columns of text in nineteen


def test_answers_are_chosen_from_a_list(tmp_path: Path) -> None:
    rules = page(written(tmp_path / "a.xlsx", sheet()), "台账").data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [("E4:E6", '"属实,不属实"')]


def test_text_cells_are_text(tmp_path: Path) -> None:
    made = page(written(tmp_path / "a.xlsx", sheet()), "台账")
    assert made["B4"].number_format == "@"
    assert made["D4"].number_format == "0.0%"


@given(st.one_of(st.sampled_from("=+-@\t").flatmap(lambda c: st.text(max_size=8).map(c.__add__)), st.text(max_size=20)))
@settings(max_examples=40, deadline=None)
def test_no_text_becomes_a_formula_or_a_link(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    rows = sheet().rows.head(1).assign(name=text, note=f"http://{text}")
    path = written(tmp_path_factory.mktemp("f") / "a.xlsx", sheet(rows))
    made = load_workbook(path)["台账"]
    assert made["B4"].data_type in ("s", "inlineStr", "n")
    assert made["B4"].data_type != "n" or made["B4"].value is None
    assert made["C4"].data_type in ("s", "inlineStr")
    assert made["C4"].hyperlink is None


@pytest.mark.parametrize("name", ["=1+1", "+86", "-5", "@SUM(A1)", "{=1}", "12345", "1E5", "http://a.b", "true"])
def test_names_that_look_like_something_else_stay_names(tmp_path: Path, name: str) -> None:
    path = written(tmp_path / "a.xlsx", sheet(sheet().rows.head(1).assign(name=name)))
    assert column(path, "台账", "姓名") == [name]
    assert page(path, "台账")["B4"].data_type in ("s", "inlineStr")


def test_numbers_of_persons_are_masked_whatever_the_caller_forgot(tmp_path: Path) -> None:
    rows = sheet().rows.assign(name=MEMBER_ID, note=f"号码{MEMBER_ID}")
    path = written(tmp_path / "a.xlsx", sheet(rows))
    assert not holds_number_of_a_person(path)
    assert column(path, "台账", "姓名")[0] == "469005********1239"


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = written(tmp_path / "a.xlsx", sheet()), written(tmp_path / "b.xlsx", sheet())
    assert one.read_bytes() == two.read_bytes()
    other = written(tmp_path / "c.xlsx", sheet(), created_on=date(2017, 1, 1))
    assert load_workbook(one).properties.created.date() == AS_OF
    assert other.read_bytes() != one.read_bytes()


def test_an_empty_sheet_still_has_its_head(tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", sheet(sheet().rows[:0]))
    assert values(path, "台账") == []
    assert page(path, "台账")["B3"].value == "姓名"


def test_lines_are_tinted_by_the_word_they_carry(tmp_path: Path) -> None:
    rows = sheet().rows.assign(note=["属实", "虚假", "其他"])
    made = page(
        written(tmp_path / "a.xlsx", sheet(rows, tint_by="note", tints={"属实": "#E2F0D9", "虚假": "#F8CBAD"})), "台账"
    )
    assert [made.cell(row, 2).fill.fgColor.rgb for row in (4, 5, 6)] == ["FFE2F0D9", "FFF8CBAD", "00000000"]


def test_a_new_page_begins_where_the_value_changes(tmp_path: Path) -> None:
    rows = sheet().rows.assign(town=["甲", "乙", "乙"])
    made = page(written(tmp_path / "a.xlsx", sheet(rows, breaks_by="town")), "台账")
    assert [mark.id for mark in made.row_breaks.brk] == [4]


def test_split_only_when_too_long() -> None:
    whole = sheet()
    assert split(whole, "town", 3) == [whole]
    rows = pd.concat(
        [whole.rows, whole.rows.assign(town="乙"), whole.rows.head(1).assign(town=None)], ignore_index=True
    )
    parts = split(sheet(rows), "town", 2)
    assert [(part.name, len(part.rows)) for part in parts] == [
        ("乙(1)", 2),
        ("乙(2)", 1),
        ("其他", 1),
        ("甲(1)", 2),
        ("甲(2)", 1),
    ]
    assert {part.title for part in parts} == {"某某台账"}


@pytest.mark.parametrize(("text", "expected"), [("龙楼/镇[1]", "龙楼镇1"), ("*", "Sheet"), ("长" * 40, "长" * 31)])
def test_sheet_name(text: str, expected: str) -> None:
    assert sheet_name(text) == expected
