"""What a clerk is told: every problem with its cell, what each column was taken for, totals that add up."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import data.contracts.answer as answers
import data.contracts.answer_words as answer_words
from data.contracts.answer_document import answer_document, refused_document
from data.contracts.answer_mapping import Taken
from data.contracts.answer_words import advice_line, title_line, totals_line
from data.errors import SourceFileError
from data.words import set_language
from tests.data.contracts.answers import answer_to, read_and_answer
from tests.data.sources.builders import HEADER, Cell, person, write_csv, write_xlsx

_PLACE = ["sheet", "row", "cell", "header", "field", "code"]


def _roster(path: Path) -> Path:
    rows: list[list[Cell]] = [
        ["龙楼镇党员花名册"],
        HEADER,
        person(1, "陈志强"),
        person(2, "李丽", 460022190001010010.0),
        person(3, "符□", "460022190001010011", 出生日期="不清"),
        person(4, "同上"),
        ["合计", "4人"],
    ]
    return write_xlsx(path, {"说明": [["请按此表填写"]], "花名册": rows})


def test_every_problem_names_its_cell_as_a_spreadsheet_does(tmp_path: Path) -> None:
    told = answer_to(_roster(tmp_path / "r.xlsx"))
    assert told.problems[_PLACE].to_numpy().tolist() == [
        ["花名册", 4, "D4", "公民身份号码", "id_no", "W301_ID_PRECISION_LOSS"],
        ["花名册", 5, "D5", "公民身份号码", "id_no", "W302_ID_INVALID"],
        ["花名册", 5, "E5", "出生日期", "birth", "W304_DATE_UNREADABLE"],
        ["花名册", 6, "B6", "姓 名", "name", "E401_MISSING_VALUE"],
        ["说明", 1, "", "", "", "W101_SHEET_SKIPPED"],
    ]
    assert told.problems["value_masked"].tolist() == ["4.6002*********e+17", "460022********0011", "不*", "同*", ""]
    assert told.problems["shown"].tolist()[2:4] == ["不清", "同上"]
    assert told.problems["level"].tolist() == ["check", "check", "check", "rejected", "check"]
    assert told.problems["message"].iat[3] == "“姓名”为空或读不懂，此行不能使用"
    assert told.problems["todo"].iat[3].startswith("请补填")


def test_totals_add_up_and_are_said_in_both_languages(tmp_path: Path) -> None:
    told = answer_to(_roster(tmp_path / "r.xlsx"))
    assert (told.n_read, told.n_accepted, told.n_rejected, told.n_to_check) == (5, 3, 1, 2)
    assert told.n_read == told.n_accepted + told.n_rejected + sum(told.n_dropped.values())
    assert totals_line(told) == (
        "按“党员花名册”检查：共 5 行，可用 3（其中请核对 2），需修改 1，已忽略 1（合计、制表人等 1）"
    )
    assert title_line(told) == "问题清单：r.xlsx（longlou intake check）"
    set_language("en")
    try:
        assert "5 rows, 3 usable (2 to check), 1 to correct, 1 left out (totals and notes 1)" in totals_line(told)
    finally:
        set_language("zh")


def test_of_several_columns_for_a_field_the_one_that_was_read(tmp_path: Path) -> None:
    rows = [
        ["姓名", "联系电话", "公民身份号码", "手机号码"],
        ["王明", "12345", "460022190001010010", None],
        ["王红", "13900001234", "460022190001010010", "abc"],
    ]
    told = answer_to(write_csv(tmp_path / "r.csv", rows))
    phones = told.problems[told.problems["code"] == "W306_PHONE_UNREADABLE"]
    assert phones[["cell", "header"]].to_numpy().tolist() == [["B2", "联系电话"], ["D3", "手机号码"]]
    joined = told.problems[told.problems["code"] == "W201_COLUMNS_JOINED"]
    # A note on a field without a row points to the header that goes first.
    assert joined[["row", "cell"]].to_numpy().tolist() == [[1, "D1"]]


def test_tables_of_one_sheet_keep_their_own_header(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["文城镇花名册"],
        ["姓名", "公民身份号码", "手机号码"],
        ["王明", "460022190001010011", "13900001234"],
        [],
        ["龙楼镇花名册"],
        ["公民身份号码", "姓名", "手机号码"],
        ["460022190001010011", "王红", "13900001234"],
    ]
    told = answer_to(write_xlsx(tmp_path / "r.xlsx", {"花名册": rows}))
    ids = told.problems[told.problems["code"] == "W302_ID_INVALID"]
    assert ids[["sheet", "cell"]].to_numpy().tolist() == [["花名册", "B3"], ["花名册", "A7"]]


def test_what_each_column_was_taken_for(tmp_path: Path) -> None:
    rows = [
        ["序号", "姓名", "民族", "身份正号码", "鞋码", None, "手机号码"],
        ["1", "王明", "汉", "460022190001010010", "41", None, "13900001234"],
    ]
    told = answer_to(write_csv(tmp_path / "r.csv", rows))
    assert [(column.column, column.taken, column.field or column.suggested_field) for column in told.columns] == [
        ("A", Taken.EMPTY, ""),
        ("B", Taken.TAKEN, "name"),
        ("C", Taken.LEFT_OUT, ""),
        ("D", Taken.UNKNOWN, "id_no"),
        ("E", Taken.UNKNOWN, ""),
        ("F", Taken.EMPTY, ""),
        ("G", Taken.TAKEN, "mobile"),
    ]
    named = answer_to(tmp_path / "r.csv", columns={"remark": "鞋码"})
    assert named.columns[4].field == "remark"


def test_too_many_problems_are_told_in_turn_by_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [person(i, "王明", "460022190001010011") for i in range(1, 40)]
    rows[-1] = person(40, "王明", 出生日期="不清")
    path = write_xlsx(tmp_path / "r.xlsx", {"花名册": [HEADER, *rows]})
    for module in (answers, answer_words):
        monkeypatch.setattr(module, "MAX_LISTED", 5)
    told = answer_to(path)
    assert (len(told.problems), told.n_problems) == (5, int(told.reasons["n"].sum()))
    assert told.n_problems >= 39
    assert set(told.problems["code"]) == set(told.reasons["code"])
    assert told.problems["row"].is_monotonic_increasing
    assert f"问题共 {told.n_problems:,} 处，此处列出 5 处" in advice_line(told)


def test_the_document_has_all_keys_and_nothing_unmasked(tmp_path: Path) -> None:
    document = answer_document(answer_to(_roster(tmp_path / "r.xlsx")))
    text = json.dumps(document, ensure_ascii=False)
    assert "李丽" not in text
    assert "符□" not in text
    assert "460022190001010011" not in text
    assert document["n_read"] == document["n_accepted"] + document["n_rejected"] + document["n_dropped"]
    assert document["reasons"][0]["code"] == "E401_MISSING_VALUE"
    assert sum(reason["n"] for reason in document["reasons"]) == document["n_problems"] == len(document["problems"])
    assert set(document["problems"][0]) == {
        *("sheet", "row", "column", "cell", "header", "field"),
        *("code", "level", "message", "todo", "value_masked"),
    }
    assert document["reasons"][0]["examples"][0]["cell"] == "B6"
    assert {"sheet": "花名册", "column": "B", "field": "name"}.items() <= document["mapping"][1].items()
    error = SourceFileError("r", "r.xlsx", "[E105_PASSWORD] 工作簿设有打开密码。请取消密码")
    refused = refused_document("r.xlsx", "member_roster", error, None)
    assert set(refused) == set(document)
    assert refused["refused"]["code"] == "E105_PASSWORD"
    assert refused["refused"]["message"] == "工作簿设有打开密码。请取消密码"


def test_a_rejected_row_is_not_among_those_to_check(tmp_path: Path) -> None:
    told, tables = read_and_answer(_roster(tmp_path / "r.xlsx"))
    (table,) = tables
    rows = [(6, "E401_MISSING_VALUE"), (6, "W304_DATE_UNREADABLE"), (5, "W304_DATE_UNREADABLE")]
    rows += [(5, "W302_ID_INVALID"), (4, "W310_NAME_NOTE"), (1, "W101_SHEET_SKIPPED")]
    said = pd.DataFrame(rows, columns=["source_row", "reason_code"]).assign(source_file="r.xlsx", source_sheet="花名册")
    assert table.source_row.tolist() == [3, 4, 5, 6]
    assert answers._n_to_check(said, tables) == 1
    assert answers._n_to_check(said[:0], tables) == 0
    assert told.n_to_check == 2
