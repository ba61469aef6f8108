"""`longlou intake check` as a clerk meets it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl import load_workbook

from longlou.main import run

_BAD = "460022190001010011"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Two title rows, a number stored as a number, an unknown column, a total."""
    path = tmp_path / "花名册.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("龙楼镇")
        sheet.merge_range("A1:D1", "龙楼镇党员花名册")
        sheet.write("A2", "填报单位：龙楼镇党委")
        sheet.write_row("A3", ["姓名", "公民身份号码", "联系电话", "[备注]2"])
        sheet.write_row("A4", ["陈志强", "460022190001010010", "13900001234", "a"])
        sheet.write_row("A5", ["李丽", 460022190001010010.0, "13900001235", "b"])
        sheet.write_row("A6", ["王小红", _BAD, "李小明", "c"])
        sheet.write_row("A7", [None, _BAD, None, None])
        sheet.write_row("A8", ["合计", "4人"])
    return path


def check(file: Path, *options: str) -> int:
    return run(["intake", "check", str(file), "--source", "member_roster", "--as-of", "2016-06-16", *options])


def document(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_what_is_printed(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(roster, "--out", str(tmp_path / "out")) == 0
    shown = capsys.readouterr().out
    assert "共 5 行，可用 3（其中请核对 2），需修改 1，已忽略 1（合计、制表人等 1）" in shown
    for part in ("B5", "4.6002", "【退回】E401_MISSING_VALUE：1 处", "→ 请先把整列设为“文本”格式", "问题清单.xlsx"):
        assert part in shown
    for secret in (_BAD, "13900001234", "王小红", "李小明"):
        assert secret not in shown
    assert (tmp_path / "out" / "花名册.问题清单.xlsx").is_file()


def test_in_english(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LONGLOU_LANGUAGE", "en")
    assert check(roster, "--out", str(tmp_path)) == 0
    shown = capsys.readouterr().out
    assert "5 rows, 3 usable (2 to check), 1 to correct, 1 left out" in shown
    assert "→ Set the column to text first" in shown
    listed = load_workbook(tmp_path / "花名册.问题清单.xlsx")["问题清单"]
    assert [cell.value for cell in listed[4]][:4] == ["sheet", "row", "column", "cell"]


def test_the_document(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(roster, "--out", str(tmp_path), "--json") == 0
    told = document(capsys)
    assert told["n_read"] == told["n_accepted"] + told["n_rejected"] + told["n_dropped"] == 5
    assert told["dropped"]["trailer"] == 1
    assert told["workbook"] == str(tmp_path / "花名册.问题清单.xlsx")
    assert told["refused"] is None
    cells = {(problem["cell"], problem["code"]) for problem in told["problems"]}
    assert cells >= {("B5", "W301_ID_PRECISION_LOSS"), ("B6", "W302_ID_INVALID"), ("A7", "E401_MISSING_VALUE")}
    text = json.dumps(told, ensure_ascii=False)
    assert not any(secret in text for secret in (_BAD, "13900001234", "王小红", "李小明"))


def test_a_column_named_by_hand(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(roster, "--out", str(tmp_path), "--columns", "branch=[备注]2", "mobile=联系电话", "--json") == 0
    named = {column["header"]: column["field"] for column in document(capsys)["mapping"]}
    assert named["[备注]2"] == "branch"
    assert named["联系电话"] == "mobile"


def test_the_file_may_follow_the_columns(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = ["intake", "check", "--source", "member_roster", "--json", "--out", str(tmp_path)]
    assert run([*before, "--columns", "branch=[备注]2", str(roster)]) == 0
    assert "branch" in {column["field"] for column in document(capsys)["mapping"]}


def test_usage_that_makes_no_sense(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(roster, "--columns", "branch") == 2
    assert "字段=表头" in capsys.readouterr().err
    assert check(roster, "--columns", "shoes=联系电话") == 2
    assert "shoes" in capsys.readouterr().err
    assert check(roster, "--area", "Wenchang") == 2
    assert run(["intake", "check", str(roster), "--source", "annual_reports"]) == 2
    assert "code_system" in capsys.readouterr().err


def test_a_refused_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04broken")
    assert check(broken, "--json", "--out", str(tmp_path)) == 3
    shown = capsys.readouterr()
    told = json.loads(shown.out)
    assert told["refused"]["code"] == "E104_CORRUPT_WORKBOOK"
    assert "另存为 .xlsx" in told["refused"]["message"]
    assert (told["n_read"], told["problems"], told["workbook"]) == (0, [], None)
    assert "E104_CORRUPT_WORKBOOK" in shown.err
    assert check(tmp_path / "没有.xlsx", "--json") == 3
    assert document(capsys)["refused"]["code"] == "E101_NO_FILE"


def test_the_wrong_kind_is_guessed_and_said(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["intake", "check", str(roster), "--source", "transfers", "--out", str(tmp_path)]
    assert run([*options, "--json"]) == 3
    shown = capsys.readouterr()
    assert json.loads(shown.out)["refused"]["suggested_source"] == "member_roster"
    assert "请改用 --source member_roster" in shown.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [roster.name]


def test_strict_and_a_clean_file(roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(roster, "--out", str(tmp_path), "--strict") == 4
    clean = tmp_path / "clean.csv"
    clean.write_text("姓名,公民身份号码\n王明,460022190001010010\n", encoding="utf-8")
    capsys.readouterr()
    assert check(clean, "--out", str(tmp_path), "--strict") == 0
    assert "没有发现问题" in capsys.readouterr().out
    assert not (tmp_path / "clean.问题清单.xlsx").exists()


def test_the_mended_workbook_with_our_list_in_it(
    roster: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(roster, "--out", str(tmp_path / "out")) == 0
    path = tmp_path / "out" / "花名册.问题清单.xlsx"
    book = load_workbook(path)
    book["龙楼镇"]["B6"].value = "460022190001010010"
    book.save(path)
    capsys.readouterr()
    assert check(path, "--out", str(tmp_path / "out"), "--json") == 0
    told = document(capsys)
    assert {problem["sheet"] for problem in told["problems"]} == {"龙楼镇"}
    assert told["n_read"] == 5
    assert "B6" not in {problem["cell"] for problem in told["problems"]}


def test_a_file_refused_for_its_rows_comes_back_with_every_one_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "无名.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("甲")
        sheet.write_row("A1", ["姓名", "联系电话", "所在党支部"])
        for row in range(12):
            sheet.write_row(row + 1, 0, ["陈志强" if row < 4 else None, "14200000001", "第一党支部"])
    assert check(path, "--json", "--out", str(tmp_path / "out")) == 3
    told = document(capsys)
    assert told["refused"]["code"] == "E402_TOO_MANY_REJECTED"
    assert (told["n_accepted"], told["n_rejected"]) == (4, 8)
    listed = load_workbook(told["workbook"])["问题清单"]
    codes = [cell.value for row in listed.iter_rows() for cell in row if cell.value == "E401_MISSING_VALUE"]
    assert len(codes) == 8
