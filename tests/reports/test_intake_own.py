"""The clerk's own workbook: what was in it stays, problems are coloured, and a second check leaves no trace of the first."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

import reports.intake_own as intake_own
from data.contracts.answer_sheet import HEADER_ROW
from reports.intake_own import UNFIT, is_own_format, write_own
from reports.intake_sheet import TINTS
from tests.data.contracts.answers import answer_to

_BAD, _GOOD = "460022190001010011", "460022190001010010"


def roster(path: Path) -> Path:
    """Two title rows, own colours and comments, a formula, merged cells, a name with an apostrophe in the sheet."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("文城'镇")
        green = book.add_format({"bg_color": "#C6E0B4"})
        sheet.merge_range("A1:D1", "文城镇党员花名册")
        sheet.write_row("A2", ["姓名", "公民身份号码", "出生日期", "工作单位", "人数"])
        sheet.write_row("A3", ["=王明", _BAD, "1900-01-01"])
        sheet.write_string("B4", _BAD, green)
        sheet.write_string("A4", "王红")
        sheet.write_comment("B4", "本人无身份证", {"author": "小张"})
        sheet.write_row("A5", ["王兰", _GOOD, "不清"])
        sheet.merge_range("D3:D5", "龙楼海鲜店")
        sheet.write_formula("E3", "=1+1", None, 2)
        book.add_worksheet("附件").write_string("A1", "填表说明")
    return path


def marked(path: Path, source: Path) -> Path:
    write_own(source.read_bytes(), answer_to(source), path)
    return path


def page(path: Path, name: str) -> Worksheet:
    found = load_workbook(path)[name]
    assert isinstance(found, Worksheet)
    return found


def cell(sheet: Worksheet, place: str) -> Cell:
    found = sheet[place]
    assert isinstance(found, Cell)
    return found


def test_the_list_comes_first_and_leads_to_the_cells(tmp_path: Path) -> None:
    path = marked(tmp_path / "out.xlsx", roster(tmp_path / "r.xlsx"))
    assert load_workbook(path).sheetnames == ["问题清单", "文城'镇", "附件"]
    listed = page(path, "问题清单")
    rows = list(listed.iter_rows(min_row=HEADER_ROW, values_only=True))
    assert rows[0] == ("工作表", "行号", "列", "单元格", "原值（脱敏）", "问题", "怎么办", "代码", "级别")
    by_place = {(row[0], row[3]): row for row in rows[1:]}
    assert by_place["文城'镇", "B3"][4] == "460022********0011"
    assert by_place["文城'镇", "B3"][7:] == ("W302_ID_INVALID", "请核对")
    line = next(row for row in range(HEADER_ROW + 1, 20) if listed.cell(row, 4).value == "B3")
    link = cell(listed, f"D{line}").hyperlink
    assert link is not None
    assert link.location == "'文城''镇'!B3"
    assert link.target is None
    assert listed.freeze_panes == f"A{HEADER_ROW + 1}"
    assert listed.print_title_rows == f"${HEADER_ROW}:${HEADER_ROW}"
    assert listed.auto_filter.ref is not None
    assert cell(listed, f"I{line}").fill.fgColor.rgb == "00" + TINTS["check"]


def test_what_the_clerk_had_stays(tmp_path: Path) -> None:
    sheet = page(marked(tmp_path / "out.xlsx", roster(tmp_path / "r.xlsx")), "文城'镇")
    assert (cell(sheet, "A3").value, cell(sheet, "A3").data_type) == ("=王明", "s")
    assert (cell(sheet, "E3").value, cell(sheet, "E3").data_type) == ("=1+1", "f")
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A1:D1", "D3:D5"}
    for place in ("B3", "B4", "C5"):
        assert cell(sheet, place).fill.fgColor.rgb == "00" + TINTS["check"]
        comment = cell(sheet, place).comment
        assert comment is not None
        assert "【请核对】" in comment.text
        assert "请" in comment.text
    own = cell(sheet, "B4").comment
    assert own is not None
    assert own.text.startswith("本人无身份证\n")
    assert own.author == "小张"
    assert cell(sheet, "B5").fill.fill_type is None
    assert cell(sheet, "B5").comment is None


