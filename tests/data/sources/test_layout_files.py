"""Layouts through real workbooks: what spreadsheets write about merged, hidden and calculated cells arrives."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from data.sources.raw import RawTable
from tests.data.sources.builders import Cell, read, take, write_xlsx

ID = "460022190001010010"


def _sheet(book: openpyxl.Workbook, title: str, rows: list[list[Cell]]) -> Worksheet:
    sheet: Worksheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    return sheet


def _book(path: Path) -> list[RawTable]:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    town = _sheet(
        book,
        "龙楼镇",
        [
            ["龙楼镇党员花名册"],
            ["序号", "姓名", "身份证号", "联系方式", None, "党费（元）"],
            [None, None, None, "手机", "固定电话"],
            [1, "王明", ID, "13900001234", None, 10],
            [2, "李丽", ID, "13900001235", None, "=F4"],
            [3, "符海", ID, "=D4", None, 10],
            ["合计", "4人"],
        ],
    )
    for area in ("A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"):
        town.merge_cells(area)
    town.row_dimensions[5].hidden = True
    town.column_dimensions["C"].hidden = True
    old = _sheet(book, "旧表", [["姓名", "性别"], ["陈山", "男"]])
    old.sheet_state = "hidden"
    book.save(path)
    return read(path)


def test_merged_hidden_and_uncalculated_cells_of_a_real_workbook(tmp_path: Path) -> None:
    town, old = _book(tmp_path / "r.xlsx")
    assert town.headers == ["序号", "姓名", "身份证号", "手机", "固定电话", "党费(元)"]
    assert town.source_row.tolist() == [4, 5, 6]
    assert [(remark.row, remark.reason.code) for remark in town.remarks] == [
        (3, "W111_HIDDEN_ROWS"),
        (3, "W112_HIDDEN_COLUMNS"),
        (6, "W330_UNCALCULATED"),
        (7, "W114_COUNT_DIFFERS"),
    ]
    assert [remark.reason.code for remark in old.remarks] == ["W113_HIDDEN_SHEET"]


def test_remarks_become_notes_of_the_answer(tmp_path: Path) -> None:
    _book(tmp_path / "r.xlsx")
    notes = take(tmp_path / "r.xlsx").notes
    found = notes.loc[notes["source_row"].isin((6, 7)), ["source_sheet", "source_row", "field", "reason_code"]]
    assert found.to_numpy().tolist() == [
        ["龙楼镇", 6, "mobile", "W330_UNCALCULATED"],
        ["龙楼镇", 7, "", "W114_COUNT_DIFFERS"],
    ]


def test_a_summary_beside_the_rosters_is_skipped_and_told(tmp_path: Path) -> None:
    roster: list[list[Cell]] = [
        ["姓名", "性别", "身份证号", "出生日期", "联系电话", "备注"],
        ["王明", "男", ID, "1900-01-01", "13900001234", None],
    ]
    summary: list[list[Cell]] = [["党支部", "党员人数", "备注"], ["红海党支部", 12, None]]
    (table,) = read(write_xlsx(tmp_path / "r.xlsx", {"汇总": summary, "名册": roster}))
    assert (table.source_sheet, table.skipped_sheets) == ("名册", ("汇总",))


def test_two_sheets_of_one_structure_are_both_read(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [["姓名", "性别"], ["王明", "男"]]
    accepted = take(write_xlsx(tmp_path / "r.xlsx", {"龙楼镇": rows, "东郊镇": rows, "Sheet3": []})).rows
    assert accepted["township"].tolist() == ["龙楼镇", "东郊镇"]
