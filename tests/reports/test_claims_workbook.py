"""The answer to the Longlou list: before, less the false by reason, after; and every line with its colour and word."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from reports.claims_workbook import FILE_NAME, LINES_SHEET, SUMMARY_SHEET, TINTS, write_claims_workbook
from tests.reports.builders import AS_OF, MEMBER_ID
from tests.reports.sheets import column, holds_number_of_a_person, page, values


def claims() -> pd.DataFrame:
    """Fifty claims, 19 of them false, four to be reviewed."""
    rows = []
    for i in range(50):
        verdict = "false" if i < 19 else "review" if i < 23 else "confirmed"
        code = ("F04" if i < 10 else "F13") if verdict == "false" else "F02" if verdict == "review" else None
        reason = {"F04": "已去世", "F13": "同名不同人", "F02": "不在任何名册"}.get(code or "")
        rows.append(
            {
                "unique_id": f"u{i}",
                "source_file": "龙楼名单.xlsx",
                "source_sheet": "Sheet1",
                "source_row": 53 - i,
                "name": "=王小明",
                "employer": "文昌龙楼海鲜店",
                "verdict": verdict,
                "reason_code": code,
                "reason": reason,
                "message": f"号码 {MEMBER_ID} 与名册不符" if code else None,
                "evidence_grade": "A" if verdict == "false" else None,
            }
        )
    return pd.DataFrame(rows, dtype=object).astype({"source_row": "int64"})


def test_before_and_after(tmp_path: Path) -> None:
    path = write_claims_workbook(tmp_path, claims(), AS_OF, "龙楼工商所")
    assert path == tmp_path / FILE_NAME
    lines = {str(row["项目"]).strip("　"): (row["条数"], row["说明"]) for row in values(path, SUMMARY_SHEET)}
    assert lines["核查前"][0] == 50
    assert lines["建议剔除（虚假）"][0] == 19
    assert lines["其中 F04"] == (10, "已去世")
    assert lines["其中 F13"] == (9, "同名不同人")
    assert lines["核查后"][0] == 31
    assert lines["其中 属实"][0] == 27
    assert lines["其中 待人工核实"][0] == 4


def test_every_line_in_the_order_of_the_list(tmp_path: Path) -> None:
    path = write_claims_workbook(tmp_path, claims(), AS_OF, "龙楼工商所")
    assert column(path, LINES_SHEET, "行号") == list(range(4, 54))
    last = values(path, LINES_SHEET)[-1]
    assert (last["姓名"], last["结论"], last["原因代码"], last["原因"]) == (
        "=王小明",
        "虚假，建议剔除",
        "F04",
        "已去世",
    )
    assert last["证据"] == "号码 469005********1239 与名册不符"
    made = page(path, LINES_SHEET)
    for row in range(4, 54):
        assert made.cell(row, 4).fill.fgColor.rgb == "FF" + TINTS[str(made.cell(row, 4).value)].strip("#")
    assert made.column_dimensions["L"].hidden
    assert made.freeze_panes == "C4"


def test_no_number_and_the_same_bytes(tmp_path: Path) -> None:
    one = write_claims_workbook(tmp_path / "one", claims(), AS_OF, "龙楼工商所")
    two = write_claims_workbook(tmp_path / "two", claims().sample(frac=1, random_state=1), AS_OF, "龙楼工商所")
    assert one.read_bytes() == two.read_bytes()
    assert not holds_number_of_a_person(one)


def test_an_empty_list_is_answered_too(tmp_path: Path) -> None:
    path = write_claims_workbook(tmp_path, claims()[:0], AS_OF, "龙楼工商所")
    assert column(path, SUMMARY_SHEET, "条数") == [0, 0, 0, 0, 0]
    assert values(path, LINES_SHEET) == []
