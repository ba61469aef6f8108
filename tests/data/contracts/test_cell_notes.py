"""What a clerk is told of a single cell: dates read in part, numbers with words, letters that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.model import FeedKind, IdStatus
from tests.data.sources.builders import take, write_csv


def _codes(path: Path, header: str, text: str, kind: FeedKind = FeedKind.MEMBER_ROSTER) -> list[str]:
    first = "姓名" if kind is FeedKind.MEMBER_ROSTER else "名称"
    found = take(write_csv(path / "r.csv", [[first, "备注", header], ["王明", "", text]]), kind)
    return [code.split("_")[0] for code in found.notes["reason_code"] if code.startswith("W3")]


@pytest.mark.parametrize(
    ("header", "text", "codes"),
    [
        ("入党时间", "1998-02-30", ["W313"]),
        ("入党时间", "1998.7-1999.8", ["W314"]),
        ("入党时间", "03/04/1998", ["W315"]),
        ("入党时间", "1998-07-00", []),
        ("入党时间", "1998.13", ["W304"]),
        ("身份证号", "46002219000101001", ["W316"]),
        ("身份证号", "4600221900010100", ["W316"]),
        ("身份证号", "460022190001010", ["W302"]),
        ("身份证号", "460022190001010010（旧）", ["W318"]),
        ("身份证号", "身份证：460022190001010010", []),
        ("身份证号", "460022 19000101 0010", []),
    ],
)
def test_notes_of_a_cell(tmp_path: Path, header: str, text: str, codes: list[str]) -> None:
    assert _codes(tmp_path, header, text) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("9135020OMA2YJ1XR9G", ["W319"]),
        ("91350200MA2YJ1XR8G", ["W303", "W321"]),
        ("91350203M0001QAY9B", ["W303"]),
        ("91350200MA2YJ1XR9G", []),
    ],
)
def test_notes_of_a_credit_code(tmp_path: Path, text: str, codes: list[str]) -> None:
    assert _codes(tmp_path, "统一社会信用代码", text, FeedKind.ENTERPRISE_REGISTRATION) == codes


def test_words_beside_a_number_go_to_the_remark_and_the_number_stands(tmp_path: Path) -> None:
    rows = [["姓名", "身份证号", "备注"], ["王明", "460022190001010010（已换证）", "困难"]]
    found = take(write_csv(tmp_path / "r.csv", rows)).rows
    assert found[["id_no", "id_status", "remark"]].to_numpy().tolist() == [
        ["460022190001010010", IdStatus.VALID.value, "困难；已换证"]
    ]


def test_a_letter_for_a_digit_is_hinted_at_and_never_changed(tmp_path: Path) -> None:
    rows = [["姓名", "性别", "身份证号"], ["王明", "男", "46002219O001010010"]]
    found = take(write_csv(tmp_path / "r.csv", rows))
    assert found.rows["id_no"].tolist() == ["46002219O001010010"]
    assert set(found.notes["reason_code"]) == {"W302_ID_INVALID", "W317_ID_ONE_LETTER"}
    assert not found.notes["message"].str.contains("460022").any()


def test_a_failing_check_digit_is_evidence_and_the_row_is_kept(tmp_path: Path) -> None:
    rows = [["姓名", "性别", "身份证号"], ["王明", "女", "460022190001010011"]]
    found = take(write_csv(tmp_path / "r.csv", rows))
    assert found.rows["id_status"].tolist() == [IdStatus.CHECKSUM.value]
    assert found.notes["reason_code"].tolist() == ["W302_ID_INVALID"]
    assert found.rejected.empty
