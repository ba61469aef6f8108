"""Which form the answer takes, that identity numbers stay text in it, and that no file is ever overwritten."""

from __future__ import annotations

import stat
from functools import partial
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

import reports.intake_answer as intake_answer
from data.contracts.answer_sheet import HEADER_ROW
from data.errors import ConfigError
from data.sources.reader import read_grids
from reports.intake_answer import write_answer
from reports.intake_sheet import TINTS
from tests.data.contracts.answers import answer_to, read_and_answer
from tests.data.sources.builders import AS_OF, HEADER, Cell, person, spec_of, write_csv, write_xlsx
from tests.reports.sheets import all_text

_BAD = "460022190001010011"


def written(out: Path, source: Path) -> Path:
    answer, tables = read_and_answer(source)
    grids = partial(read_grids, source, spec_of(source.name))
    return write_answer(out, answer, source.read_bytes(), tables, grids, AS_OF)


def _csv(path: Path) -> Path:
    rows: list[list[Cell]] = [
        ["龙楼镇花名册"],
        ["姓名", "公民身份号码", "联系电话", "备注"],
        [],
        ["=王明", _BAD, "13900001234", "@SUM(1)"],
        ["王\x0b红", "460022190001010010", "abc", "0012"],
    ]
    return write_csv(path, rows, "gb18030")


def test_a_text_file_comes_back_as_a_workbook_of_text(tmp_path: Path) -> None:
    path = written(tmp_path / "out", _csv(tmp_path / "名册.csv"))
    assert path == tmp_path / "out" / "名册.问题清单.xlsx"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    book = load_workbook(path)
    assert book.sheetnames == ["问题清单", "名册"]
    sheet = book["名册"]
    assert [sheet["A4"].value, sheet["B4"].value, sheet["D4"].value] == ["=王明", _BAD, "@SUM(1)"]
    assert {sheet[place].data_type for place in ("A4", "B4", "C4", "D5")} == {"s"}
    assert sheet["B4"].number_format == "@"
    assert sheet["B4"].fill.fgColor.rgb == "FF" + TINTS["check"]
    for place, code in (("B4", "W302_ID_INVALID"), ("C5", "W306_PHONE_UNREADABLE")):
        assert code in sheet[place].comment.text
    assert "<f>" not in all_text(path)


def test_links_of_a_copy_lead_to_the_same_cell(tmp_path: Path) -> None:
    path = written(tmp_path, _csv(tmp_path / "名册.csv"))
    listed = load_workbook(path)["问题清单"]
    lines = list(listed.iter_rows(min_row=HEADER_ROW + 1))
    assert {line[3].value: line[3].hyperlink.location for line in lines} == {"B4": "'名册'!B4", "C5": "'名册'!C5"}
    assert {line[0].value for line in lines} == {"名册"}


def test_nothing_is_overwritten_and_the_name_does_not_grow(tmp_path: Path) -> None:
    source = write_xlsx(tmp_path / "名册.xlsx", {"名册": [HEADER, person(1, id_no=_BAD)]})
    before = source.read_bytes()
    first = written(tmp_path, source)
    second = written(tmp_path, first)
    assert [first.name, second.name] == ["名册.问题清单.xlsx", "名册.问题清单-2.xlsx"]
    assert source.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["名册.xlsx", first.name, second.name])
    assert answer_to(second).problems["cell"].tolist() == answer_to(source).problems["cell"].tolist()


def test_of_a_large_file_only_the_rows_with_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [HEADER, *(person(i) for i in range(1, 6)), person(6, id_no=460022190001010010.0)]
    source = write_xlsx(tmp_path / "r.xlsx", {"名册": rows})
    monkeypatch.setattr(intake_answer, "MAX_COPIED_ROWS", 5)
    path = written(tmp_path, source)
    book = load_workbook(path)
    sheet = book["名册"]
    assert [cell.value for cell in sheet[1]][:3] == ["原行号", "序号", "姓 名"]
    assert sheet.max_row == 2
    assert sheet["A2"].value == 7
    assert sheet["E2"].value == pytest.approx(460022190001010000, rel=1e-14)
    assert sheet["E2"].fill.fgColor.rgb == "FF" + TINTS["check"]
    line = next(row for row in book["问题清单"].iter_rows(min_row=HEADER_ROW + 1) if row[3].value == "D7")
    assert line[3].hyperlink.location == "'名册'!E2"
    assert "原行号" in book["问题清单"]["A3"].value


def test_a_workbook_that_openpyxl_refuses_comes_back_as_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise KeyError("styles")

    monkeypatch.setattr(intake_answer, "write_own", refuse)
    source = write_xlsx(tmp_path / "r.xlsx", {"名册": [HEADER, person(1, id_no=_BAD)]})
    book = load_workbook(written(tmp_path, source))
    assert book.sheetnames == ["问题清单", "名册"]
    assert "格式、公式未带入" in book["问题清单"]["A3"].value


def test_macros_stay_and_so_does_their_name(tmp_path: Path) -> None:
    macros = tmp_path / "vba.bin"
    macros.write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 64)
    source = tmp_path / "r.xlsm"
    with xlsxwriter.Workbook(source) as book:
        book.add_vba_project(str(macros))
        sheet = book.add_worksheet("名册")
        sheet.write_row("A1", ["姓名", "公民身份号码"])
        sheet.write_row("A2", ["王明", _BAD])
    path = written(tmp_path, source)
    assert path.name == "r.问题清单.xlsm"
    assert "xl/vbaProject.bin" in load_workbook(path, keep_vba=True).vba_archive.namelist()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    source = write_xlsx(tmp_path / "r.xlsx", {"名册": [HEADER, person(1, id_no=_BAD)]})
    with pytest.raises(ConfigError, match="无法写入"):
        written(source, source)
