"""Columns outside the contract: counted, and told where one of the contract may be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.data.sources.builders import take, write_csv


def test_columns_not_understood_are_told_with_what_they_look_like(tmp_path: Path) -> None:
    rows = [
        ["姓名", "性别", "手机号码", "证号", "民族", "所长意见", None],
        *(["王明", "男", "13900001234", f"46002219000101001{n}", "汉", "好", "2016.1"] for n in range(3)),
    ]
    accepted = take(write_csv(tmp_path / "r.csv", rows))
    assert accepted.n_unknown_columns == {"(7)": 3, "所长意见": 3, "民族": 3, "证号": 3}
    (message,) = accepted.notes.loc[accepted.notes["reason_code"].eq("W202_COLUMNS_UNKNOWN"), "message"]
    assert "证号（像公民身份号码）、所长意见、第 7 列（无表头）（像日期）" in message
    assert "民族" not in message


def test_persons_without_any_column_that_tells_them_apart_are_told(tmp_path: Path) -> None:
    strange = [["姓名", "性别", "证号"], ["王明", "男", "460022190001010010"]]
    accepted = take(write_csv(tmp_path / "r.csv", strange))
    (note,) = accepted.notes[["source_row", "field", "reason_code", "message"]].to_numpy().tolist()
    assert note[:3] == [1, "", "W203_NO_STRONG_COLUMN"]
    assert "公民身份号码、出生日期、手机号码" in note[3]
    assert "不认得的列：证号" in note[3]
    plain = [["姓名", "性别", "民族"], ["王明", "男", "黎族"]]
    assert take(write_csv(tmp_path / "p.csv", plain)).notes.empty


@pytest.mark.parametrize(
    ("cells", "hint"),
    [
        (["13900001234", "13900001235", "13900001236"], "（像手机号码）"),
        (["91469005MA5T000105"] * 3, "（像统一社会信用代码）"),
        (["469005600012344"] * 3, "（像注册号或15位身份证号）"),
        (["1985年7月", "198507", "1985-07-01"], "（像日期）"),
        (["13900001234", "13900001235", "x"], ""),
        (["13900001234", "13900001235"], ""),
    ],
)
def test_the_shape_of_nine_tenths_of_three_cells_is_a_hint(tmp_path: Path, cells: list[str], hint: str) -> None:
    rows = [["姓名", "身份证号", "所长意见"], *(["王明", "460022190001010010", cell] for cell in cells)]
    (message,) = take(write_csv(tmp_path / "r.csv", rows)).notes["message"]
    assert f"没有读：所长意见{hint}。" in message


def test_a_header_like_a_known_one_is_told_with_the_line_to_write(tmp_path: Path) -> None:
    rows = [["姓名", "身份正号", "入学时间", "手机号码"], ["王明", "x", "y", "13900001234"]]
    (message,) = take(write_csv(tmp_path / "r.csv", rows)).notes["message"]
    assert '身份正号（像是“公民身份号码”，若是可写 columns = { id_no = "身份正号" }）' in message
    assert "手机" not in message
    assert "入学" not in message


def test_a_header_like_one_that_is_there_is_not_told_as_such(tmp_path: Path) -> None:
    rows = [["姓名", "身份证号", "身份正号"], ["王明", "460022190001010010", "x"]]
    (message,) = take(write_csv(tmp_path / "r.csv", rows)).notes["message"]
    assert "没有读：身份正号。" in message
