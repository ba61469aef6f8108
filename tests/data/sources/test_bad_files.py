"""Files that cannot be used: each stops with a message naming the file, what is wrong and what to do."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from data.errors import SourceFileError
from data.words import set_language
from tests.data.sources.builders import HEADER, SAMPLES, person, read, write_csv, write_xlsx

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _good(path: Path) -> bytes:
    return write_xlsx(path, {"甲": [HEADER, person(1)]}).read_bytes()


def _broken_sheet(path: Path) -> None:
    _good(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content[:200] if "sheet1" in name else content)


def _other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "not a workbook")


_CASES: list[tuple[str, Callable[[Path], object], str, str]] = [
    ("missing", lambda path: None, "E101_NO_FILE", "location"),
    ("no bytes", lambda path: path.write_bytes(b""), "E103_EMPTY_FILE", "重新提供"),
    ("empty sheets", lambda path: write_xlsx(path, {"甲": [], "乙": []}), "E103_EMPTY_FILE", "重新提供"),
    ("only blank lines", lambda path: path.write_bytes(b"\n,,\n"), "E103_EMPTY_FILE", "重新提供"),
    ("header only", lambda path: write_xlsx(path, {"甲": [HEADER]}), "E205_NO_ROWS", "重新提供"),
    ("truncated zip", lambda path: path.write_bytes(_good(path)[:3000]), "E104_CORRUPT_WORKBOOK", "另存为"),
    ("broken sheet", _broken_sheet, "E104_CORRUPT_WORKBOOK", "另存为"),
    ("another zip", _other_zip, "E116_PACKED", "解压"),
    ("broken xls", lambda path: path.write_bytes(_OLE2 + bytes(4096)), "E104_CORRUPT_WORKBOOK", "另存为"),
    ("password", lambda path: path.write_bytes((SAMPLES / "password.xls").read_bytes()), "E105_PASSWORD", "取消密码"),
    ("web page", lambda path: path.write_bytes(b"\xef\xbb\xbf\n<HTML><p>log in"), "E106_WEB_PAGE", "另存为"),
    ("cut web page", lambda path: path.write_bytes(b"<table><tr><td>1"), "E117_UNFINISHED", "重新导出"),
    ("xml", lambda path: path.write_bytes(b'<?xml version="1.0"?><Workbook/>'), "E106_WEB_PAGE", "另存为"),
    ("pdf", lambda path: path.write_bytes(b"%PDF-1.4"), "E107_NOT_A_TABLE", "CSV"),
    ("utf-16 without mark", lambda path: write_csv(path, [HEADER], "utf-16-le"), "E108_ENCODING", "UTF-8"),
    (
        "no encoding",
        lambda path: path.write_bytes("姓名,性别\n".encode("gb18030") + b"\xff\xff,\n"),
        "E108_ENCODING",
        "UTF-8",
    ),
    ("big5", lambda path: write_csv(path, [["姓名", "性別"], ["陳志強", "男"]], "big5"), "E111_BIG_FIVE", "UTF-8"),
    (
        "garbage",
        lambda path: write_csv(path, [["锟斤拷", "烫烫烫"], ["屯", "屯"]], "gb18030"),
        "E201_NO_HEADER",
        "乱码",
    ),
    ("no header", lambda path: write_csv(path, [["甲", "乙"], ["1", "2"]]), "E201_NO_HEADER", "姓名"),
    (
        "wrong header",
        lambda path: write_csv(path, [["人员", "性别", "民族", "备注"], ["王明", "男"]]),
        "E202_MISSING_COLUMN",
        "columns",
    ),
    (
        "header twice",
        lambda path: write_csv(path, [["姓名", "性别", "姓名"], ["王明", "男", "李"]]),
        "E203_COLUMN_TWICE",
        "其中一列",
    ),
    (
        "too wide",
        lambda path: path.write_text("姓名,性别\n" + "王,男\n" * 120 + "王,男,多\n"),
        "E110_BAD_LINE",
        "第 122 行",
    ),
    ("open quote", lambda path: path.write_text('姓名,性别\n王明,男\n"李丽,女\n'), "E110_BAD_LINE", "第 3 行"),
    (
        "late quote",
        lambda path: path.write_text('姓名,性别\n"李丽,女\n王明,男\n"符海,男\n'),
        "E110_BAD_LINE",
        "第 2 行",
    ),
]


@pytest.mark.parametrize(("make", "code", "remedy"), [case[1:] for case in _CASES], ids=[case[0] for case in _CASES])
def test_a_bad_file_says_what_is_wrong_and_what_to_do(
    tmp_path: Path, make: Callable[[Path], object], code: str, remedy: str
) -> None:
    path = tmp_path / "名册.xls"
    make(path)
    with pytest.raises(SourceFileError) as refused:
        read(path)
    message = str(refused.value)
    assert code in message
    assert remedy in message
    assert "名册.xls" in message
    assert refused.value.exit_code == 3


def test_a_missing_column_tells_what_was_found_and_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError) as refused:
        read(write_xlsx(tmp_path / "r.xlsx", {"东郊镇": [["人员", "性别", "备注"], ["王明", "男", "x"]]}))
    message = str(refused.value)
    assert "r.xlsx【东郊镇】" in message
    assert "姓名" in message
    assert "人员、性别、备注" in message
    assert "王明" not in message


def test_the_message_follows_the_language(tmp_path: Path) -> None:
    set_language("en")
    try:
        with pytest.raises(SourceFileError, match="no such file"):
            read(tmp_path / "none.csv")
    finally:
        set_language("zh")


def test_a_file_that_may_not_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    path = write_csv(tmp_path / "r.csv", [HEADER, person(1)])
    monkeypatch.setattr(Path, "read_bytes", forbid)
    with pytest.raises(SourceFileError, match=r"r\.csv.*E102_UNREADABLE.*Permission denied"):
        read(path)
