"""Files as offices deliver them, read by content: titles, trailers, encodings, cell types, several sheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from data.errors import SourceFileError
from data.model import FeedKind
from data.sources.reader import read_source
from tests.data.sources.builders import HEADER, Cell, person, read, spec_of, write_csv, write_xlsx


def test_titles_blanks_repeated_headers_subtitles_and_trailers_are_told_apart(tmp_path: Path) -> None:
    rows = [
        ["龙楼镇党员花名册"],
        ["填报单位：龙楼镇党委", None, None, None, "2016年6月"],
        HEADER,
        person(1, "王明"),
        [None, "  "],
        ["一、红海社区党支部"],
        ["序号", "姓\n名", "性  别", "公民身份号码（18位）", "出生\n日期", "所在\n党支部", "联系\n电话", "备注"],
        person(2, "李\u3000丽"),
        ["合计", None, 2],
        ["制表人：符海", None, None, None, "审核：陈山"],
    ]
    town, branch = read(write_xlsx(tmp_path / "龙楼镇.xlsx", {"花名册": rows}, merged=["A1:H1", "A6:H6"]))
    assert town.title_lines == ["龙楼镇党员花名册", "填报单位：龙楼镇党委 2016年6月"]
    assert branch.title_lines == ["一、红海社区党支部"]
    assert town.headers == [header.strip() for header in HEADER]
    assert [table.cells[1].tolist() for table in (town, branch)] == [["王明"], ["李\u3000丽"]]
    assert [table.source_row.tolist() for table in (town, branch)] == [[4], [8]]
    assert {kind for kind, n in town.n_dropped.items() if n} == set()
    assert {kind: n for kind, n in branch.n_dropped.items() if n} == {"blank": 1, "title": 1, "header": 1, "trailer": 2}
    assert {(table.source_file, table.source_sheet) for table in (town, branch)} == {("龙楼镇.xlsx", "花名册")}


def test_a_member_whose_row_begins_with_a_marker_word_is_kept(tmp_path: Path) -> None:
    row = person(1, "共计明")
    row[0] = "合计"
    (table,) = read(write_csv(tmp_path / "r.csv", [HEADER, row, ["合计", "50人"]]))
    assert table.cells[1].tolist() == ["共计明"]
    assert table.n_dropped["trailer"] == 1


def test_totals_with_a_count_in_a_number_column_are_no_records(tmp_path: Path) -> None:
    totals: list[list[Cell]] = [
        ["小计", None, None, 25.0],
        ["合计", "50人（男30人）", None, "50"],
        [3, "小计", None, "50人"],
        ["总计", "合计", None, 46002219000101001.0],
    ]
    record = person(4, "王明")
    record[0] = "合计"
    (table,) = read(write_xlsx(tmp_path / "r.xlsx", {"甲": [HEADER, person(1), *totals, record]}))
    assert table.cells[1].tolist() == ["王明", "王明"]
    assert table.n_dropped["trailer"] == len(totals)


def test_invisible_characters_are_taken_out_and_counted(tmp_path: Path) -> None:
    rows = [HEADER, person(1, "王\u200b明", 备注="\ufeff"), ["\u200b", "\u200e"]]
    (sheet,) = read(write_xlsx(tmp_path / "r.xlsx", {"甲": rows}))
    path = write_csv(tmp_path / "r.csv", [HEADER, person(1, "王\x00明", 备注="a\x1fb\tc\nd")])
    (text,) = read(path)
    assert (sheet.cells.iloc[0, [1, 7]].tolist(), sheet.n_invisible, sheet.n_dropped["blank"]) == (["王明", None], 4, 0)
    assert (text.cells.iloc[0, [1, 7]].tolist(), text.n_invisible) == (["王明", "ab\tc\nd"], 2)


def test_cell_types_survive_as_text_and_a_mask(tmp_path: Path) -> None:
    row = person(1, id_no=460022190001010010.0, 出生日期=date(1900, 3, 2), 联系电话=13900001234.0)
    (table,) = read(write_xlsx(tmp_path / "r.xlsx", {"甲": [HEADER, row]}))
    assert table.cells.iloc[0].tolist() == [
        *("1", "王明", "男", "4.6002219000101e+17", "1900-03-02", "龙楼社区党支部", "13900001234", None)
    ]
    assert table.numeric[0].tolist() == [True, False, False, True, False, False, True, False]


def test_a_workbook_of_another_writer_reads_the_same(tmp_path: Path) -> None:
    ours = read(write_xlsx(tmp_path / "a.xlsx", {"甲": [HEADER, person(1)]}))[0]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "甲"
    for row in (HEADER, person(1)):
        sheet.append(row)
    book.save(tmp_path / "b.xlsx")
    theirs = read(tmp_path / "b.xlsx")[0]
    assert theirs.cells.equals(ours.cells)
    assert (theirs.numeric == ours.numeric).all()


def test_every_sheet_with_a_header_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    sheets = {"文教镇": [HEADER, person(1)], "说明": [["本表由各支部填写"]], "空": [], "东郊镇": [HEADER, person(2)]}
    tables = read(write_xlsx(tmp_path / "r.xlsx", sheets))
    assert [table.source_sheet for table in tables] == ["文教镇", "东郊镇"]
    assert tables[0].skipped_sheets == ("说明",)
    assert tables[1].skipped_sheets == ()


def test_a_two_level_header_is_read_by_its_lower_row(tmp_path: Path) -> None:
    upper = ["姓名", "身份证号", "联系方式情况", None]
    lower: list[str | None] = [None, None, "手机号码", "固定电话"]
    rows = [["花名册"], upper, lower, ["王明", "460022190001010010", "13900001234", "0898-63330000"]]
    path = write_xlsx(tmp_path / "r.xlsx", {"甲": rows}, merged=["A2:A3", "B2:B3", "C2:D2"])
    (table,) = read(path)
    assert table.headers == ["姓名", "身份证号", "手机号码", "固定电话"]
    assert table.source_row.tolist() == [4]


def test_a_cell_merged_downwards_counts_for_each_of_its_rows(tmp_path: Path) -> None:
    rows = [["姓名", "工作单位"], ["王明", "文昌海味店"], ["李丽", None], ["符海", "东郊椰子厂"]]
    (table,) = read(write_xlsx(tmp_path / "r.xlsx", {"甲": rows}, merged=["B2:B3"]))
    assert table.cells[1].tolist() == ["文昌海味店", "文昌海味店", "东郊椰子厂"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_the_ladder_of_encodings_and_the_delimiter_of_the_header(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["龙楼镇党员花名册"], HEADER, person(1, "陈䶮"), person(2, "买买提·艾力", 备注="转入,2015年\n见附件")]
    (table,) = read(write_csv(tmp_path / "r.txt", rows, encoding, delimiter))
    assert table.cells[1].tolist() == ["陈䶮", "买买提·艾力"]
    assert table.cells[7].tolist() == [None, "转入,2015年\n见附件"]
    assert table.source_row.tolist() == [3, 4]
    assert not table.numeric.any()


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text('说明,"第一行\n第二行"\n\n姓名,备注\n王明,"两\n行"\n\n李丽,\n', encoding="utf-8")
    (table,) = read(path)
    assert table.source_row.tolist() == [4, 6]
    assert table.n_dropped["blank"] == 1


def test_content_decides_and_not_the_extension(tmp_path: Path) -> None:
    write_xlsx(tmp_path / "a.xlsx", {"甲": [HEADER, person(1)]}).rename(tmp_path / "a.csv")
    write_csv(tmp_path / "b.xls", [HEADER, person(1)])
    assert [read(tmp_path / name)[0].cells[1].tolist() for name in ("a.csv", "b.xls")] == [["王明"], ["王明"]]


def test_files_come_sorted_each_once_and_lock_files_are_not_data(tmp_path: Path) -> None:
    (tmp_path / "rosters").mkdir()
    for name in ("b", "a"):
        write_csv(tmp_path / "rosters" / f"{name}.csv", [HEADER, person(1)])
    (tmp_path / "rosters" / "~$a.csv").write_bytes(b"lock")
    tables = read_source("roster", spec_of(("rosters/*.csv", "rosters/a.*")), tmp_path)
    assert [table.source_file for table in tables] == ["rosters/a.csv", "rosters/b.csv"]


def test_a_file_whose_name_looks_like_a_pattern_is_found(tmp_path: Path) -> None:
    assert len(read(write_csv(tmp_path / "名册[1].csv", [HEADER, person(1)]))) == 1


def test_a_feed_of_events_may_have_none(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "t.csv", [["姓名", "转出党组织", "转入党组织", "开具日期"]])
    (table,) = read(path, FeedKind.TRANSFERS)
    assert table.cells.shape == (0, 4)
    with pytest.raises(SourceFileError, match="E205_NO_ROWS"):
        read(write_csv(tmp_path / "r.csv", [HEADER]))