def test_a_second_check_renews_colours_and_comments(tmp_path: Path) -> None:
    first = marked(tmp_path / "first.xlsx", roster(tmp_path / "r.xlsx"))
    book = load_workbook(first)
    book["问题清单"].title = "旧清单"
    for place in ("B3", "B4"):
        book["文城'镇"][place].value = _GOOD
    book.save(tmp_path / "mended.xlsx")
    again = marked(tmp_path / "again.xlsx", tmp_path / "mended.xlsx")
    assert load_workbook(again).sheetnames == ["问题清单", "文城'镇", "附件"]
    sheet = page(again, "文城'镇")
    assert cell(sheet, "B3").fill.fill_type is None
    assert cell(sheet, "B3").comment is None
    assert cell(sheet, "B4").fill.fgColor.rgb == "FFC6E0B4"
    own = cell(sheet, "B4").comment
    assert own is not None
    assert own.text == "本人无身份证"
    assert cell(sheet, "C5").fill.fgColor.rgb == "00" + TINTS["check"]
    comment = cell(sheet, "C5").comment
    before = cell(page(first, "文城'镇"), "C5").comment
    assert comment is not None
    assert before is not None
    assert comment.text == before.text


def test_sheets_are_not_selected_together(tmp_path: Path) -> None:
    book = load_workbook(marked(tmp_path / "out.xlsx", roster(tmp_path / "r.xlsx")))
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False]
    assert book.active is book.worksheets[0]


def test_a_sheet_of_the_clerk_with_our_name_is_kept(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as book:
        book.add_worksheet("问题清单").write_row("A1", ["上次会议的问题"])
        sheet = book.add_worksheet("名册")
        sheet.write_row("A1", ["姓名", "公民身份号码"])
        sheet.write_row("A2", ["王明", _BAD])
    path = marked(tmp_path / "out.xlsx", tmp_path / "r.xlsx")
    assert load_workbook(path).sheetnames == ["问题清单(2)", "问题清单", "名册"]
    assert page(path, "问题清单")["A1"].value == "上次会议的问题"


def test_lost_pictures_are_said(tmp_path: Path) -> None:
    source = roster(tmp_path / "r.xlsx")
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("xl/media/image1.png", b"not read")
    assert "图片" in str(page(marked(tmp_path / "out.xlsx", source), "问题清单")["A3"].value)


def test_which_files_can_be_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = roster(tmp_path / "r.xlsx").read_bytes()
    assert is_own_format(data)
    monkeypatch.setattr(intake_own, "MAX_CELLS", 5)
    assert not is_own_format(data)
    assert not is_own_format("姓名,电话".encode())
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert not is_own_format(other.getvalue())


def test_a_workbook_that_openpyxl_refuses_says_so_in_a_known_way(tmp_path: Path) -> None:
    source = roster(tmp_path / "r.xlsx")
    answer = answer_to(source)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<styles" if name == "xl/styles.xml" else old.read(name))
    with pytest.raises(UNFIT):
        write_own(broken.read_bytes(), answer, tmp_path / "out.xlsx")


def test_a_date_that_openpyxl_would_spoil_is_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "r.xlsx") as book:
        sheet = book.add_worksheet("名册")
        sheet.write_row("A1", ["姓名", "公民身份号码", "出生日期"])
        sheet.write_row("A2", ["王明", _BAD])
        sheet.write_number("C2", 99999999.0, book.add_format({"num_format": "yyyy-mm-dd"}))
    source = tmp_path / "r.xlsx"
    with pytest.raises(UNFIT):
        write_own(source.read_bytes(), answer_to(source), tmp_path / "out.xlsx")
