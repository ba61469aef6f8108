from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from data.errors import InputRefused
from data.sources.plain_table import read_plain_table


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def rows(table: pd.DataFrame) -> list[list[str | None]]:
    return table.astype(object).where(table.notna(), None).to_numpy().tolist()


@pytest.mark.parametrize(
    "data",
    [
        "编号,姓名\n1, 陈伟 \n2,\n".encode(),
        "编号,姓名\n1, 陈伟 \n2,\n".encode("utf-8-sig"),
        "编号,姓名\n1,陈伟\n2,\n".encode("gb18030"),
        "编号\t姓名\r\n1\t陈伟\r\n\r\n2\t\r\n".encode(),
        "\r\n编号;姓名\n1;陈伟\n2;\n".encode(),
        '\n编号,姓名\n1,"陈伟"\n2,""\n'.encode(),
    ],
)
def test_text_tables(data: bytes, tmp_path: Path) -> None:
    table = read_plain_table(write(tmp_path / "t.csv", data))
    assert list(table.columns) == ["编号", "姓名"]
    assert rows(table) == [["1", "陈伟"], ["2", None]]


def test_words_that_programs_take_for_null_stay_text(tmp_path: Path) -> None:
    table = read_plain_table(write(tmp_path / "t.csv", b"id,name\n007,NA\nnull,nan\n"))
    assert rows(table) == [["007", "NA"], ["null", "nan"]]


def test_a_workbook_the_first_sheet_with_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.dat"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("空")
        sheet = book.add_worksheet("名单")
        for row, cells in enumerate([["id", "name", ""], [5, "Ann", "note"], [6.5, None, None]]):
            sheet.write_row(row, 0, cells)
    table = read_plain_table(path)
    assert list(table.columns) == ["id", "name"]
    assert rows(table) == [["5", "Ann"], ["6.5", None]]


def test_parquet_of_any_types(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    days = pd.to_datetime(["1990-01-02", None])
    pd.DataFrame({"id": [1, 2], "n": [5.0, None], "born": days, "name": ["Ann", " "]}).to_parquet(path)
    assert rows(read_plain_table(path)) == [["1", "5", "1990-01-02", "Ann"], ["2", None, None, None]]


def test_a_header_without_rows_is_an_empty_table(tmp_path: Path) -> None:
    assert read_plain_table(write(tmp_path / "t.csv", b"id,name\n")).empty


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "E103"),
        (b" \n\n", "E103"),
        (b"%PDF-1.4 x", "E107"),
        (b"PAR1 but not really", "E107"),
        (b"id,name\n1,\xff\xff\n", "E108"),
        (b"id,id\n1,2\n", "“id”出现两次"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=told) as caught:
        read_plain_table(write(tmp_path / "bad.csv", data))
    assert "bad.csv" in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="E102"):
        read_plain_table(tmp_path / "none.csv")
